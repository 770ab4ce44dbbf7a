package heat

import (
	"math"

	"thermie/interval"
)

// UseRate returns which share of the sources' known heat the network
// captures, NaN where there is none. The sources are those of the allocation.
//
// Method: AL8.
func (a *Allocation) UseRate(sources []Source) float64 {
	var offered interval.Energy
	for _, s := range sources {
		for _, p := range s.Heat {
			if finite(float64(p)) {
				offered += p.For(hour)
			}
		}
	}
	return finiteOrNaN(a.Captured.Value / float64(offered))
}

// FullLoadHours returns the hours in which the heat pump would have given
// its heat at its largest output, NaN when it never ran. Direct use is left
// out on both sides.
//
// Method: AL8.
func (d *Delivery) FullLoadHours() float64 {
	var pumped float64
	for h := range d.Delivered {
		if d.Electricity[h] > 0 {
			pumped += float64(d.Delivered[h])
		}
	}
	if d.PeakPump == 0 {
		return math.NaN()
	}
	return pumped / float64(d.PeakPump)
}

// NormaliseDemand returns what a network's year would have been in a normal
// climate: the part that follows the weather goes with the degree days.
//
// Method: DJ3.
func NormaliseDemand(annual interval.Energy, baseShare, degreeDays, normal float64) interval.Energy {
	return annual * interval.Energy(baseShare+(1-baseShare)*normal/degreeDays)
}
