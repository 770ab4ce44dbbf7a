package pcaet

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// pointFigures are the printed numbers of one scenario at one horizon.
type pointFigures struct {
	Captured  reports.HeatFigure
	Delivered document.Figure
	Supplied  reports.HeatFigure // already, by the sites that still run
	Ceiling   reports.HeatFigure // captured and supplied: what a target cannot exceed
	Rate      document.Figure    // mean of the networks, by the captured heat
	Avoided   document.Figure
}

// shares are an amount by operator's site, of which a total is the sum.
type shares map[string]document.Figure

// pointFigures rounds a point. What the figures of two horizons or scenarios
// differ by could be one operator's project: the differences are guarded too.
func (p *Report) pointFigures(at *trajectory.Point) pointFigures {
	row := rowOf(at)
	g := p.d.Grid("trajectories")
	captured := p.sharesOf(at, "captee", func(l trajectory.Link) heat.Quantity { return l.Captured })
	delivered := p.sharesOf(at, "livree", func(l trajectory.Link) heat.Quantity { return l.Delivered })
	f := pointFigures{
		Captured:  reports.HeatFigure{MWh: p.joint(at, g, row, "captee_mwh", captured, at.Captured)},
		Delivered: p.joint(at, g, row, "livree_mwh", delivered, at.Delivered),
	}
	f.Captured.GWh = reports.ToGWh("captee", f.Captured.MWh)
	supplied, sum := p.suppliedThen(at)
	f.Supplied.MWh = p.joint(at, g, row, "valorisee_mwh", supplied, sum)
	f.Supplied.GWh = reports.ToGWh("valorisee", f.Supplied.MWh)
	f.Ceiling.MWh = p.ceilingThen(at, captured, supplied, sum.U)
	f.Ceiling.GWh = reports.ToGWh("plafond", f.Ceiling.MWh)
	if at.Scenario == "" {
		f.Captured, f.Delivered, f.Supplied, f.Ceiling = p.f.Captured, p.f.Delivered.MWh, p.f.Supplied, p.f.Ceiling
	}
	avoided := p.readable(at.Avoided(p.carbon, p.study.Value("boiler_efficiency", 0)))
	f.Avoided = reports.Follows(g.Figure(row, "avoided_t", avoided, reports.InTons), f.Captured.MWh, f.Delivered)
	f.Rate = g.Unknown(row, "rate", reports.InRate)
	if rate, ok := at.Rate(); ok {
		q := p.readable(heat.Quantity{Value: rate, Known: true, Coverage: at.Captured.Coverage, Method: "NE1", Simulated: at.Captured.Simulated})
		f.Rate = reports.Follows(g.Figure(row, "rate", q, reports.InRate), f.Captured.MWh)
	}
	return f
}

// rowOf names a point in figure codes.
func rowOf(at *trajectory.Point) string {
	if at.Scenario == "" {
		return "today"
	}
	return at.Scenario + "-" + strconv.Itoa(at.Year)
}

// sharesOf are the parts of a point's heat, each one site's to one network.
func (p *Report) sharesOf(at *trajectory.Point, column string, of func(trajectory.Link) heat.Quantity) shares {
	list := shares{}
	for _, n := range at.Networks {
		for _, l := range n.Links {
			key := l.Site.ID + "→" + n.Config.ID
			list[key] = p.share(at, column, key, l.Site, of(l))
		}
	}
	return list
}

// share is one site's part of an amount in a year to come.
func (p *Report) share(at *trajectory.Point, column, key string, s *trajectory.Site, q heat.Quantity) document.Figure {
	f := p.d.Grid("trajectory parts").Figure(key+"@"+rowOf(at), column+"_mwh", q, reports.InMWh)
	if f.Stated() {
		part := document.Part{Owner: s.Owner, Site: s.ID, Leaf: column + "-" + rowOf(at) + "/" + key, Value: f.Value}
		if at.Scenario == "" {
			part.Of = column + "/" + key // the same, as the diagnosis has it
		}
		f.Guard = document.Guard{Parts: []document.Part{part}}
	}
	return f
}

// readable takes from a quantity what would tell readers who do not see every
// value of a single amount: its uncertainty and coverage.
func (p *Report) readable(q heat.Quantity) heat.Quantity {
	if p.protected() {
		q.U, q.Coverage = 0, 1
	}
	return q
}

// joint is the sum of the parts, with the uncertainty of the joint match; the
// totals of one column are guarded against each other.
func (p *Report) joint(at *trajectory.Point, g reports.Grid, row, column string, parts shares, q heat.Quantity) document.Figure {
	series := g.Name + " " + column
	if len(parts) == 0 {
		return reports.Free(g.Figure(row, column, q, reports.InMWh))
	}
	var rows []document.Figure
	for _, f := range parts {
		rows = append(rows, f)
	}
	total := g.RowSum(row, column, reports.InMWh, inOrder(rows))
	if !p.protected() {
		total.U = reports.InMWh.RoundU(2 * q.U)
	}
	for _, before := range p.before[series] {
		if then := before.at; then.Scenario == "" || then.Scenario == at.Scenario || then.Year == at.Year {
			total = p.guardStep(total, g.Name+" "+row, column, before, parts)
		}
	}
	total = p.guardBeyond(total, g, row, column, at, parts)
	p.before[series] = append(p.before[series], earlier{row, at, parts})
	return total
}

// earlier is a total that stands in the same column.
type earlier struct {
	row   string
	at    *trajectory.Point
	parts shares
}

// guardStep hides a total whose difference from an earlier one would give an
// operator away: what grows and what shrinks, each as a sum of its own.
func (p *Report) guardStep(total document.Figure, row, column string, before earlier, parts shares) document.Figure {
	g := p.d.Grid("trajectory steps")
	var up, down []document.Figure
	step := func(key string, f document.Figure, by float64) {
		part := f.Guard.Parts[0]
		part.Leaf, part.Value = column+"-"+before.row+"-"+row+"/"+key, math.Abs(by)
		f.Value, f.U, f.Guard = math.Abs(by), 0, document.Guard{Parts: []document.Part{part}}
		if by > 0 {
			up = append(up, f)
		} else if by < 0 {
			down = append(down, f)
		}
	}
	for key, f := range parts {
		if f.Stated() {
			step(key, f, f.Value-before.parts[key].Value)
		}
	}
	for key, f := range before.parts {
		if _, still := parts[key]; !still && f.Stated() {
			step(key, f, -f.Value)
		}
	}
	total = p.followSum(total, g, before.row+" "+row, column+" up", up)
	return p.followSum(total, g, before.row+" "+row, column+" down", down)
}

// followSum has a figure hidden wherever the sum of some parts is that it
// would give away; of no parts there is none.
func (p *Report) followSum(f document.Figure, g reports.Grid, row, column string, parts []document.Figure) document.Figure {
	if len(parts) == 0 {
		return f
	}
	return p.follow(f, g.RowSum(row, column, reports.InMWh, inOrder(parts)))
}

// follow has a figure hidden wherever a sum is that it would give away.
func (p *Report) follow(f, sum document.Figure) document.Figure {
	p.behind = append(p.behind, sum)
	f.Guard.Follows = append(f.Guard.Follows, sum.Code)
	return f
}

// inOrder sorts parts by their places, so that sums have one order.
func inOrder(parts []document.Figure) []document.Figure {
	slices.SortFunc(parts, func(a, b document.Figure) int { return cmp.Compare(a.Place.Row, b.Place.Row) })
	return parts
}
