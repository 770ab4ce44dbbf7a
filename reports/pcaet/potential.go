package pcaet

import (
	"math"

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
	t := p.matchTable()
	if len(p.d.Networks) == 1 { // every row would say the same
		t = t.Without(networkColumn)
	}
	p.Add(t)
	p.Add(p.captureChart())
	p.networkEffect()
}

// networkColumn is that of the network's name in the table of the match.
const networkColumn = 1

func (p *Report) matchTable() document.Table {
	t := document.Table{Caption: p.T("potential.match_caption"), Sheet: p.T("sheets.match"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Number("distance", "km"),
			reports.Summed(p.Uncertain("captured", "MWh")), reports.Summed(p.Uncertain("pump", "MWh")), reports.Summed(p.Uncertain("delivered", "MWh")),
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

// inGain is what a rate gains: points, not a share of it.
func (p *Report) inGain() reports.Step { return reports.In(p.T("study.point"), 0.01, 2) }

// networkEffect says per network what the heat would do to its share of
// renewable and recovered energy, by both readings of the rule.
func (p *Report) networkEffect() {
	g := p.d.Grid("effect")
	t := document.Table{Caption: p.T("potential.effect_caption"), Sheet: p.T("sheets.effect"),
		Columns: []document.Column{p.Text("network"), p.Number("deliveries", "MWh"), p.Number("enrr", "%"),
			p.Number("covered", "%"), p.Number("points_captured", p.inGain().Unit), p.Number("points_delivered", p.inGain().Unit)},
		Notes: document.Text(p.T("potential.effect_note"))}
	for _, n := range p.d.Networks {
		if n.Allocation == nil {
			continue
		}
		id, demand := n.Network.ID, float64(n.Allocation.Demand)
		captured, delivered := p.capturedBy(n), p.deliveredBy(n)
		share := func(column string, joules float64, as reports.Step) document.Figure {
			return reports.Follows(g.Plain(id, column, joules/demand, as), captured, delivered)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Network.Name),
			document.FigureCell(g.Declared(id, "demand_mwh", n.Network.Demand, reports.In("MWh", 1, 0))),
			document.FigureCell(g.Stated(id, "enrr_percent", n.Network.EnRRShare, reports.In("%", 1, 1))),
			document.FigureCell(share("covered", n.Allocation.Coverage*demand, reports.InPoints)),
			document.FigureCell(share("points_captured", n.Allocation.Captured.Value, p.inGain())),
			document.FigureCell(share("points_delivered", n.Allocation.Delivered.Value, p.inGain()))}})
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

// screen holds each match against the thresholds of the Fonds Chaleur.
func (p *Report) screen() {
	p.Paragraph("potential.screen_text")
	above := func(limit string) document.Column {
		return document.Column{Head: p.T("columns.above", "limit", limit), Align: document.AlignCenter}
	}
	t := document.Table{Caption: p.T("potential.screen_caption"), Sheet: p.T("sheets.screen"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Number("captured", "MWh"), above(p.fundHeat()),
			p.Number("density", "MWh/m"), above(p.fundDensity())},
		Notes: document.Text(p.T("potential.screen_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(pr.Site)), document.TextCell(pr.Network.Network.Name),
			document.FigureCell(pr.Captured.MWh), document.TextCell(p.passes(pr.Captured.MWh, p.law.FundMWh)),
			document.FigureCell(pr.Density), document.TextCell(p.passes(pr.Density, p.law.FundMWhPerMetre))}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// fundHeat and fundDensity print the thresholds of the Fonds Chaleur.
func (p *Report) fundHeat() string {
	return p.Digits(p.law.FundMWh/1000) + document.Nbsp + p.T("words.gwh_a_year")
}

func (p *Report) fundDensity() string {
	return p.Digits(p.law.FundMWhPerMetre) + document.Nbsp + "MWh/m"
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
		Columns: []document.Column{p.Text("site"), reports.Summed(p.Uncertain("supplied", "MWh")), reports.Summed(p.Number("supplied", "GWh")),
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
