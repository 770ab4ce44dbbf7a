package heat

import (
	"math"

	"thermie/interval"
)

// Defaults of the demand profile, used where the network says nothing.
//
// Method: D1.
const (
	DefaultBaseShare       = 0.30
	DefaultHeatingBaseTemp = interval.Temperature(273.15 + 15.5)
)

// trailingHours is the memory of buildings: demand follows the mean of the
// current hour and the 23 before it.
const trailingHours = 24

// Demand spreads a network's yearly heat over the hours: baseShare of it
// evenly (hot water and losses), the rest in proportion to the degrees by
// which the trailing 24-hour mean of the outdoor temperature falls short of
// base. With no such degree in the series all of it is spread evenly.
//
// Method: D1.
func Demand(annual interval.Energy, baseShare float64, outdoor []interval.Temperature, base interval.Temperature) []interval.Power {
	demand := make([]interval.Power, len(outdoor))
	var degrees float64
	for h, mean := range trailingMean(outdoor) {
		short := max(0, float64(base-mean))
		if math.IsNaN(short) { // nothing known since the start
			short = 0
		}
		demand[h] = interval.Power(short)
		degrees += short
	}
	if degrees == 0 {
		baseShare = 1
	}
	floor := float64(annual) * baseShare / float64(len(outdoor)) / 3600
	slope := 0.0
	if degrees > 0 {
		slope = float64(annual) * (1 - baseShare) / degrees / 3600
	}
	for h := range demand {
		demand[h] = interval.Power(floor + slope*float64(demand[h]))
	}
	return demand
}

// trailingMean yields, for each hour, the mean of the known temperatures of
// that hour and the 23 before it; at the start of the series of those that
// there are. Where none is known it repeats the last mean.
func trailingMean(t []interval.Temperature) func(yield func(int, interval.Temperature) bool) {
	return func(yield func(int, interval.Temperature) bool) {
		var sum float64
		var known int
		mean := interval.Temperature(math.NaN())
		for h := range t {
			if v := float64(t[h]); !math.IsNaN(v) {
				sum, known = sum+v, known+1
			}
			if h >= trailingHours {
				if v := float64(t[h-trailingHours]); !math.IsNaN(v) {
					sum, known = sum-v, known-1
				}
			}
			if known > 0 {
				mean = interval.Temperature(sum / float64(known))
			}
			if !yield(h, mean) {
				return
			}
		}
	}
}
