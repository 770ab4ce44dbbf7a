package pcaet

import (
	"math"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// potential is chapter 2: what networks could take of the rejected heat.
func (p *Report) potential() error {
	p.Heading(1, "2", "potential.title")
	p.Heading(2, "2.1", "potential.gross")
	p.Paragraph("potential.gross_text", "mwh", p.f.Rejected.MWh.Full(p.Lang), "gwh", p.f.Rejected.GWh.Full(p.Lang))
	p.Heading(2, "2.2", "potential.technical")
	p.technical()
	if err := p.standing(); err != nil {
		return err
	}
	p.Heading(2, "2.3", "potential.screen")
	p.screen()
	p.costs()
	p.Heading(2, "2.4", "potential.supplied")
	p.supplied()
	p.Heading(2, "2.5", "potential.idle")
	p.idle()
	p.failures()
	return nil
}

// technical is the joint allocation, one row a site and network.
func (p *Report) technical() {
	p.Paragraph("potential.technical_text")
	if len(p.f.Pairs) == 0 {
		p.Paragraph("potential.no_pair")
		return
	}
	p.Add(p.matchTable())
	p.Add(p.captureChart())
	p.networkEffect()
}

// networkColumn is that of the network's name in the table of the match.
const networkColumn = 1

func (p *Report) matchTable() document.Table {
	t := document.Table{Caption: p.T("potential.match_caption"), Sheet: p.T("sheets.match"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Number("distance", "km"),
			reports.Summed(p.Sure("captured", "MWh")), reports.Summed(p.Sure("pump", "MWh")), reports.Summed(p.Sure("delivered", "MWh")),
			p.Number("scop", ""), p.Center("coverage"), p.Text("method")},
		Notes: document.Text(p.T("potential.match_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(pr.Site)), document.TextCell(pr.Network.Network.Name), document.FigureCell(pr.Distance),
			document.FigureCell(pr.Captured.MWh), document.FigureCell(pr.Pump), document.FigureCell(pr.Delivered.MWh), document.FigureCell(pr.SCOP),
			p.Coverage(pr.Captured.MWh), reports.Method(pr.Captured.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.territory_total")), document.TextCell(""), document.TextCell(""), document.FigureCell(p.f.Captured.MWh), document.FigureCell(p.f.Pump),
		document.FigureCell(p.f.Delivered.MWh), document.TextCell(""), p.Coverage(p.f.Captured.MWh), reports.Method(p.f.Captured.MWh)}
	return t
}

// captureChart sets what is rejected beside what the networks could take.
func (p *Report) captureChart() document.Chart {
	c := document.Chart{Caption: p.T("potential.chart", "year", p.year()), Alt: p.T("potential.chart_alt"), Sheet: p.T("sheets.capture_chart"),
		Kind: document.BarChart, X: document.Axis{Title: p.T("columns.month")}, Y: document.Axis{Title: p.T("diagnosis.monthly_axis")},
		Simulated: p.f.Captured.MWh.Simulated}
	rejected, captured := document.Series{Name: p.T("heats.rejected")}, document.Series{Name: p.T("heats.captured")}
	for _, m := range p.monthly() {
		c.Categories = append(c.Categories, m.Short)
		rejected.Y = append(rejected.Y, m.Rejected.Shown())
		captured.Y = append(captured.Y, m.Captured.Shown())
	}
	c.Series = []document.Series{rejected, captured}
	return c
}

// networkEffect says per network what the heat would do to its share of
// renewable and recovered energy, by both readings of the rule.
func (p *Report) networkEffect() {
	g := p.d.Grid("effect")
	t := document.Table{Caption: p.T("potential.effect_caption"), Sheet: p.T("sheets.effect"),
		Columns: []document.Column{p.Text("network"), p.Number("deliveries", "MWh"), p.Number("enrr", "%"),
			p.Number("covered", "%"), p.Number("points_captured", "%"), p.Number("points_delivered", "%")},
		Notes: document.Text(p.T("potential.effect_note"))}
	for _, n := range p.d.Networks {
		if n.Allocation == nil {
			continue
		}
		id, demand := n.Network.ID, float64(n.Allocation.Demand)
		captured, delivered := p.capturedBy(n), p.deliveredBy(n)
		share := func(column string, joules float64) document.Figure {
			return reports.Follows(g.Plain(id, column, joules/demand, reports.InPoints), captured, delivered)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Network.Name),
			document.FigureCell(g.Declared(id, "demand_mwh", n.Network.Demand, reports.In("MWh", 1, 0))),
			document.FigureCell(g.Stated(id, "enrr_percent", n.Network.EnRRShare, reports.In("%", 1, 1))),
			document.FigureCell(share("covered", n.Allocation.Coverage*demand)),
			document.FigureCell(share("points_captured", n.Allocation.Captured.Value)),
			document.FigureCell(share("points_delivered", n.Allocation.Delivered.Value))}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// capturedBy and deliveredBy are what a network's matches capture and deliver,
// which no table prints.
func (p *Report) capturedBy(n *reports.NetworkResult) document.Figure {
	return p.sumBy(n, "captee_mwh", func(pr reports.Pair) document.Figure { return pr.Captured.MWh })
}

func (p *Report) deliveredBy(n *reports.NetworkResult) document.Figure {
	return p.sumBy(n, "livree_mwh", func(pr reports.Pair) document.Figure { return pr.Delivered.MWh })
}

func (p *Report) sumBy(n *reports.NetworkResult, column string, of func(reports.Pair) document.Figure) document.Figure {
	var rows []document.Figure
	for _, pr := range p.f.Pairs {
		if pr.Network == n {
			rows = append(rows, of(pr))
		}
	}
	sum := p.d.Grid("networks").RowSum(n.Network.ID, column, reports.InMWh, rows)
	p.behind = append(p.behind, sum)
	return sum
}

// Thresholds of the Fonds Chaleur (factors/references.yaml, fund_1gwh and
// fund_density).
const (
	fundMinMWh  = 1000
	fundDensity = 1.5 // MWh a metre of route and year
)

// screen holds each match against the thresholds of the Fonds Chaleur.
func (p *Report) screen() {
	p.Paragraph("potential.screen_text")
	t := document.Table{Caption: p.T("potential.screen_caption"), Sheet: p.T("sheets.screen"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Number("captured", "MWh"), p.Center("above_1gwh"),
			p.Number("density", "MWh/m"), p.Center("above_density")},
		Notes: document.Text(p.T("potential.screen_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(pr.Site)), document.TextCell(pr.Network.Network.Name),
			document.FigureCell(pr.Captured.MWh), document.TextCell(p.passes(pr.Captured.MWh, fundMinMWh)),
			document.FigureCell(pr.Density), document.TextCell(p.passes(pr.Density, fundDensity))}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// passes says whether a figure exceeds a limit; « à vérifier » where its
// uncertainty leaves that open.
func (p *Report) passes(f document.Figure, limit float64) string {
	switch {
	case f.Mark != document.Known:
		return f.Text(p.Lang)
	case math.Abs(f.Value-limit) <= f.U:
		return p.T("words.to_check")
	case f.Value > limit:
		return p.T("words.yes")
	}
	return p.T("words.no")
}

// supplied is 2.4: what is handed over already.
func (p *Report) supplied() {
	p.Paragraph("potential.supplied_text")
	t := document.Table{Caption: p.T("potential.supplied_caption", "year", p.year()), Sheet: p.T("sheets.supplied"),
		Columns: []document.Column{p.Text("site"), reports.Summed(p.Sure("supplied", "MWh")), reports.Summed(p.Number("supplied", "GWh")),
			p.Center("coverage"), p.Text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s.Site)), document.FigureCell(s.Supplied.MWh), document.FigureCell(s.Supplied.GWh),
			p.Coverage(s.Supplied.MWh), reports.Method(s.Supplied.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.territory_total")), document.FigureCell(p.f.Supplied.MWh), document.FigureCell(p.f.Supplied.GWh),
		p.Coverage(p.f.Supplied.MWh), reports.Method(p.f.Supplied.MWh)}
	t.Notes = p.notInTotal(func(s reports.AnnualSite) document.Figure { return s.Supplied.MWh })
	p.addUnlessEmpty(t)
}

// idle is 2.5: why the rest is not mobilised.
func (p *Report) idle() {
	p.Paragraph("potential.idle_text")
	t := document.Table{Caption: p.T("potential.idle_caption"), Sheet: p.T("sheets.idle"),
		Columns: []document.Column{p.Text("site"), p.Number("idle", "MWh"), p.Text("reason")}}
	row := func(s *reports.SiteResult, idle document.Figure, reason heat.Reason) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s)), document.FigureCell(idle), document.TextCell(p.T("reasons." + string(reason)))}})
	}
	for _, pr := range p.f.Pairs {
		row(pr.Site, p.idleOf(pr), "no_residual_demand")
	}
	g := p.d.Grid("idle")
	for _, u := range p.d.Left {
		if u.Reason == reports.ReasonNoYear {
			row(u.Site, g.Unknown(u.Site.ID, "idle_mwh", reports.InMWh), u.Reason)
			continue
		}
		row(u.Site, p.rejectedBy(u.Site), u.Reason)
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// idleOf is what a matched site rejects and nobody takes, from the printed
// figures.
func (p *Report) idleOf(pr reports.Pair) document.Figure {
	f := p.d.Grid("idle").Unknown(pr.Site.ID, "idle_mwh", reports.InMWh)
	rejected := p.rejectedBy(pr.Site)
	if !rejected.Stated() || !pr.Captured.MWh.Stated() {
		return f
	}
	f.Mark, f.Value, f.Unbudgeted = document.Known, math.Max(0, rejected.Value-pr.Captured.MWh.Value-p.suppliedBy(pr.Site)), true
	f.Coverage, f.Simulated = pr.Captured.MWh.Coverage, rejected.Simulated
	f.Method = reports.JoinMethods([]string{rejected.Method, pr.Captured.MWh.Method})
	return p.d.Grid("idle").At(reports.Follows(f, rejected, pr.Captured.MWh), f.Place.Row, f.Place.Column)
}

// suppliedBy is what an annual site is known to hand over already, in MWh.
func (p *Report) suppliedBy(s *reports.SiteResult) float64 {
	for _, a := range p.f.Annual {
		if a.Site == s && a.Supplied.MWh.Stated() {
			return a.Supplied.MWh.Value
		}
	}
	return 0
}

// rejectedBy is an annual site's printed heat.
func (p *Report) rejectedBy(s *reports.SiteResult) document.Figure {
	for _, a := range p.f.Annual {
		if a.Site == s {
			return a.Rejected.MWh
		}
	}
	return p.d.Grid("rejected").Unknown(s.ID, "gisement_mwh", reports.InMWh)
}
