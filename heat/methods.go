package heat

// The methods that quantities carry; METHODS.md holds each formula.
const (
	methodEDC      = "B1"
	methodParts    = "B2"
	methodEIT      = "B3"
	methodOther    = "B4"
	methodInRoom   = "B5"
	methodHeat     = "T1"
	methodPUE      = "P1"
	methodInterim  = "P2"
	methodERF      = "P3"
	methodERE      = "P4"
	methodMixed    = "TM"
	methodAllocate = "AL1"
)
