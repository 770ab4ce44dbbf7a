package trajectory

import (
	"math"

	"thermie/configs"
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

// Avoided is the CO2 that a year at the point spares, at the factor of
// electricity that a hypothesis states for it, else at the table's.
func (p *Point) Avoided(by reports.CarbonFactors, efficiency float64) heat.Quantity {
	if p.GridFactor != 0 {
		by.Electricity = reports.Factor{ID: configs.GridFactor, Value: p.GridFactor}
	}
	return reports.Avoided(p.Delivered, p.Electricity, by, efficiency)
}

// Greened is a network's share of renewable and recovered energy before and
// with the heat of a match, of which what is captured counts alone; ok is
// false where nobody states the share.
//
// Method: NE1.
func Greened(n configs.Network, demand interval.Energy, captured, delivered heat.Quantity) (g heat.Greening, ok bool) {
	if n.EnRRShare == nil || demand <= 0 {
		return g, false
	}
	noPumpCounts := math.Inf(1)
	g, err := heat.NewGreening(*n.EnRRShare/100, demand, joules(captured), joules(delivered), 0, noPumpCounts)
	return g, err == nil
}

// Rate is the network's share at the point, see Greened.
func (n *Network) Rate() (after float64, ok bool) {
	g, ok := Greened(n.Config, n.Demand, n.Captured, n.Delivered)
	return g.After, ok
}

// Rate is the mean share of the networks whose rate is stated, weighted by
// their demand, with the captured heat alone counted; ok is false where no
// network states one.
func (p *Point) Rate() (after float64, ok bool) {
	var counted, demand float64
	for _, n := range p.Networks {
		if rate, stated := n.Rate(); stated {
			counted, demand = counted+rate*float64(n.Demand), demand+float64(n.Demand)
		}
	}
	return counted / demand, demand > 0
}
