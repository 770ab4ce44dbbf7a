package reports

import (
	"math"

	"thermie/reports/document"
)

// potential is chapter 2: what networks could take of the rejected heat.
func (p *pcaet) potential() {
	p.heading(1, "2", "potential.title")
	p.heading(2, "2.1", "potential.gross")
	p.paragraph("potential.gross_text", "mwh", p.f.Rejected.MWh.Full(p.lang), "gwh", p.f.Rejected.GWh.Full(p.lang))
	p.heading(2, "2.2", "potential.technical")
	p.technical()
	p.heading(2, "2.3", "potential.screen")
	p.screen()
	p.heading(2, "2.4", "potential.supplied")
	p.supplied()
	p.heading(2, "2.5", "potential.idle")
	p.idle()
}

// technical is the joint allocation, one row a site and network.
func (p *pcaet) technical() {
	p.paragraph("potential.technical_text")
	if len(p.f.Pairs) == 0 {
		p.paragraph("potential.no_pair")
		return
	}
	p.add(p.matchTable())
	p.add(p.captureChart())
	p.networkEffect()
}

// networkColumn is that of the network's name in the table of the match.
const networkColumn = 1

func (p *pcaet) matchTable() document.Table {
	t := document.Table{Caption: p.t("potential.match_caption"), Sheet: p.t("sheets.match"),
		Columns: []document.Column{p.text("site"), p.text("network"), p.number("distance", "km"),
			summed(p.sure("captured", "MWh")), summed(p.sure("pump", "MWh")), summed(p.sure("delivered", "MWh")),
			p.number("scop", ""), p.center("coverage"), p.text("method")},
		Notes: document.Text(p.t("potential.match_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(pr.Site)), document.TextCell(pr.Network.Network.Name), document.FigureCell(pr.Distance),
			document.FigureCell(pr.Captured.MWh), document.FigureCell(pr.Pump), document.FigureCell(pr.Delivered.MWh), document.FigureCell(pr.SCOP),
			p.coverage(pr.Captured.MWh), method(pr.Captured.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.territory_total")), document.TextCell(""), document.TextCell(""), document.FigureCell(p.f.Captured.MWh), document.FigureCell(p.f.Pump),
		document.FigureCell(p.f.Delivered.MWh), document.TextCell(""), p.coverage(p.f.Captured.MWh), method(p.f.Captured.MWh)}
	return t
}

// captureChart sets what is rejected beside what the networks could take.
func (p *pcaet) captureChart() document.Chart {
	c := document.Chart{Caption: p.t("potential.chart", "year", p.year()), Alt: p.t("potential.chart_alt"), Sheet: p.t("sheets.capture_chart"),
		Kind: document.BarChart, X: document.Axis{Title: p.t("columns.month")}, Y: document.Axis{Title: p.t("diagnosis.monthly_axis")},
		Simulated: p.f.Captured.MWh.Simulated}
	rejected, captured := document.Series{Name: p.t("heats.rejected")}, document.Series{Name: p.t("heats.captured")}
	for _, m := range p.monthly() {
		c.Categories = append(c.Categories, m.Short)
		rejected.Y = append(rejected.Y, m.Rejected.Value)
		captured.Y = append(captured.Y, m.Captured.Value)
	}
	c.Series = []document.Series{rejected, captured}
	return c
}

// networkEffect says per network what the heat would do to its share of
// renewable and recovered energy, by both readings of the rule.
func (p *pcaet) networkEffect() {
	g := p.d.grid("effect")
	t := document.Table{Caption: p.t("potential.effect_caption"), Sheet: p.t("sheets.effect"),
		Columns: []document.Column{p.text("network"), p.number("deliveries", "MWh"), p.number("enrr", "%"),
			p.number("covered", "%"), p.number("points_captured", "%"), p.number("points_delivered", "%")},
		Notes: document.Text(p.t("potential.effect_note"))}
	for _, n := range p.d.Networks {
		if n.Allocation == nil {
			continue
		}
		id, demand := n.Network.ID, float64(n.Allocation.Demand)
		share := func(column string, joules float64) document.Figure {
			return g.plain(id, column, joules/demand, inPoints)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Network.Name),
			document.FigureCell(g.declared(id, "demand_mwh", n.Network.Demand, step{"MWh", 1, 0})),
			document.FigureCell(g.declared(id, "enrr_percent", n.Network.EnRRShare, step{"%", 1, 1})),
			document.FigureCell(g.plain(id, "covered", n.Allocation.Coverage, inPoints)),
			document.FigureCell(share("points_captured", n.Allocation.Captured.Value)),
			document.FigureCell(share("points_delivered", n.Allocation.Delivered.Value))}})
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// Thresholds of the Fonds Chaleur (factors/references.yaml, fund_1gwh and
// fund_density).
const (
	fundMinMWh  = 1000
	fundDensity = 1.5 // MWh a metre of route and year
)

// screen holds each match against the thresholds of the Fonds Chaleur.
func (p *pcaet) screen() {
	p.paragraph("potential.screen_text")
	t := document.Table{Caption: p.t("potential.screen_caption"), Sheet: p.t("sheets.screen"),
		Columns: []document.Column{p.text("site"), p.text("network"), p.number("captured", "MWh"), p.center("above_1gwh"),
			p.number("density", "MWh/m"), p.center("above_density")},
		Notes: document.Text(p.t("potential.screen_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(pr.Site)), document.TextCell(pr.Network.Network.Name),
			document.FigureCell(pr.Captured.MWh), document.TextCell(p.passes(pr.Captured.MWh, fundMinMWh)),
			document.FigureCell(pr.Density), document.TextCell(p.passes(pr.Density, fundDensity))}})
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// passes says whether a figure exceeds a limit; « à vérifier » where its
// uncertainty leaves that open.
func (p *pcaet) passes(f document.Figure, limit float64) string {
	switch {
	case f.Mark != document.Known:
		return document.LabelsOf(p.lang).Unknown
	case math.Abs(f.Value-limit) <= f.U:
		return p.t("words.to_check")
	case f.Value > limit:
		return p.t("words.yes")
	}
	return p.t("words.no")
}

// supplied is 2.4: what is handed over already.
func (p *pcaet) supplied() {
	p.paragraph("potential.supplied_text")
	t := document.Table{Caption: p.t("potential.supplied_caption", "year", p.year()), Sheet: p.t("sheets.supplied"),
		Columns: []document.Column{p.text("site"), summed(p.sure("supplied", "MWh")), summed(p.number("supplied", "GWh")),
			p.center("coverage"), p.text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s.Site)), document.FigureCell(s.Supplied.MWh), document.FigureCell(s.Supplied.GWh),
			p.coverage(s.Supplied.MWh), method(s.Supplied.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.territory_total")), document.FigureCell(p.f.Supplied.MWh), document.FigureCell(p.f.Supplied.GWh),
		p.coverage(p.f.Supplied.MWh), method(p.f.Supplied.MWh)}
	t.Notes = p.notInTotal(func(s annualSite) document.Figure { return s.Supplied.MWh })
	p.addUnlessEmpty(t)
}

// idle is 2.5: why the rest is not mobilised.
func (p *pcaet) idle() {
	p.paragraph("potential.idle_text")
	t := document.Table{Caption: p.t("potential.idle_caption"), Sheet: p.t("sheets.idle"),
		Columns: []document.Column{p.text("site"), p.number("idle", "MWh"), p.text("reason")}}
	row := func(s *SiteResult, idle document.Figure, reason string) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s)), document.FigureCell(idle), document.TextCell(p.t("reasons." + reason))}})
	}
	for _, pr := range p.f.Pairs {
		row(pr.Site, p.idleOf(pr), "no_residual_demand")
	}
	g := p.d.grid("idle")
	for _, u := range p.d.Left {
		if u.Reason == reasonNoYear {
			row(u.Site, g.unknown(u.Site.ID, "idle_mwh", inMWh), u.Reason)
			continue
		}
		row(u.Site, p.rejectedBy(u.Site), u.Reason)
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// idleOf is what a matched site rejects and nobody takes, from the printed
// figures.
func (p *pcaet) idleOf(pr pair) document.Figure {
	f := p.d.grid("idle").unknown(pr.Site.ID, "idle_mwh", inMWh)
	rejected := p.rejectedBy(pr.Site)
	if rejected.Mark != document.Known || pr.Captured.MWh.Mark != document.Known {
		return f
	}
	f.Mark, f.Value, f.Unbudgeted = document.Known, math.Max(0, rejected.Value-pr.Captured.MWh.Value-p.suppliedBy(pr.Site)), true
	f.Coverage, f.Simulated = pr.Captured.MWh.Coverage, rejected.Simulated
	f.Method = joinMethods([]string{rejected.Method, pr.Captured.MWh.Method})
	return f
}

// suppliedBy is what an annual site is known to hand over already, in MWh.
func (p *pcaet) suppliedBy(s *SiteResult) float64 {
	for _, a := range p.f.Annual {
		if a.Site == s && a.Supplied.MWh.Mark == document.Known {
			return a.Supplied.MWh.Value
		}
	}
	return 0
}

// rejectedBy is an annual site's printed heat.
func (p *pcaet) rejectedBy(s *SiteResult) document.Figure {
	for _, a := range p.f.Annual {
		if a.Site == s {
			return a.Rejected.MWh
		}
	}
	return p.d.grid("rejected").unknown(s.ID, "gisement_mwh", inMWh)
}
