package pcaet

import (
	"cmp"
	"slices"
	"strconv"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
)

// The general actions, which every territory with data centers has.
var generalActions = []string{"charter", "plu_clause", "master_plan", followUp}

// followUp is the action that holds the targets against what comes of them.
const followUp = "follow_up"

// fillActions makes the action sheets: one a match, then the general ones.
func (p *Report) fillActions() {
	for i, pr := range p.f.Pairs {
		a := p.connection(pr)
		a.ID = configs.Connection + "-" + strconv.Itoa(i+1)
		if !pr.Site.Withheld { // who is in it tells which site it is
			p.decided(&a, p.stated(configs.Connection, pr.Site.ID, pr.Network.Network.ID))
		}
		p.sheets = append(p.sheets, a)
	}
	for _, id := range generalActions {
		a := p.general(id)
		p.decided(&a, p.stated(id, "", ""))
		p.sheets = append(p.sheets, a)
	}
}

// connection is the sheet of a match: what is computed of it, and who is
// concerned.
func (p *Report) connection(pr reports.Pair) Action {
	site, network := reports.SiteName(pr.Site), pr.Network.Network.Name
	e := p.economyOf(pr)
	avoided := p.avoided(pr)
	return Action{
		Axis: p.T("action.axis"), Title: p.T("outlook.action_title", "site", site, "network", network),
		Description: p.T("action.connection_description", "site", site, "network", network), Objectives: p.T("action.connection_objectives"),
		Sector: p.T("outlook.action_sector"), Strand: p.T("action.strand_energy"),
		Partners: p.given(pr.Site.Place.Operator, pr.Network.Network.Operator, p.T("action.ademe")), Audience: []string{p.T("action.audience_users")},
		Sites: []string{site}, Status: p.T("action.to_start"), Means: p.T("action.connection_means"),
		Budget: e.Budget, Funding: p.fund(pr, e),
		Indicators: []string{p.T("indicators.supplied") + " (MWh, ENR_valorisation_recuperation)", p.T("indicators.network_rate") + " (%, cae_22)", p.T("action.indicator_scop")},
		Results: []Result{
			{"captured", p.T("action.result_captured"), pr.Captured.MWh}, {"delivered", p.T("action.result_delivered"), pr.Delivered.MWh},
			{"avoided", p.T("action.result_avoided"), avoided}},
		Factors: p.carbonText(),
		Risks:   []string{p.T("action.risk_closure"), p.T("action.risk_temperature"), p.T("action.risk_demand")},
		Plans:   []string{p.T("action.plan_plu"), p.T("action.plan_master"), p.T("action.plan_scot")},
	}
}

// avoided is the CO2 that a match spares in a year.
func (p *Report) avoided(pr reports.Pair) document.Figure {
	q := pr.Avoided(p.study.With(p.d.Area.StudyOf(pr.Site.ID, pr.Network.Network.ID)), p.carbon)
	return reports.Follows(p.d.Grid("actions").Figure(pr.Captured.MWh.Place.Row, "avoided_t", q, reports.InTons), pr.Captured.MWh, pr.Delivered.MWh)
}

// carbonText names the factors by which what is avoided is reckoned.
func (p *Report) carbonText() string {
	if !p.carbon.Known() {
		return p.noFactors()
	}
	fuel, electricity := p.carbon.Fuel, p.carbon.Electricity
	return p.T("action.factors", "fuel", p.T("factors."+fuel.Basis), "factor", p.Digits(fuel.Value), "year", strconv.Itoa(fuel.Year), "electricity", p.Digits(electricity.Value))
}

// noFactors says why what is avoided is not known.
func (p *Report) noFactors() string {
	return p.T("words.no_factors", "set", p.study.Carbon.Set, "year", p.year())
}

// fund is the screen of the Fonds Chaleur as the lines of a sheet.
func (p *Report) fund(pr reports.Pair, e economy) []string {
	lines := []string{
		p.T("action.fund_quantity", "limit", p.fundHeat(), "verdict", p.passes(pr.Captured.MWh, p.law.FundMWh)),
		p.T("action.fund_density", "limit", p.fundDensity(), "verdict", p.passes(pr.Density, p.law.FundMWhPerMetre)),
	}
	if e.Payback.Mark == document.Known {
		lines = append(lines, p.T("action.fund_payback", "years", e.Payback.Full(p.Lang)))
	}
	return append(lines, p.T("action.fund_unset"))
}

// general is a sheet that rests on no match.
func (p *Report) general(id string) Action {
	a := Action{
		ID: id, Axis: p.T("action.axis"), Title: p.T("action." + id + "_title_text"), Description: p.T("action." + id + "_description"), Objectives: p.T("action." + id + "_objectives"),
		Sector: p.T("outlook.action_sector"), Strand: p.T("action." + id + "_strand"), Partners: p.operators(), Audience: []string{p.T("action." + id + "_audience")},
		Status: p.T("action.to_start"), Means: p.T("action." + id + "_means"), Funding: []string{p.T("action.fund_study")},
		Indicators: []string{p.T("action." + id + "_indicator")}, Risks: []string{p.T("action." + id + "_risk")}, Plans: []string{p.T("action." + id + "_plan")},
		Budget: p.d.Grid("actions").Unknown(id, "budget", inKEUR),
	}
	for _, s := range p.d.Listed() {
		a.Sites = append(a.Sites, reports.SiteName(s))
	}
	if id == followUp {
		a.Results = p.ceilings()
	}
	return a
}

// ceiling is the key of the results that bound a target.
const ceiling = "ceiling"

// ceilings are how far the target that is followed may go, by scenario and
// horizon.
func (p *Report) ceilings() (all []Result) {
	for _, h := range p.ahead[1:] {
		all = append(all, Result{ceiling, p.T("action.result_ceiling", "year", strconv.Itoa(h.at.Year), "scenario", p.scenario(h.at.Scenario)), h.Ceiling.MWh})
	}
	return all
}

// operators are those of the sites and of the networks, once each.
func (p *Report) operators() []string {
	var names []string
	for _, s := range p.d.Listed() {
		names = append(names, s.Place.Operator)
	}
	for _, n := range p.d.Networks {
		names = append(names, n.Network.Operator)
	}
	return p.given(names...)
}

// given are the names that are not empty, once each.
func (p *Report) given(names ...string) []string {
	var list []string
	for _, name := range names {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// stated is what the authority decided of an action.
func (p *Report) stated(action, site, network string) configs.PlanAction {
	for _, a := range p.d.Area.Plan.Actions {
		if a.Action == action && a.Site == site && a.Network == network {
			return a
		}
	}
	return configs.PlanAction{}
}

// decided enters what the authority decided.
func (p *Report) decided(a *Action, by configs.PlanAction) {
	a.Lead, a.LeadType, a.Start, a.End = by.Lead, by.LeadType, by.Start, by.End
	a.Status = cmp.Or(by.Status, a.Status)
	a.Partners = p.given(append(a.Partners, by.Partners...)...)
	if len(by.Audience) > 0 {
		a.Audience = by.Audience
	}
	a.Funding = append(slices.Clone(by.Funding), a.Funding...)
	if by.BudgetKEUR > 0 {
		a.Budget = reports.Free(p.d.Grid("actions").Plain(a.ID, "budget", by.BudgetKEUR*1e3, inKEUR))
	}
}
