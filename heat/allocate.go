package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// Source is a site's recoverable heat as a network sees it. The series have
// the network's length; a NaN of heat means that the hour is not known.
type Source struct {
	ID             string
	Heat           []interval.Power
	Supply, Return []interval.Temperature
	U              float64        // relative standard uncertainty of Heat, systematic
	PumpLimit      interval.Power // largest heat-pump output to one network; zero means as large as needed
	Simulated      bool
}

// Delivery is what one source gives to the network, by hour and in sum.
// Delivered = Captured + Electricity in every hour; an hour of unknown heat
// delivers nothing and lowers the coverage.
type Delivery struct {
	Source                           string
	Captured, Delivered, Electricity []interval.Power

	CapturedHeat  Quantity // J, « captée »
	DeliveredHeat Quantity // J, « livrée »
	PumpEnergy    Quantity // J of electricity
	Budgets       DeliveryBudgets

	SCOP                   float64        // the heat pump's delivery over its electricity; NaN when it never ran
	PeakPump               interval.Power // largest heat-pump output
	DirectHours, PumpHours int
}

// Allocation is the joint match of several sources with one network.
type Allocation struct {
	Network    string
	Deliveries []Delivery // in the sources' order

	Demand   interval.Energy
	MustRun  interval.Energy // what existing EnR&R delivers first
	Served   interval.Energy // what the network takes: delivered, less what the store keeps and loses
	Coverage float64         // served over demand

	Store                     StoreYear
	ReturnRise, MaxReturnRise interval.TemperatureDiff // by the injection; the mean weighs by demand

	Captured, Delivered, Electricity Quantity
	Assumptions                      []Assumption
}

// Allocate matches the sources with the network's residual demand, hour by
// hour, the cheapest first, so that no demand is counted twice and no sum of
// pairs can exceed what the network takes.
//
// Method: AL1, AL2, AL3, AL4, AL6, ST1.
func Allocate(sources []Source, n Network) (*Allocation, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	for _, s := range sources {
		if err := s.check(len(n.Demand)); err != nil {
			return nil, fmt.Errorf("network %s: %w", n.ID, err)
		}
	}
	m := newMatcher(sources, n)
	a := &Allocation{Network: n.ID, Deliveries: make([]Delivery, len(sources)), MustRun: m.mustRun}
	for _, d := range n.Demand {
		a.Demand += d.For(hour)
	}
	tallies := make([]matchTally, len(sources))
	for s := range sources {
		a.Deliveries[s] = newDelivery(sources[s].ID, len(n.Demand))
	}
	a.Store = m.run(0, func(h, s int, t transfer) {
		a.Deliveries[s].take(h, t)
		tallies[s].add(t)
	})
	step, efficiency := m.pump.doubt(), m.pump.assumption()
	less, more := m.tally(-step), m.tally(step)
	for s := range sources {
		a.Deliveries[s].sum(sources[s], efficiency, tallies[s], less[s], more[s])
	}
	a.total(tallies, less, more)
	a.warmReturn(m)
	a.Assumptions = []Assumption{efficiency}
	return a, nil
}

// warmReturn sums up what the injection does to the return.
//
// Method: IN2.
func (a *Allocation) warmReturn(m *matcher) {
	n := m.network
	if n.Injection == "" || n.Injection == ReturnToSupply || a.Demand == 0 {
		return
	}
	for h, demand := range n.Demand {
		var injected interval.Power
		for s := range a.Deliveries {
			injected += a.Deliveries[s].Delivered[h]
		}
		k := &m.sinks[h]
		rise := n.Injection.ReturnRise(injected, demand, k.supply, k.ret, n.rise())
		a.MaxReturnRise = max(a.MaxReturnRise, rise)
		a.ReturnRise += rise * interval.TemperatureDiff(demand.For(hour)/a.Demand)
	}
}

// check refuses a source whose series do not fit the network's hours.
func (s Source) check(hours int) error {
	for _, length := range []int{len(s.Heat), len(s.Supply), len(s.Return)} {
		if length != hours {
			return NewFault("source_hours", "source {source}: series of {hours} hours, the network has {of}", "source", s.ID, "hours", length, "of", hours)
		}
	}
	if !finite(s.U) || s.U < 0 || s.PumpLimit < 0 {
		return NewFault("source_negative", "source {source}: uncertainty {u} and heat-pump limit {limit_w} W must not be negative", "source", s.ID, "u", s.U, "limit_w", float64(s.PumpLimit))
	}
	for h := range s.Heat {
		switch heat, in, out := float64(s.Heat[h]), s.Supply[h], s.Return[h]; {
		case math.IsNaN(heat):
		case heat < 0 || math.IsInf(heat, 0):
			return NewFault("source_heat", "source {source}: hour {hour}: {heat_w} W of recoverable heat", "source", s.ID, "hour", h, "heat_w", heat)
		case in < out:
			return NewFault("source_swapped", "source {source}: hour {hour}: supply {supply_c} °C is below return {return_c} °C: are the probes swapped?",
				"source", s.ID, "hour", h, "supply_c", tenth(in.Celsius()), "return_c", tenth(out.Celsius()))
		}
	}
	return nil
}

// newDelivery returns an empty delivery; its three series share one block.
func newDelivery(id string, hours int) Delivery {
	block := make([]interval.Power, 3*hours)
	return Delivery{
		Source:      id,
		Captured:    block[:hours:hours],
		Delivered:   block[hours : 2*hours : 2*hours],
		Electricity: block[2*hours:],
	}
}

// take enters one hour's transfer.
func (d *Delivery) take(h int, t transfer) {
	d.Captured[h], d.Electricity[h] = t.captured, t.electricity
	d.Delivered[h] = t.captured + t.electricity
	if t.electricity == 0 {
		d.DirectHours++
		return
	}
	d.PumpHours++
	d.PeakPump = max(d.PeakPump, d.Delivered[h]-t.direct)
}

// The heat pump's efficiency among what is assumed: a general one, or what a
// maker's points come to.
const (
	lorenzAssumption = "lorenz_efficiency"
	makerAssumption  = "maker_efficiency"
)

// assumption states the efficiency used, with its limits.
//
// Method: HP1, HP5.
func (p HeatPump) assumption() Assumption {
	a := Assumption{ID: lorenzAssumption, Unit: "1", Mark: Computed}
	if len(p.anchors) == 0 {
		a.Value = p.Efficiency
		a.Low, a.High = p.Efficiency-DefaultLorenzEfficiency+lowLorenzEfficiency, p.Efficiency-DefaultLorenzEfficiency+highLorenzEfficiency
		a.Source = "four published installations, 0.54–0.66, less auxiliaries and part load"
		return a
	}
	a.ID = makerAssumption
	for _, at := range p.anchors {
		a.Value += at.eta / float64(len(p.anchors))
	}
	a.Low, a.High = a.Value*(1-makerLimit), a.Value*(1+makerLimit)
	a.Source = "the maker's COP points"
	return a
}
