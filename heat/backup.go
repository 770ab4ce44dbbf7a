package heat

import "thermie/interval"

// Backup is what a network still needs besides its EnR&R and its data
// centers.
type Backup struct {
	Peak    interval.Power  // largest power that is left to it
	MinusN1 interval.Power  // the same with the largest source out, whatever the hour
	Energy  interval.Energy // over the year
	Hours   int             // in which it runs
	Largest string          // the source whose loss MinusN1 covers
}

// NewBackup returns the backup that an allocation leaves to be covered. The
// store is not counted on: it may be empty when it is needed.
//
// Method: AL7.
func NewBackup(a *Allocation, n Network) Backup {
	must := mustRunPower(n.Demand, n.MustRunShare)
	var b Backup
	largest := -1
	for h, demand := range n.Demand {
		left := max(0, demand-must)
		var all, greatest interval.Power
		at := -1
		for s := range a.Deliveries {
			q := a.Deliveries[s].Delivered[h]
			all += q
			if q > greatest {
				greatest, at = q, s
			}
		}
		all = min(all, left)
		short := left - all
		if short > 1 { // a watt is rounding
			b.Hours++
			b.Energy += short.For(hour)
		}
		b.Peak = max(b.Peak, short)
		if without := min(left, short+greatest); without > b.MinusN1 {
			b.MinusN1, largest = without, at
		}
	}
	if largest >= 0 {
		b.Largest = a.Deliveries[largest].Source
	}
	return b
}
