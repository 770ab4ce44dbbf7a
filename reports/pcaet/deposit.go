package pcaet

import (
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// DepositLine is one cell of a deposit form at one horizon and what the
// report has for it.
type DepositLine struct {
	Form    reports.Form
	Code    string
	Year    int // the horizon
	Value   reports.HeatFigure
	Ceiling reports.HeatFigure // targets only: what is captured and what is supplied already
	Rate    document.Figure    // rates only: as the networks publish it
	Points  document.Figure    // rates only: what the captured heat adds to it
	Status  string             // key of the words, chapter "deposit"
}

// What a cell's status can be. An official never has to type 0 for "unknown".
const (
	statusKnown     = "known"
	statusZero      = "zero"
	statusUnknown   = "unknown"
	statusSecret    = "secret"
	statusCommitted = "committed" // heat that is supplied already
	statusTarget    = "target"    // the authority decides
	statusLeave     = "leave"     // the cell is not for this heat
	statusPast      = "past"      // a horizon before the reference year
)

// Deposit is a line for each cell and horizon that the tables of forms
// describe.
func (p *Report) Deposit() []DepositLine {
	var lines []DepositLine
	for _, form := range p.forms {
		for _, h := range form.Horizons {
			year := h.Year
			if year == 0 {
				year = p.d.Options.Year
			}
			line := DepositLine{Form: form, Year: year, Code: strings.ReplaceAll(form.Code, "{period}", h.Code)}
			p.fillDeposit(&line)
			lines = append(lines, line)
		}
	}
	return lines
}

// fillDeposit sets the line's figures by what its cell takes.
func (p *Report) fillDeposit(l *DepositLine) {
	switch l.Form.Takes {
	case "target":
		p.fillTarget(l)
	case "asked":
		if l.Status = statusLeave; p.d.Options.OtherThermal {
			p.fillTarget(l)
		}
	case "share":
		l.Value = p.f.EDC
		l.Status = statusOf(l.Value.MWh)
	case "rate":
		l.Rate, l.Points = p.rate(l.Form.Code), p.pointsFor(l.Form.Code)
		if l.Status = statusOf(l.Rate); l.Year != p.d.Options.Year {
			l.Rate, l.Status = document.Figure{}, statusTarget
		}
	default:
		l.Status = statusLeave
	}
}

// fillTarget gives the limits of what an authority may set as its target:
// what is supplied already, and that with all that can be captured.
func (p *Report) fillTarget(l *DepositLine) {
	if l.Year < p.d.Options.Year {
		l.Status = statusPast
		return
	}
	l.Value = p.f.Supplied
	if l.Status = statusOf(l.Value.MWh); l.Year == p.d.Options.Year {
		return
	}
	l.Ceiling = p.f.Ceiling
	if l.Status == statusKnown {
		l.Status = statusCommitted
	}
}

func statusOf(f document.Figure) string {
	switch {
	case f.Mark == document.Secret:
		return statusSecret
	case f.Mark == document.Unknown:
		return statusUnknown
	case f.Value == 0:
		return statusZero
	}
	return statusKnown
}

// rate is what the networks say of themselves today: for cae_22 their rates,
// weighted by what they deliver, unknown where one of them says nothing.
func (p *Report) rate(code string) document.Figure {
	g := p.d.Grid("deposit")
	if code != "cae_22" || len(p.d.Networks) == 0 {
		return g.Unknown(code, "rate", reports.InPoints)
	}
	delivered, renewable := 0.0, 0.0
	for _, n := range p.d.Networks {
		c := n.Network
		if c.EnRRShare == nil || c.Demand == 0 {
			return g.Unknown(code, "rate", reports.InPoints)
		}
		delivered += c.Demand
		renewable += c.Demand * *c.EnRRShare / 100
	}
	return reports.Free(g.Plain(code, "rate", renewable/delivered, reports.InPoints))
}

// pointsFor is what the captured heat adds to a rate of the new form: for
// cae_22 its share of the networks' deliveries, for the rates of the whole
// territory its share of the territory's needs.
func (p *Report) pointsFor(code string) document.Figure {
	g := p.d.Grid("deposit")
	of := p.d.Area.Plan.Needs.MWh * reports.InMWh.SI
	if code == "cae_22" {
		of = p.delivered()
	}
	if of == 0 || !p.f.Captured.MWh.Stated() {
		return g.Unknown(code, "points", reports.InPoints)
	}
	captured := p.f.Captured.MWh
	points := heat.Quantity{Value: captured.Value * reports.InMWh.SI / of, U: captured.U / 2 * reports.InMWh.SI / of, Known: true,
		Coverage: captured.Coverage, Method: captured.Method, Simulated: captured.Simulated}
	return reports.Follows(g.Figure(code, "points", points, reports.InPoints), captured)
}

// delivered is what the matched networks deliver in a year, in J; 0 where one
// of those that take heat says nothing.
func (p *Report) delivered() (joules float64) {
	for _, n := range p.d.Networks {
		if n.Allocation != nil {
			joules += float64(n.Allocation.Demand)
		}
	}
	return joules
}
