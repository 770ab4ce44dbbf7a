package pcaet

import (
	"maps"
	"math"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// horizon is one scenario at one horizon, or the reference year.
type horizon struct {
	at *trajectory.Point
	pointFigures
}

// foresee rounds the points of the trajectories, that of the reference year
// first: every chapter and every form takes their figures from here.
func (p *Report) foresee() error {
	var err error
	if p.carbon, err = p.study.CarbonFactors(p.d.Area, p.d.Options.Year); err != nil {
		return err
	}
	for _, at := range append([]*trajectory.Point{p.future.Today}, p.future.Points...) {
		p.ahead = append(p.ahead, horizon{at, p.pointFigures(at)})
	}
	return nil
}

// in are the scenarios of a year to come; where no trajectory reaches it, the
// reference year alone.
func (p *Report) in(year int) (scenarios []horizon) {
	for _, h := range p.ahead[1:] {
		if h.at.Year == year {
			scenarios = append(scenarios, h)
		}
	}
	if len(scenarios) == 0 {
		return p.ahead[:1]
	}
	return scenarios
}

// suppliedThen is what the sites that hand heat over today still hand over at
// a point: as much while they run, less with a site that shrinks.
func (p *Report) suppliedThen(at *trajectory.Point) (shares, heat.Quantity) {
	list, sum := shares{}, heat.Quantity{Known: p.f.Supplied.MWh.Stated(), Coverage: 1, Method: "TR1"}
	for _, r := range at.Running {
		f := p.annualOf(r.Site.ID).Supplied.MWh
		if !f.Stated() {
			continue
		}
		if r.Share < 1 {
			f = p.share(at, "valorisee", r.Site.ID, r.Site, scaled(f, r.Share))
		}
		list[r.Site.ID] = f
		sum.U = math.Hypot(sum.U, f.U*reports.InMWh.SI/2)
	}
	return list, sum
}

// ceilingThen is how far a target may go at a point: what is captured then and
// what is supplied already, from the same parts as the two.
func (p *Report) ceilingThen(at *trajectory.Point, captured, supplied shares, u float64) document.Figure {
	g := p.d.Grid("deposit")
	if !at.Captured.Known {
		return g.Unknown(rowOf(at), "plafond_mwh", reports.InMWh)
	}
	all, sum := maps.Clone(captured), at.Captured
	maps.Copy(all, supplied)
	sum.U = math.Hypot(sum.U, u)
	return p.joint(at, g, rowOf(at), "plafond_mwh", all, sum)
}

// annualOf are the figures of an annual site; those of no site are unknown.
func (p *Report) annualOf(id string) reports.AnnualSite {
	for _, a := range p.f.Annual {
		if a.Site.ID == id {
			return a
		}
	}
	unknown := reports.HeatFigure{MWh: document.Figure{Mark: document.Unknown}}
	return reports.AnnualSite{EDC: unknown, Supplied: unknown}
}

// scaled is a share of a printed amount of today.
func scaled(f document.Figure, share float64) heat.Quantity {
	return heat.Quantity{Value: share * f.Value * reports.InMWh.SI, U: share * f.U * reports.InMWh.SI / 2, Known: true, Coverage: f.Coverage, Method: "TR1", Simulated: f.Simulated}
}
