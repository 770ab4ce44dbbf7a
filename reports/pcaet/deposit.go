package pcaet

import (
	"cmp"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// DepositLine is one cell of a deposit form at one horizon, by one scenario,
// and what the report has for it.
type DepositLine struct {
	Form     reports.Form
	Code     string
	Year     int    // the horizon
	Scenario string // key of the words, chapter "scenario"; empty where the cell takes nothing
	Value    reports.HeatFigure
	Ceiling  reports.HeatFigure // targets only: what is captured then and what is supplied already
	Rate     document.Figure    // rates only: as the networks publish it; at a horizon with the captured heat
	Points   document.Figure    // rates only: what the captured heat adds to it
	Status   string             // key of the words, chapter "deposit"
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

// Deposit is a line for each cell, horizon and scenario that the tables of
// forms describe.
func (p *Report) Deposit() []DepositLine {
	var lines []DepositLine
	for _, form := range p.forms {
		for _, h := range form.Horizons {
			line := DepositLine{Form: form, Year: cmp.Or(h.Year, p.d.Options.Year), Code: strings.ReplaceAll(form.Code, "{period}", h.Code)}
			lines = append(lines, p.filled(line)...)
		}
	}
	return lines
}

// filled are the lines of a cell at a horizon: a cell that looks ahead has one
// for each scenario that reaches it.
func (p *Report) filled(l DepositLine) (lines []DepositLine) {
	takes := l.Form.Takes
	if takes == "asked" && p.d.Options.OtherThermal {
		takes = "target"
	}
	switch {
	case takes == "target" && l.Year < p.d.Options.Year:
		l.Status = statusPast
	case takes == "share":
		l.Scenario, l.Value = "today", p.f.EDC
		l.Status = StatusOf(l.Value.MWh)
	case takes == "target" || takes == "rate":
		for _, h := range p.in(l.Year) {
			lines = append(lines, p.lookAhead(l, takes, h))
		}
		return lines
	default:
		l.Status = statusLeave
	}
	return []DepositLine{l}
}

// lookAhead fills the line of a target or a rate by one scenario.
func (p *Report) lookAhead(l DepositLine, takes string, h horizon) DepositLine {
	reference := l.Year == p.d.Options.Year
	if l.Scenario = cmp.Or(h.at.Scenario, "today"); !reference && h.at.Scenario == "" {
		l.Scenario = "unchanged"
	}
	if takes == "rate" {
		l.Rate, l.Points, l.Status = p.rateThen(l.Form.Code, h), p.pointsThen(l.Form.Code, h), statusTarget
		if reference {
			l.Rate = p.rate(l.Form.Code)
			l.Status = StatusOf(l.Rate)
		}
		return l
	}
	l.Value = h.Supplied
	if l.Status = StatusOf(l.Value.MWh); reference {
		return l
	}
	l.Ceiling = h.Ceiling
	switch l.Status {
	case statusKnown:
		l.Status = statusCommitted
	case statusZero: // nothing is committed; that is no target of zero
		l.Status = statusTarget
	}
	return l
}

// Lacks says of which sites a line's value lacks the part; empty where it
// lacks none, or has no value.
func (p *Report) Lacks(l DepositLine) string {
	switch {
	case !l.Value.MWh.Stated() || l.Value.MWh.Code == "":
		return ""
	case l.Form.Takes == "share":
		return p.withoutElectricity()
	}
	return p.withoutSupply()
}

// Statuses are what a figure by itself can be: zero, unknown and secret are
// three different marks.
var Statuses = []string{statusKnown, statusZero, statusUnknown, statusSecret}

// StatusOf is a figure's status among them.
func StatusOf(f document.Figure) string {
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
		return g.Unknown(code, "rate", reports.InRate)
	}
	delivered, renewable := 0.0, 0.0
	for _, n := range p.d.Networks {
		c := n.Network
		if c.EnRRShare == nil || c.Demand == 0 {
			return g.Unknown(code, "rate", reports.InRate)
		}
		delivered += c.Demand
		renewable += c.Demand * *c.EnRRShare / 100
	}
	return reports.Free(g.Plain(code, "rate", renewable/delivered, reports.InRate))
}

// rateThen is the mean rate of chapter 3 for cae_22, the captured heat
// included; no figure where no scenario reaches the horizon or one of the
// networks says nothing today.
func (p *Report) rateThen(code string, h horizon) document.Figure {
	if h.at.Scenario == "" || !p.rate(code).Stated() {
		return document.Figure{}
	}
	return h.Rate
}

// pointsThen is what the captured heat adds to a rate of the new form: for
// cae_22 its share of the networks' deliveries, for the rates of the whole
// territory its share of the needs that the authority states.
func (p *Report) pointsThen(code string, h horizon) document.Figure {
	g, row := p.d.Grid("deposit"), code
	if h.at.Scenario != "" {
		row += "@" + rowOf(h.at)
	}
	of := p.d.Area.Plan.Needs.MWh * reports.InMWh.SI
	if code == "cae_22" {
		of = p.deliveredThen(h)
	}
	captured := h.Captured.MWh
	if of == 0 || !captured.Stated() {
		return g.Unknown(row, "points", p.inGain())
	}
	points := heat.Quantity{Value: captured.Value * reports.InMWh.SI / of, U: captured.U / 2 * reports.InMWh.SI / of, Known: true,
		Coverage: captured.Coverage, Method: captured.Method, Simulated: captured.Simulated}
	return reports.Follows(g.Figure(row, "points", points, p.inGain()), captured)
}

// deliveredThen is what the described networks, and those of the plan that
// are there by then, deliver in a year, in J: the networks to which the rate
// beside it belongs. 0 where one of them says nothing.
func (p *Report) deliveredThen(h horizon) (joules float64) {
	then := map[string]interval.Energy{}
	for _, n := range h.at.Networks {
		then[n.Config.ID] = n.Demand
		joules += float64(n.Demand)
	}
	for _, n := range p.d.Networks {
		if n.Network.Demand == 0 {
			return 0
		}
		if _, counted := then[n.Network.ID]; !counted {
			joules += n.Network.Demand * reports.InMWh.SI
		}
	}
	return joules
}
