package reports

import (
	"strconv"
	"strings"

	"thermie/interval"
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
	t := Table{Caption: p.t("diagnosis.inventory_caption"), Sheet: p.t("sheets.inventory"),
		Columns: []Column{p.text("site"), p.text("operator"), p.text("siret"), p.center("commune"),
			p.center("position_quality"), p.number("rated_it", "kW"), p.text("tap"), p.text("data"), p.text("period")},
		Notes: Text(p.t("diagnosis.inventory_note")),
	}
	for _, s := range p.d.Sites {
		rated := g.unknown(s.ID, "it_rated_kw", inKW)
		if s.Place.RatedITKW > 0 {
			rated = g.plain(s.ID, "it_rated_kw", s.Place.RatedITKW*1e3, inKW)
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			HeadCell(siteName(s)), TextCell(p.orNone(s.Place.Operator)), TextCell(p.orNone(s.Place.SIRET)),
			TextCell(p.orNone(s.Place.Commune)), TextCell(p.positionQuality(s.Place)), FigureCell(rated),
			TextCell(p.tap(s.Place.Tap)), TextCell(p.dataOf(s)), TextCell(p.days(s.Period.From, s.Period.To)),
		}})
	}
	for _, id := range p.d.Missing {
		row := Row{Cells: []Cell{HeadCell(id)}}
		for range len(t.Columns) - 1 {
			row.Cells = append(row.Cells, TextCell(labelsOf(p.lang).unknown))
		}
		t.Rows = append(t.Rows, row)
	}
	p.add(t)
}

// inKW is a power.
var inKW = step{"kW", 1e3, 0}

func (p *pcaet) positionQuality(s interval.Site) string {
	if s.PositionClass == 0 {
		return labelsOf(p.lang).unknown
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
	t := Table{Caption: p.t("diagnosis.electricity_caption", "year", p.year()), Sheet: p.t("sheets.electricity"),
		Columns: []Column{p.text("site"), summed(p.sure("e_dc", "MWh")), summed(p.number("e_dc", "GWh")),
			summed(p.sure("e_it", "MWh")), p.sure("pue", ""), p.center("coverage"), p.text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, Row{Cells: []Cell{HeadCell(siteName(s.Site)), FigureCell(s.EDC.MWh), FigureCell(s.EDC.GWh),
			FigureCell(s.EIT.MWh), FigureCell(s.PUE), p.coverage(s.EDC.MWh), method(s.EDC.MWh)}})
	}
	t.Total = []Cell{HeadCell(p.t("words.territory_total")), FigureCell(p.f.EDC.MWh), FigureCell(p.f.EDC.GWh),
		FigureCell(p.f.EIT.MWh), TextCell(""), p.coverage(p.f.EDC.MWh), method(p.f.EDC.MWh)}
	t.Notes = p.notInTotal(func(s annualSite) Figure { return s.EDC.MWh })
	p.addUnlessEmpty(t)
	p.note(NoteMethod, "diagnosis.tertiary")
	p.shortSites()
}

// notInTotal names the annual sites whose figure a total lacks because nobody
// knows it.
func (p *pcaet) notInTotal(of func(annualSite) Figure) []Run {
	var names []string
	for _, s := range p.f.Annual {
		if of(s).Mark != Known {
			names = append(names, siteName(s.Site))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return Text(p.t("words.not_in_total", "sites", strings.Join(names, ", ")))
}

// addUnlessEmpty prints a table, or says that there is no row for it.
func (p *pcaet) addUnlessEmpty(t Table) {
	if len(t.Rows) == 0 {
		p.paragraph("words.no_annual_site")
		return
	}
	p.add(t)
}

// shortSites lists what was measured for less than a year, apart from every
// annual total.
func (p *pcaet) shortSites() {
	t := Table{Caption: p.t("diagnosis.short_caption"), Sheet: p.t("sheets.short"),
		Columns: []Column{p.text("site"), p.text("period"), p.sure("e_it", "kWh"), p.sure("e_metered", "kWh"),
			p.sure("ppue", ""), p.sure("recoverable", "kWh"), p.center("coverage"), p.text("method")},
		Notes: Text(p.t("diagnosis.short_note"))}
	for _, s := range p.f.Short {
		if s.Site.WholeYear || s.Site.Fault != nil {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{HeadCell(siteName(s.Site)), TextCell(p.days(s.Site.Period.From, s.Site.Period.To)),
			FigureCell(s.EIT), FigureCell(s.EDC), FigureCell(s.PPUE), FigureCell(s.Heat), p.coverage(s.Heat), method(s.Heat)}})
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
	t := Table{Caption: p.t("diagnosis.networks_caption"), Sheet: p.t("sheets.networks"),
		Columns: []Column{p.text("network"), p.text("order_id"), p.text("operator"), p.text("fluid"),
			p.number("deliveries", "MWh"), p.number("enrr", "%"), p.number("co2_direct", "kg/kWh"), p.number("co2_acv", "kg/kWh"),
			p.text("regime")},
		Notes: Text(p.t("diagnosis.networks_note")),
	}
	for _, n := range p.d.Networks {
		c := n.Network
		t.Rows = append(t.Rows, Row{Cells: []Cell{HeadCell(c.Name), TextCell(p.orNone(c.OrderID)), TextCell(p.orNone(c.Operator)),
			TextCell(p.name("fluids", c.Fluid)),
			FigureCell(g.declared(c.ID, "demand_mwh", c.Demand, step{"MWh", 1, 0})),
			FigureCell(g.declared(c.ID, "enrr_percent", c.EnRRShare, step{"%", 1, 1})),
			FigureCell(g.declared(c.ID, "co2_direct", c.CO2Direct, step{"kg/kWh", 1, 3})),
			FigureCell(g.declared(c.ID, "co2_life_cycle", c.CO2LifeCycle, step{"kg/kWh", 1, 3})),
			TextCell(p.regime(n)),
		}})
	}
	p.add(t)
}

// declared is a number that somebody stated; one that nobody stated is
// unknown, not zero.
func (g grid) declared(row, column string, v float64, s step) Figure {
	if v == 0 {
		return g.unknown(row, column, s)
	}
	return g.plain(row, column, v, s)
}

// regime writes the supply and return temperatures in cold and mild weather.
func (p *pcaet) regime(n *NetworkResult) string {
	c := n.Network
	degrees := func(v float64) string { return FormatNumber(p.lang, v, 0) }
	return p.t("diagnosis.regime", "sc", degrees(c.SupplyColdC), "rc", degrees(c.ReturnColdC), "cold", degrees(c.ColdC),
		"sm", degrees(c.SupplyMildC), "rm", degrees(c.ReturnMildC), "mild", degrees(c.MildC))
}
