package heat

// Remainder returns what the effects of single causes leave of a change. Each
// effect is found by computing the later state again with one thing as it was
// before; they work on each other, so that they need not add up.
//
// Method: CA1.
func Remainder(change float64, effects ...float64) float64 {
	for _, e := range effects {
		change -= e
	}
	return change
}
