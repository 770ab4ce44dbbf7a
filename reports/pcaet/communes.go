package pcaet

import (
	"cmp"
	"maps"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
)

// communeHeat are the four heats of the annual sites of one commune.
type communeHeat struct {
	code  string // of now; empty where no site says it
	sites int
	reports.FourHeats
}

// heatByCommune adds up the sites of each commune: what they reject and hand
// over, and their parts of the one joint match. A site belongs to the commune
// that it declares, whatever its coordinates say.
func (p *Report) heatByCommune() []communeHeat {
	counts := map[string]int{}
	for _, s := range p.d.Sites {
		counts[communeOf(s)]++
	}
	rejected, captured, delivered, supplied := p.communeParts()
	g := p.d.Grid("communes")
	var all []communeHeat
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		sum := func(heat string, of parts) reports.HeatFigure {
			mwh := g.RowSum(cmp.Or(code, "unknown"), heat+"_mwh", reports.InMWh, of[code])
			return reports.HeatFigure{MWh: mwh, GWh: reports.ToGWh(heat, mwh)}
		}
		all = append(all, communeHeat{code, counts[code],
			reports.FourHeats{Rejected: sum("gisement", rejected), Captured: sum("captee", captured), Delivered: sum("livree", delivered), Supplied: sum("valorisee", supplied)}})
	}
	return all
}

// parts are amounts by the commune of their sites.
type parts map[string][]document.Figure

func (of parts) add(s *reports.SiteResult, f document.Figure) {
	of[communeOf(s)] = append(of[communeOf(s)], f)
}

// communeParts are the rows of which the territory's four totals are the
// sums, and the zeros of sites from which no network takes anything.
func (p *Report) communeParts() (rejected, captured, delivered, supplied parts) {
	rejected, captured, delivered, supplied = parts{}, parts{}, parts{}, parts{}
	for _, s := range p.f.Annual {
		rejected.add(s.Site, s.Rejected.MWh)
		supplied.add(s.Site, s.Supplied.MWh)
	}
	if !p.f.Captured.MWh.Stated() {
		return rejected, captured, delivered, supplied
	}
	for _, pr := range p.f.Pairs {
		captured.add(pr.Site, pr.Captured.MWh)
		delivered.add(pr.Site, pr.Delivered.MWh)
	}
	for _, u := range p.d.Left {
		captured.add(u.Site, p.d.Untaken(u, "captee"))
		delivered.add(u.Site, p.d.Untaken(u, "livree"))
	}
	return rejected, captured, delivered, supplied
}

func communeOf(s *reports.SiteResult) string {
	if s.Place.Commune == "" {
		return ""
	}
	return currentCommune(s.Place.Commune)
}

// byCommune prints the four heats of each commune, in MWh and, as they are
// typed into the old form, in GWh.
func (p *Report) byCommune() {
	communes := p.heatByCommune()
	if len(communes) == 0 {
		return
	}
	p.Add(p.communeTable(communes, "MWh"))
	p.Add(p.communeTable(communes, "GWh"))
}

// communeTable is the table in one unit.
func (p *Report) communeTable(communes []communeHeat, unit string) document.Table {
	t := document.Table{Caption: p.T("map.communes_caption", "year", p.year(), "unit", unit), Sheet: p.T("sheets.communes") + " " + unit,
		Columns: append([]document.Column{p.Center("commune"), p.Text("commune_name"), p.Number("sites", "")}, p.heatColumns(unit)...)}
	if unit == "MWh" { // the same table in GWh follows it
		t.Notes = document.Text(p.T("map.communes_note"))
	}
	for _, c := range communes {
		code, name := c.code, p.OrNone(p.communeName(c.code))
		if code == "" {
			code = document.LabelsOf(p.Lang).Unknown
		}
		head := []document.Cell{document.HeadCell(code), document.TextCell(name), document.TextCell(p.Whole(c.sites))}
		t.Rows = append(t.Rows, document.Row{Cells: append(head, heatCells(c.FourHeats, unit)...)})
	}
	t.Total = append([]document.Cell{document.HeadCell(p.T("words.territory_total")), document.TextCell(""), document.TextCell(p.Whole(len(p.d.Sites)))},
		heatCells(p.f.FourHeats, unit)...)
	return t
}
