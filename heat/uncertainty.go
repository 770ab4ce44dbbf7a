package heat

import (
	"cmp"
	"math"
	"slices"
)

// Contribution is what one cause adds to an uncertainty: squared, the
// contributions sum to the square of the whole.
type Contribution struct {
	Cause string  // a device, "assumption:" and its id, "random:" and a point, or "source:" and a site
	U     float64 // standard uncertainty (k=1), SI
}

// Budgets are the causes of the uncertainty of a balance's sums, the greatest
// first.
type Budgets struct{ EDC, EIT, Cooling, HandedOver []Contribution }

// DeliveryBudgets are those of what a source gives to a network: how sure its
// heat is, and how well the heat pump works.
type DeliveryBudgets struct{ Captured, Delivered, Pump []Contribution }

// budget is the uncertainty of a sum, kept apart by cause. Contributions of
// one device, or of one assumption, add up with their signs: they are wrong
// together. Different causes are independent and add in quadrature, and so
// does the random part of each point.
//
// Method: U5.
type budget struct {
	shared []float64 // signed, by device, then by assumption
	random []float64 // variance, by point
}

func (l *ledger) newBudget() budget {
	return budget{
		shared: make([]float64, len(l.devices)+len(assumptionIDs)),
		random: make([]float64, len(l.tracks)),
	}
}

// standard returns the standard uncertainty of the sum.
func (b budget) standard() float64 {
	var squares float64
	for _, c := range b.shared {
		squares += c * c
	}
	for _, v := range b.random {
		squares += v
	}
	return math.Sqrt(squares)
}

// contributions lists a budget's causes, the greatest first: the first device
// in it is the sensor to better next.
//
// Method: U5.
func (l *ledger) contributions(b budget) []Contribution {
	var list []Contribution
	enter := func(cause string, u float64) {
		if u > 0 {
			list = append(list, Contribution{cause, u})
		}
	}
	for i, c := range b.shared {
		if i < len(l.devices) {
			enter(l.devices[i], math.Abs(c))
		} else {
			enter("assumption:"+assumptionIDs[i-len(l.devices)], math.Abs(c))
		}
	}
	for i, variance := range b.random {
		enter("random:"+l.tracks[i].id, math.Sqrt(variance))
	}
	slices.SortStableFunc(list, func(a, b Contribution) int { return cmp.Compare(b.U, a.U) })
	return list
}

// ratioStandard returns the standard uncertainty of top/bottom, in which
// both may share devices: what stands on both sides cancels.
//
// Method: U6.
func ratioStandard(top, bottom tally) float64 {
	overBottom := 1 / bottom.energy
	ratio := top.energy * overBottom
	var squares float64
	for i := range top.budget.shared {
		c := overBottom * (top.budget.shared[i] - ratio*bottom.budget.shared[i])
		squares += c * c
	}
	for i, t := range top.budget.random {
		b := bottom.budget.random[i]
		common := min(t, b) // the same readings on both sides
		squares += overBottom * overBottom * (t + ratio*ratio*b - 2*ratio*common)
	}
	return math.Sqrt(max(0, squares))
}
