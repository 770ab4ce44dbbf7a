package heat

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"thermie/interval"
)

// Study is one connection: its sources, its network, its prices and its
// length.
type Study struct {
	Sources  []Source
	Network  Network
	Terms    Terms
	Distance float64 // m, straight
}

// StudyResult is what a study comes to.
type StudyResult struct {
	Allocation *Allocation
	Cost       HeatCost
	Levelised  float64 // €/J
}

// Run matches and prices the connection: the heat pumps are of their own
// peak.
//
// Method: AL1, EC2.
func (s Study) Run() (StudyResult, error) {
	if err := s.Terms.check(); err != nil {
		return StudyResult{}, err
	}
	a, err := Allocate(s.Sources, s.Network)
	if err != nil {
		return StudyResult{}, err
	}
	var peak interval.Power
	for i := range a.Deliveries {
		d := &a.Deliveries[i]
		most := d.PeakPump
		if d.DirectHours > 0 {
			most = max(most, slices.Max(d.Delivered))
		}
		peak += most
	}
	r := StudyResult{Allocation: a, Cost: s.Terms.cost(peak, s.Distance)}
	r.Cost.Captured, r.Cost.Electricity = interval.Energy(a.Captured.Value), interval.Energy(a.Electricity.Value)
	r.Cost.Delivered = a.Served
	if a.Served <= 0 {
		return r, fmt.Errorf("network %s takes no heat of the sources: there is nothing to price", a.Network)
	}
	r.Levelised = r.Cost.Levelised()
	return r, nil
}

// Lever is one input of a study with its limits.
type Lever struct {
	ID        string
	Low, High float64
	Unit      string
	set       func(*Study, float64)
}

// Effect is what a lever does to the cost of heat, at its lower and upper
// limit.
type Effect struct {
	Lever
	CostLow, CostHigh float64 // €/J
}

// CostSpan returns by how much the cost of heat moves between the limits.
func (e Effect) CostSpan() float64 { return math.Abs(e.CostHigh - e.CostLow) }

// Levers returns the inputs that are varied one at a time, with the limits
// that a study has where nothing better is known.
//
// Method: SE1.
func (s Study) Levers() []Lever {
	var spread float64
	for _, source := range s.Sources {
		spread = max(spread, 2*source.U)
	}
	n, t := s.Network, s.Terms
	efficiency := n.pump().assumption()
	narrowest := min(n.Curve.SupplyCold.Minus(n.Curve.ReturnCold), n.Curve.SupplyMild.Minus(n.Curve.ReturnMild))
	shift := min(5, float64(narrowest)/4) // the supply stays above the return
	levers := []Lever{
		{"recoverable_heat", max(0.1, 1-spread), 1 + spread, "1", func(s *Study, v float64) { s.Sources = scaled(s.Sources, v) }},
		{"lorenz_efficiency", efficiency.Low, efficiency.High, "1", func(s *Study, v float64) { s.Network.LorenzEfficiency, s.Network.Points = v, nil }},
		{"network_supply", -shift, shift, "K", func(s *Study, v float64) { s.Network.Curve = s.Network.Curve.shifted(v, 0) }},
		{"network_return", -shift, shift, "K", func(s *Study, v float64) { s.Network.Curve = s.Network.Curve.shifted(0, v) }},
		{"demand", 0.8, 1.2, "1", func(s *Study, v float64) { s.Network.Demand = scaledPower(s.Network.Demand, v) }},
		{"must_run_share", max(0, n.MustRunShare-0.1), min(1, n.MustRunShare+0.1), "1", func(s *Study, v float64) { s.Network.MustRunShare = v }},
		{"electricity_price", 0.7 * t.Electricity, 1.3 * t.Electricity, "€/J", func(s *Study, v float64) { s.Terms.Electricity = v }},
		{"plant_cost", 0.75, 1.25, "1", func(s *Study, v float64) { s.Terms.HeatPump, s.Terms.Station = v*s.Terms.HeatPump, v*s.Terms.Station }},
		{"distance", 0.8 * s.Distance, 1.2 * s.Distance, "m", func(s *Study, v float64) { s.Distance = v }},
		{"discount_rate", max(0, t.Discount-0.02), t.Discount + 0.02, "1", func(s *Study, v float64) { s.Terms.Discount = v }},
		{"plant_life", 0.8 * t.PlantYears, 1.2 * t.PlantYears, "a", func(s *Study, v float64) { s.Terms.PlantYears = v }},
		{"source_price", t.SourceHeat - 5*EuroPerMWh, t.SourceHeat + 5*EuroPerMWh, "€/J", func(s *Study, v float64) { s.Terms.SourceHeat = v }},
	}
	return slices.DeleteFunc(levers, func(l Lever) bool { return l.Low == l.High })
}

// Sensitivity varies each lever by itself. The greatest effect on the cost
// of heat comes first.
//
// Method: SE1.
func (s Study) Sensitivity(levers []Lever) ([]Effect, error) {
	effects := make([]Effect, len(levers))
	for i, l := range levers {
		low, err := s.with(l, l.Low)
		if err != nil {
			return nil, err
		}
		high, err := s.with(l, l.High)
		if err != nil {
			return nil, err
		}
		effects[i] = Effect{l, low.Levelised, high.Levelised}
	}
	slices.SortStableFunc(effects, func(a, b Effect) int { return cmp.Compare(b.CostSpan(), a.CostSpan()) })
	return effects, nil
}

// with runs the study at one value of a lever.
func (s Study) with(l Lever, value float64) (StudyResult, error) {
	l.set(&s, value)
	r, err := s.Run()
	if err != nil {
		return r, fmt.Errorf("%s at %g %s: %w", l.ID, value, l.Unit, err)
	}
	return r, nil
}

func scaledPower(p []interval.Power, factor float64) []interval.Power {
	out := make([]interval.Power, len(p))
	for h := range p {
		out[h] = p[h] * interval.Power(factor)
	}
	return out
}

// shifted returns the curve with supply and return moved by some kelvin.
func (c HeatingCurve) shifted(supply, ret float64) HeatingCurve {
	up, back := interval.TemperatureDiff(supply), interval.TemperatureDiff(ret)
	c.SupplyCold, c.SupplyMild = c.SupplyCold.Plus(up), c.SupplyMild.Plus(up)
	c.ReturnCold, c.ReturnMild = c.ReturnCold.Plus(back), c.ReturnMild.Plus(back)
	return c
}
