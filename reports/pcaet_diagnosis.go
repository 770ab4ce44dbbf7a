package reports

import (
	"strconv"
	"strings"

	"thermie/interval"
	"thermie/reports/document"
)

// diagnosis is chapter 1: who is there, what they consume, what they reject,
// and which networks exist.
func (p *pcaet) diagnosis() {
	p.heading(1, "1", "diagnosis.title")
	p.heading(2, "1.1", "diagnosis.inventory")
	p.inventory()
	p.heading(2, "1.2", "diagnosis.electricity")
	p.electricity()
	p.heading(2, "1.3", "diagnosis.rejected")
	p.rejected()
	p.heading(2, "1.4", "diagnosis.networks")
	p.networks()
	p.heading(2, "1.5", "diagnosis.needs")
	p.paragraph("diagnosis.needs_text")
}

// inventory lists every site, whatever is known of it.
func (p *pcaet) inventory() {
	p.paragraph("diagnosis.inventory_text")
	g := p.d.grid("inventory")
	t := document.Table{Caption: p.t("diagnosis.inventory_caption"), Sheet: p.t("sheets.inventory"),
		Columns: []document.Column{p.text("site"), p.text("operator"), p.text("siret"), p.center("commune"),
			p.center("position_quality"), p.number("rated_it", "kW"), p.text("tap"), p.text("data"), p.text("period")},
		Notes: document.Text(p.t("diagnosis.inventory_note")),
	}
	for _, s := range p.d.Sites {
		rated := g.unknown(s.ID, "it_rated_kw", inKW)
		if s.Place.RatedITKW > 0 {
			rated = g.plain(s.ID, "it_rated_kw", s.Place.RatedITKW*1e3, inKW)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(siteName(s)), document.TextCell(p.orNone(s.Place.Operator)), document.TextCell(p.orNone(s.Place.SIRET)),
			document.TextCell(p.orNone(s.Place.Commune)), document.TextCell(p.positionQuality(s.Place)), document.FigureCell(rated),
			document.TextCell(p.tap(s.Place.Tap)), document.TextCell(p.dataOf(s)), document.TextCell(p.days(s.Period.From, s.Period.To)),
		}})
	}
	for _, id := range p.d.Missing {
		row := document.Row{Cells: []document.Cell{document.HeadCell(id)}}
		for range len(t.Columns) - 1 {
			row.Cells = append(row.Cells, document.TextCell(document.LabelsOf(p.lang).Unknown))
		}
		t.Rows = append(t.Rows, row)
	}
	p.add(t)
}

// inKW is a power.
var inKW = step{"kW", 1e3, 0}

func (p *pcaet) positionQuality(s interval.Site) string {
	if s.PositionClass == 0 {
		return document.LabelsOf(p.lang).Unknown
	}
	return p.t("position.q" + strconv.Itoa(s.PositionClass))
}

// tap names the place where heat would be drawn.
func (d *draft) tap(id string) string {
	if id == "" {
		return d.t("words.none_given")
	}
	return d.name("taps", id)
}

// dataOf says what a site's numbers are.
func (d *draft) dataOf(s *SiteResult) string {
	if s.Declared {
		return d.t("data.declared_only")
	}
	return d.name("data", string(s.Place.Data))
}

// electricity is 1.2: what belongs to the sector Tertiaire.
func (p *pcaet) electricity() {
	p.paragraph("diagnosis.electricity_text")
	t := document.Table{Caption: p.t("diagnosis.electricity_caption", "year", p.year()), Sheet: p.t("sheets.electricity"),
		Columns: []document.Column{p.text("site"), summed(p.sure("e_dc", "MWh")), summed(p.number("e_dc", "GWh")),
			summed(p.sure("e_it", "MWh")), p.sure("pue", ""), p.center("coverage"), p.text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s.Site)), document.FigureCell(s.EDC.MWh), document.FigureCell(s.EDC.GWh),
			document.FigureCell(s.EIT.MWh), document.FigureCell(s.PUE), p.coverage(s.EDC.MWh), method(s.EDC.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.territory_total")), document.FigureCell(p.f.EDC.MWh), document.FigureCell(p.f.EDC.GWh),
		document.FigureCell(p.f.EIT.MWh), document.TextCell(""), p.coverage(p.f.EDC.MWh), method(p.f.EDC.MWh)}
	t.Notes = p.notInTotal(func(s annualSite) document.Figure { return s.EDC.MWh })
	p.addUnlessEmpty(t)
	p.note(document.NoteMethod, "diagnosis.tertiary")
	p.shortSites()
}

// notInTotal names the annual sites whose figure a total lacks because nobody
// knows it.
func (p *pcaet) notInTotal(of func(annualSite) document.Figure) []document.Run {
	var names []string
	for _, s := range p.f.Annual {
		if of(s).Mark != document.Known {
			names = append(names, siteName(s.Site))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return document.Text(p.t("words.not_in_total", "sites", strings.Join(names, ", ")))
}

// addUnlessEmpty prints a table, or says that there is no row for it.
func (p *pcaet) addUnlessEmpty(t document.Table) {
	if len(t.Rows) == 0 {
		p.paragraph("words.no_annual_site")
		return
	}
	p.add(t)
}

// shortSites lists what was measured for less than a year, apart from every
// annual total.
func (p *pcaet) shortSites() {
	t := document.Table{Caption: p.t("diagnosis.short_caption"), Sheet: p.t("sheets.short"),
		Columns: []document.Column{p.text("site"), p.text("period"), p.sure("e_it", "kWh"), p.sure("e_metered", "kWh"),
			p.sure("ppue", ""), p.sure("recoverable", "kWh"), p.center("coverage"), p.text("method")},
		Notes: document.Text(p.t("diagnosis.short_note"))}
	for _, s := range p.f.Short {
		if s.Site.WholeYear || s.Site.Fault != nil {
			continue
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s.Site)), document.TextCell(p.days(s.Site.Period.From, s.Site.Period.To)),
			document.FigureCell(s.EIT), document.FigureCell(s.EDC), document.FigureCell(s.PPUE), document.FigureCell(s.Heat), p.coverage(s.Heat), method(s.Heat)}})
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// networks is 1.4.
func (p *pcaet) networks() {
	if len(p.d.Networks) == 0 {
		p.paragraph("diagnosis.no_network")
		return
	}
	p.paragraph("diagnosis.networks_text")
	g := p.d.grid("networks")
	t := document.Table{Caption: p.t("diagnosis.networks_caption"), Sheet: p.t("sheets.networks"),
		Columns: []document.Column{p.text("network"), p.text("order_id"), p.text("operator"), p.text("fluid"),
			p.number("deliveries", "MWh"), p.number("enrr", "%"), p.number("co2_direct", "kg/kWh"), p.number("co2_acv", "kg/kWh"),
			p.text("regime")},
		Notes: document.Text(p.t("diagnosis.networks_note")),
	}
	for _, n := range p.d.Networks {
		c := n.Network
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(c.Name), document.TextCell(p.orNone(c.OrderID)), document.TextCell(p.orNone(c.Operator)),
			document.TextCell(p.name("fluids", c.Fluid)),
			document.FigureCell(g.declared(c.ID, "demand_mwh", c.Demand, step{"MWh", 1, 0})),
			document.FigureCell(g.declared(c.ID, "enrr_percent", c.EnRRShare, step{"%", 1, 1})),
			document.FigureCell(g.declared(c.ID, "co2_direct", c.CO2Direct, step{"kg/kWh", 1, 3})),
			document.FigureCell(g.declared(c.ID, "co2_life_cycle", c.CO2LifeCycle, step{"kg/kWh", 1, 3})),
			document.TextCell(p.regime(n)),
		}})
	}
	p.add(t)
}

// declared is a number that somebody stated; one that nobody stated is
// unknown, not zero.
func (g grid) declared(row, column string, v float64, s step) document.Figure {
	if v == 0 {
		return g.unknown(row, column, s)
	}
	return g.plain(row, column, v, s)
}

// regime writes the supply and return temperatures in cold and mild weather.
func (p *pcaet) regime(n *NetworkResult) string {
	c := n.Network
	degrees := func(v float64) string { return document.FormatNumber(p.lang, v, 0) }
	return p.t("diagnosis.regime", "sc", degrees(c.SupplyColdC), "rc", degrees(c.ReturnColdC), "cold", degrees(c.ColdC),
		"sm", degrees(c.SupplyMildC), "rm", degrees(c.ReturnMildC), "mild", degrees(c.MildC))
}
