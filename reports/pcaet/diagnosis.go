package pcaet

import (
	"strconv"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// diagnosis is chapter 1: who is there, what they consume, what they reject,
// and which networks exist.
func (p *Report) diagnosis() {
	p.Heading(1, "1", "diagnosis.title")
	p.Heading(2, "1.1", "diagnosis.inventory")
	p.inventory()
	p.Heading(2, "1.2", "diagnosis.electricity")
	p.electricity()
	p.Heading(2, "1.3", "diagnosis.rejected")
	p.rejected()
	p.Heading(2, "1.4", "diagnosis.networks")
	p.networks()
	p.Heading(2, "1.5", "diagnosis.needs")
	p.Paragraph("diagnosis.needs_text")
}

// inventory lists every site, whatever is known of it.
func (p *Report) inventory() {
	p.Paragraph("diagnosis.inventory_text")
	g := p.d.Grid("inventory")
	t := document.Table{Caption: p.T("diagnosis.inventory_caption"), Sheet: p.T("sheets.inventory"),
		Columns: []document.Column{p.Text("site"), p.Text("operator"), p.Text("siret"), p.Center("commune"),
			p.Center("position_quality"), p.Number("rated_it", "kW"), p.Text("tap"), p.Text("data"), p.Text("period")},
		Notes: document.Text(p.T("diagnosis.inventory_note")),
	}
	for _, s := range p.d.Sites {
		rated := g.Unknown(s.ID, "it_rated_kw", inKW)
		if s.Place.RatedITKW > 0 {
			rated = g.Plain(s.ID, "it_rated_kw", s.Place.RatedITKW*1e3, inKW)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(reports.SiteName(s)), document.TextCell(p.OrNone(s.Place.Operator)), document.TextCell(p.OrNone(s.Place.SIRET)),
			document.TextCell(p.OrNone(s.Place.Commune)), document.TextCell(p.positionQuality(s.Place)), document.FigureCell(rated),
			document.TextCell(p.Tap(s.Place.Tap)), document.TextCell(p.DataOf(s)), document.TextCell(p.Days(s.Period.From, s.Period.To)),
		}})
	}
	for _, id := range p.d.Missing {
		row := document.Row{Cells: []document.Cell{document.HeadCell(id)}}
		for range len(t.Columns) - 1 {
			row.Cells = append(row.Cells, document.TextCell(document.LabelsOf(p.Lang).Unknown))
		}
		t.Rows = append(t.Rows, row)
	}
	p.Add(t)
}

// inKW is a power.
var inKW = reports.In("kW", 1e3, 0)

func (p *Report) positionQuality(s interval.Site) string {
	if s.PositionClass == 0 {
		return document.LabelsOf(p.Lang).Unknown
	}
	return p.T("position.q" + strconv.Itoa(s.PositionClass))
}

// electricity is 1.2: what belongs to the sector Tertiaire.
func (p *Report) electricity() {
	p.Paragraph("diagnosis.electricity_text")
	t := document.Table{Caption: p.T("diagnosis.electricity_caption", "year", p.year()), Sheet: p.T("sheets.electricity"),
		Columns: []document.Column{p.Text("site"), reports.Summed(p.Uncertain("e_dc", "MWh")), reports.Summed(p.Number("e_dc", "GWh")),
			reports.Summed(p.Uncertain("e_it", "MWh")), p.Uncertain("pue", ""), p.Center("coverage"), p.Text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s.Site)), document.FigureCell(s.EDC.MWh), document.FigureCell(s.EDC.GWh),
			document.FigureCell(s.EIT.MWh), document.FigureCell(s.PUE), p.Coverage(s.EDC.MWh), reports.Method(s.EDC.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.territory_total")), document.FigureCell(p.f.EDC.MWh), document.FigureCell(p.f.EDC.GWh),
		document.FigureCell(p.f.EIT.MWh), document.TextCell(""), p.Coverage(p.f.EDC.MWh), reports.Method(p.f.EDC.MWh)}
	t.Notes = p.notInTotal(func(s reports.AnnualSite) document.Figure { return s.EDC.MWh })
	p.addUnlessEmpty(t)
	p.Note(document.NoteMethod, "diagnosis.tertiary")
	p.shortSites()
}

// addUnlessEmpty prints a table, or says that there is no row for it.
func (p *Report) addUnlessEmpty(t document.Table) {
	if len(t.Rows) == 0 {
		p.Paragraph("words.no_annual_site")
		return
	}
	p.Add(t)
}

// shortSites lists what was measured for less than a year, apart from every
// annual total.
func (p *Report) shortSites() {
	t := document.Table{Caption: p.T("diagnosis.short_caption"), Sheet: p.T("sheets.short"),
		Columns: []document.Column{p.Text("site"), p.Text("period"), p.Uncertain("e_it", "kWh"), p.Uncertain("e_metered", "kWh"),
			p.Uncertain("ppue", ""), p.Uncertain("recoverable", "kWh"), p.Center("coverage"), p.Text("method")},
		Notes: document.Text(p.T("diagnosis.short_note"))}
	for _, s := range p.f.Short {
		if s.Site.WholeYear || s.Site.Fault != nil {
			continue
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s.Site)), document.TextCell(p.Days(s.Site.Period.From, s.Site.Period.To)),
			document.FigureCell(s.EIT), document.FigureCell(s.EDC), document.FigureCell(s.PPUE), document.FigureCell(s.Heat), p.Coverage(s.Heat), reports.Method(s.Heat)}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// networks is 1.4.
func (p *Report) networks() {
	if len(p.d.Networks) == 0 {
		p.Paragraph("diagnosis.no_network")
		return
	}
	p.Paragraph("diagnosis.networks_text")
	g := p.d.Grid("networks")
	t := document.Table{Caption: p.T("diagnosis.networks_caption"), Sheet: p.T("sheets.networks"),
		Columns: []document.Column{p.Text("network"), p.Text("order_id"), p.Text("operator"), p.Text("fluid"),
			p.Number("deliveries", "MWh"), p.Number("enrr", "%"), p.Number("co2_direct", "kg/kWh"), p.Number("co2_acv", "kg/kWh"),
			p.Text("regime")},
		Notes: document.Text(p.T("diagnosis.networks_note")),
	}
	for _, n := range p.d.Networks {
		c := n.Network
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(c.Name), document.TextCell(p.OrNone(c.OrderID)), document.TextCell(p.OrNone(c.Operator)),
			document.TextCell(p.Name("fluids", c.Fluid)),
			document.FigureCell(g.Declared(c.ID, "demand_mwh", c.Demand, reports.In("MWh", 1, 0))),
			document.FigureCell(g.Stated(c.ID, "enrr_percent", c.EnRRShare, reports.In("%", 1, 1))),
			document.FigureCell(g.Declared(c.ID, "co2_direct", c.CO2Direct, reports.In("kg/kWh", 1, 3))),
			document.FigureCell(g.Declared(c.ID, "co2_life_cycle", c.CO2LifeCycle, reports.In("kg/kWh", 1, 3))),
			document.TextCell(p.regime(n)),
		}})
	}
	p.Add(t)
}

// regime writes the supply and return temperatures in cold and mild weather.
func (p *Report) regime(n *reports.NetworkResult) string {
	c := n.Network
	degrees := func(v float64) string { return document.FormatNumber(p.Lang, v, 0) }
	return p.T("diagnosis.regime", "sc", degrees(c.SupplyColdC), "rc", degrees(c.ReturnColdC), "cold", degrees(c.ColdC),
		"sm", degrees(c.SupplyMildC), "rm", degrees(c.ReturnMildC), "mild", degrees(c.MildC))
}
