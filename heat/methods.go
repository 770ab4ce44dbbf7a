package heat

// The methods that quantities carry; METHODS.md holds each formula.
const (
	methodAllocate = "AL1"
)
