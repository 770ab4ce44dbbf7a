package reports

import (
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// classes of the temperature at which heat is rejected: their ids, which are
// the keys of their words, and their upper bounds in °C.
var classes = []struct {
	id    string
	below float64
}{{"cold", 30}, {"warm", 45}, {"hot", math.Inf(1)}}

// unclassed is the class of the hours of which no temperature is known.
const unclassed = "unknown"

// classIDs are the classes from cold to hot, and the unclassed hours.
func classIDs() []string {
	ids := make([]string, 0, len(classes)+1)
	for _, c := range classes {
		ids = append(ids, c.id)
	}
	return append(ids, unclassed)
}

// classOf returns the index of a temperature's class, the last for none. To
// a tenth of a degree, so that a set-point on a limit falls on one side.
func classOf(t interval.Temperature) int {
	tenths := math.Round(t.Celsius() * 10)
	for i, c := range classes {
		if tenths < c.below*10 {
			return i
		}
	}
	return len(classes)
}

// ByClass is an energy by the class of the hours in which it flowed, J. Of
// all heats the class is that of the source: the temperature at the tap, as
// measured, stated by the site or assumed for its tap.
type ByClass []float64

// addByClass adds up an energy over the hours.
func addByClass(hours []heat.HeatHour, energy func(h int) interval.Energy) ByClass {
	sums := make(ByClass, len(classes)+1)
	for h := range hours {
		if e := float64(energy(h)); !math.IsNaN(e) {
			sums[classOf(hours[h].Supply)] += e
		}
	}
	return sums
}

// classify adds up what the site rejects and hands over while the balance
// still has its hours.
func (r *SiteResult) classify() {
	hours := r.Estimate.Hours
	r.RejectedByClass = addByClass(hours, func(h int) interval.Energy { return hours[h].Heat })
	r.HandedOverByClass = addByClass(hours, func(h int) interval.Energy { return r.Balance.Hours[h].HandedOver.Energy })
}

// byClass adds up a series of the site's match with a network; nothing where
// nothing was computed.
func (r *SiteResult) byClass(series []interval.Power) ByClass {
	return addByClass(r.Estimate.Hours[:len(series)], func(h int) interval.Energy { return series[h].For(time.Hour) })
}
