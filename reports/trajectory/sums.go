package trajectory

import (
	"math"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// methodID stands beside what a trajectory computed.
const methodID = "TR1"

// add enters what a site gives; a site of two streams gives both.
func (n *Network) add(site *Site, d heat.Delivery) {
	if len(n.Links) == 0 || n.Links[len(n.Links)-1].Site != site {
		n.Links = append(n.Links, Link{Site: site, Captured: d.CapturedHeat, Delivered: d.DeliveredHeat, Electricity: d.PumpEnergy})
		return
	}
	l := &n.Links[len(n.Links)-1]
	for sum, part := range map[*heat.Quantity]heat.Quantity{&l.Captured: d.CapturedHeat, &l.Delivered: d.DeliveredHeat, &l.Electricity: d.PumpEnergy} {
		sum.Value += part.Value
		sum.U += part.U // one site's meters err alike
	}
}

// jointly takes the sums of the joint match, whose uncertainty knows what the
// sources share.
func (n *Network) jointly(a *heat.Allocation) {
	n.Captured, n.Delivered, n.Electricity = a.Captured, a.Delivered, a.Electricity
}

// total is that of a network without sources: nothing, which is known.
func (n *Network) total() {
	nothing := heat.Quantity{Known: true, Coverage: 1, Method: methodID}
	n.Captured, n.Delivered, n.Electricity = nothing, nothing, nothing
}

// total adds up the networks, which err independently.
func (p *Point) total() {
	of := func(each func(*Network) heat.Quantity) heat.Quantity {
		sum := heat.Quantity{Method: methodID}
		covered := 0.0
		for _, n := range p.Networks {
			q := each(n)
			sum.Value += q.Value
			sum.U = math.Hypot(sum.U, q.U)
			sum.Known = sum.Known || q.Known
			sum.Simulated = sum.Simulated || q.Simulated
			covered += q.Coverage * q.Value
		}
		if sum.Coverage = 1; sum.Value > 0 {
			sum.Coverage = covered / sum.Value
		}
		return sum
	}
	p.Captured = of(func(n *Network) heat.Quantity { return n.Captured })
	p.Delivered = of(func(n *Network) heat.Quantity { return n.Delivered })
	p.Electricity = of(func(n *Network) heat.Quantity { return n.Electricity })
}

func joules(q heat.Quantity) interval.Energy { return interval.Energy(q.Value) }

// Avoided is the CO2 that a year at the point spares, in kg: the heat
// delivered at the displaced fuel's factor and a boiler's efficiency, less
// the heat pumps' electricity at the factor of the point, or else at the
// table's.
//
// Method: CO1.
func (p *Point) Avoided(fuel, electricity reports.Factor, efficiency float64) heat.Quantity {
	const kWh = 3.6e6
	grid := electricity.Value
	if p.GridFactor != 0 {
		grid = p.GridFactor
	}
	q := p.Delivered
	q.Value = heat.AvoidedCO2(joules(p.Delivered), fuel.Value/kWh, efficiency, joules(p.Electricity), grid/kWh)
	q.U = math.Hypot(p.Delivered.U*fuel.Value/kWh/efficiency, p.Electricity.U*grid/kWh)
	q.Method = "CO1"
	return q
}

// Rates are a network's shares of renewable and recovered energy before and
// after, by both readings of the rule; ok is false where nobody states the
// rate.
//
// Method: NE1.
func (n *Network) Rates() (strict, wide heat.Greening, ok bool) {
	if n.Config.EnRRShare == nil || n.Demand <= 0 {
		return strict, wide, false
	}
	rate := func(leastSCOP float64) (heat.Greening, error) {
		return heat.NewGreening(*n.Config.EnRRShare/100, n.Demand, joules(n.Captured), joules(n.Delivered), 0, leastSCOP)
	}
	strict, err := rate(math.Inf(1))
	if err != nil {
		return strict, wide, false
	}
	wide, err = rate(0)
	return strict, wide, err == nil
}

// Rate is the mean share of the networks whose rate is stated, weighted by
// their demand, with the captured heat alone counted; ok is false where no
// network states one.
func (p *Point) Rate() (after float64, ok bool) {
	var counted, demand float64
	for _, n := range p.Networks {
		if strict, _, stated := n.Rates(); stated {
			counted, demand = counted+strict.After*float64(n.Demand), demand+float64(n.Demand)
		}
	}
	return counted / demand, demand > 0
}
