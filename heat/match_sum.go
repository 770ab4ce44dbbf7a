package heat

import (
	"math"

	"thermie/interval"
)

// matchTally is one source's part of a year, in joules.
type matchTally struct {
	captured, electricity, direct       interval.Energy
	limitedCaptured, limitedElectricity interval.Energy // in hours in which more heat would be more delivery
}

func (t *matchTally) add(x transfer) {
	captured, electricity := x.captured.For(hour), x.electricity.For(hour)
	t.captured += captured
	t.electricity += electricity
	t.direct += x.direct.For(hour)
	if x.limited {
		t.limitedCaptured += captured
		t.limitedElectricity += electricity
	}
}

// tally runs the match for its sums only.
func (m *matcher) tally(shift float64) []matchTally {
	tallies := make([]matchTally, len(m.sources))
	m.run(shift, func(_, s int, t transfer) { tallies[s].add(t) })
	return tallies
}

// The three sums of a tally that are published.
var (
	capturedOf  = func(t matchTally) (sum, limited interval.Energy) { return t.captured, t.limitedCaptured }
	electricOf  = func(t matchTally) (sum, limited interval.Energy) { return t.electricity, t.limitedElectricity }
	deliveredOf = func(t matchTally) (sum, limited interval.Energy) {
		return t.captured + t.electricity, t.limitedCaptured + t.limitedElectricity
	}
)

// sum closes a delivery's year: less and more are the same year with the heat
// pump's efficiency one standard uncertainty down and up.
//
// Method: AL5.
func (d *Delivery) sum(s Source, efficiency Assumption, t, less, more matchTally) {
	known := knownShare(s.Heat)
	of := func(part func(matchTally) (sum, limited interval.Energy)) (Quantity, []Contribution) {
		value, limited := part(t)
		low, _ := part(less)
		high, _ := part(more)
		source, pump := s.U*float64(limited), math.Abs(float64(high-low))/2
		q := Quantity{
			Value:    float64(value),
			U:        math.Hypot(source, pump),
			Coverage: known, Method: methodAllocate,
			Known: known > 0, Simulated: s.Simulated,
		}
		return q, []Contribution{{"source:" + s.ID, source}, {"assumption:" + efficiency.ID, pump}}
	}
	d.CapturedHeat, d.Budgets.Captured = of(capturedOf)
	d.DeliveredHeat, d.Budgets.Delivered = of(deliveredOf)
	d.PumpEnergy, d.Budgets.Pump = of(electricOf)
	d.SCOP = math.NaN()
	if t.electricity > 0 {
		d.SCOP = float64((t.captured + t.electricity - t.direct) / t.electricity)
	}
}

// total adds up the deliveries: the sources are independent of each other,
// the heat pump's efficiency is common to all.
//
// Method: AL5.
func (a *Allocation) total(t, less, more []matchTally) {
	of := func(part func(matchTally) (sum, limited interval.Energy), each func(Delivery) Quantity) Quantity {
		q := Quantity{Method: methodAllocate}
		var common, own float64
		for s, d := range a.Deliveries {
			one := each(d)
			low, _ := part(less[s])
			high, _ := part(more[s])
			pump := float64(high-low) / 2
			q.Value += one.Value
			q.Coverage += one.Coverage / float64(len(a.Deliveries))
			q.Known = q.Known || one.Known
			q.Simulated = q.Simulated || one.Simulated
			common += pump
			own += max(0, one.U*one.U-pump*pump)
		}
		q.U = math.Sqrt(common*common + own)
		return q
	}
	a.Captured = of(capturedOf, func(d Delivery) Quantity { return d.CapturedHeat })
	a.Delivered = of(deliveredOf, func(d Delivery) Quantity { return d.DeliveredHeat })
	a.Electricity = of(electricOf, func(d Delivery) Quantity { return d.PumpEnergy })
	a.Served = interval.Energy(a.Delivered.Value) - a.Store.Charged + a.Store.Discharged
	if a.Demand > 0 {
		a.Coverage = float64(a.Served / a.Demand)
	}
}
