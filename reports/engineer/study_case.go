package engineer

import (
	"math"
	"slices"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// studyCase is one connection as the study computes it: the site, the network
// that takes its heat in the area's joint match, and what it costs.
type studyCase struct {
	inputs   reports.StudyTable
	stated   configs.Study // of this connection
	area     reports.Area
	pair     reports.Pair
	link     *reports.SourceLink
	network  *reports.NetworkResult
	model    heat.Network // the whole network
	source   heat.Source
	delivery heat.Delivery
	around   [4]heat.Delivery // heat less and more by one u, then the heat pump's efficiency
	peak     interval.Power   // that the plant is built for

	study   heat.Study // this source alone, on what the others leave
	priced  bool
	result  heat.StudyResult
	effects []heat.Effect // on the cost, the greatest first
}

// openCase computes the connection of a site; nil where no network takes its
// heat.
func openCase(d *reports.Dossier, r *reports.SiteResult, inputs reports.StudyTable) (*studyCase, error) {
	link, err := d.Link(r)
	if err != nil || link == nil {
		return nil, err
	}
	c := &studyCase{link: link, delivery: link.Delivery}
	i := slices.IndexFunc(d.Networks, func(n *reports.NetworkResult) bool { return slices.Contains(n.Members, r) })
	c.network = d.Networks[i]
	member := slices.Index(c.network.Members, r)
	c.area, c.stated = d.Area, d.Area.StudyOf(r.ID, c.network.Network.ID)
	c.inputs = inputs.With(c.stated)
	c.pair = d.Pair(c.network, member)
	c.source, c.model = c.network.Sources[member], c.network.Model
	if c.peak = c.delivery.PeakPump; c.delivery.DirectHours > 0 {
		c.peak = max(c.peak, slices.Max(c.delivery.Delivered))
	}
	c.study = heat.Study{Sources: []heat.Source{c.source}, Network: c.left(), Terms: c.inputs.Terms(c.peak), Distance: link.Length}
	if err := c.vary(); err != nil {
		return nil, err
	}
	return c, c.price()
}

// left is the network as this source meets it: the joint match gave the other
// sources their part, and the existing EnR&R keeps its power. The source
// alone on it gets what the joint match gives it.
func (c *studyCase) left() heat.Network {
	n, a := c.model, c.network.Allocation
	n.Demand = slices.Clone(c.model.Demand)
	var sum interval.Energy
	for h := range n.Demand {
		n.Demand[h] = max(0, n.Demand[h]-c.others(h))
		sum += n.Demand[h].For(time.Hour)
	}
	if n.MustRunShare = 0; sum > 0 {
		n.MustRunShare = min(1, float64(a.MustRun/sum))
	}
	return n
}

// others is what the other sites of the network deliver in hour h.
func (c *studyCase) others(h int) interval.Power {
	var p interval.Power
	for _, other := range c.network.Allocation.Deliveries {
		if other.Source != c.delivery.Source {
			p += other.Delivered[h]
		}
	}
	return p
}

// vary matches again with heat and efficiency one standard uncertainty down
// and up, for the uncertainty of what is no sum.
func (c *studyCase) vary() error {
	a := c.network.Allocation.Assumptions[0]
	step := (a.High - a.Low) / 2 / math.Sqrt(3)
	for i := range c.around {
		source, network := c.source, c.study.Network
		sign := float64(2*(i%2) - 1)
		if i < 2 {
			source.Heat = scaledBy(source.Heat, 1+sign*source.U)
		} else {
			network.LorenzEfficiency, network.Points = a.Value+sign*step, nil
		}
		got, err := heat.Allocate([]heat.Source{source}, network)
		if err != nil {
			return err
		}
		c.around[i] = got.Deliveries[0]
	}
	return nil
}

// spread returns the standard uncertainty of what of computes from a match.
//
// Method: AL5.
func (c *studyCase) spread(of func(heat.Delivery) float64) float64 {
	var v [4]float64
	for i, d := range c.around {
		v[i] = of(d)
	}
	return math.Hypot((v[1]-v[0])/2, (v[3]-v[2])/2)
}

// price computes the cost of heat and what moves it; a connection that
// delivers nothing has no price.
func (c *studyCase) price() (err error) {
	if !(c.delivery.DeliveredHeat.Value > 0) {
		return nil
	}
	if c.result, err = c.study.Run(); err != nil {
		return err
	}
	levers := slices.DeleteFunc(c.study.Levers(), func(l heat.Lever) bool { return l.ID == "source_price" }) // the study's unknown
	c.effects, err = c.study.Sensitivity(levers)
	c.priced = err == nil
	return err
}

// cost returns the levelised cost without a price of the source heat: each
// input lies anywhere within its limits.
func (c *studyCase) cost() heat.Quantity {
	var squares float64
	for _, e := range c.effects {
		u := e.CostSpan() / 2 / math.Sqrt(3)
		squares += u * u
	}
	return c.quantity(c.result.Levelised, math.Sqrt(squares), "EC2")
}

// breakEven returns the price of the source heat at which the heat delivered
// costs what it replaces.
func (c *studyCase) breakEven() heat.Quantity {
	worth := c.inputs.Value("heat_worth", c.peak) * heat.EuroPerMWh
	u := c.cost().U * float64(c.result.Cost.Delivered/c.result.Cost.Captured)
	return c.quantity(c.result.Cost.BreakEven(worth), u, "EC3")
}

// quantity is a result of the match: known as far as the heat is.
func (c *studyCase) quantity(value, u float64, method string) heat.Quantity {
	of := c.delivery.DeliveredHeat
	return heat.Quantity{Value: value, U: u, Coverage: of.Coverage, Method: method, Known: of.Known && !math.IsNaN(value) && !math.IsNaN(u), Simulated: of.Simulated}
}

// useRate is the share of the source's known heat that is captured.
func (c *studyCase) useRate() heat.Quantity {
	of := func(d heat.Delivery, scale float64) float64 {
		return d.CapturedHeat.Value / (float64(sumOf(c.source.Heat)) * scale)
	}
	u := math.Hypot((of(c.around[1], 1+c.source.U)-of(c.around[0], 1-c.source.U))/2, (of(c.around[3], 1)-of(c.around[2], 1))/2)
	return c.quantity(of(c.delivery, 1), u, "AL8")
}

// sumOf adds up the known hours of a power.
func sumOf(p []interval.Power) interval.Energy {
	var sum interval.Energy
	for _, v := range p {
		if !math.IsNaN(float64(v)) {
			sum += v.For(time.Hour)
		}
	}
	return sum
}

func scaledBy(p []interval.Power, factor float64) []interval.Power {
	out := make([]interval.Power, len(p))
	for h, v := range p {
		out[h] = v * interval.Power(factor)
	}
	return out
}
