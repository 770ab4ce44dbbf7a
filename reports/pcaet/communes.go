package pcaet

import (
	"cmp"
	"maps"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
)

// communeHeat is what the annual sites of one commune reject.
type communeHeat struct {
	code     string // of now; empty where no site says it
	sites    int
	rejected reports.HeatFigure
}

// heatByCommune adds up the sites of each commune. A site belongs to the
// commune that it declares, whatever its coordinates say.
func (p *Report) heatByCommune() []communeHeat {
	parts, counts := map[string][]document.Figure{}, map[string]int{}
	for _, s := range p.d.Sites {
		counts[communeOf(s)]++
	}
	for _, s := range p.f.Annual {
		code := communeOf(s.Site)
		parts[code] = append(parts[code], s.Rejected.MWh)
	}
	g := p.d.Grid("communes")
	var all []communeHeat
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		mwh := reports.Classed(g.RowSum(cmp.Or(code, "unknown"), "gisement_mwh", reports.InMWh, parts[code]))
		all = append(all, communeHeat{code, counts[code], reports.HeatFigure{MWh: mwh, GWh: reports.ToGWh("gisement", mwh)}})
	}
	return all
}

func communeOf(s *reports.SiteResult) string {
	if s.Place.Commune == "" {
		return ""
	}
	return currentCommune(s.Place.Commune)
}

// byCommune prints the heat of each commune.
func (p *Report) byCommune() {
	t := document.Table{Caption: p.T("map.communes_caption", "year", p.year()), Sheet: p.T("sheets.communes"),
		Columns: []document.Column{p.Center("commune"), p.Text("commune_name"), p.Number("sites", ""), reports.Summed(p.Sure("rejected", "MWh")), reports.Summed(p.Number("rejected", "GWh")), p.Text("code")},
		Notes:   document.Text(p.T("map.communes_note"))}
	for _, c := range p.heatByCommune() {
		code, name := c.code, p.OrNone(p.communeName(c.code))
		if code == "" {
			code = document.LabelsOf(p.Lang).Unknown
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(code), document.TextCell(name), document.TextCell(p.Whole(c.sites)),
			document.FigureCell(c.rejected.MWh), document.FigureCell(c.rejected.GWh), reports.CodeOf(c.rejected.MWh)}})
	}
	if len(t.Rows) == 0 {
		return
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.territory_total")), document.TextCell(""), document.TextCell(p.Whole(len(p.d.Sites))),
		document.FigureCell(p.f.Rejected.MWh), document.FigureCell(p.f.Rejected.GWh), reports.CodeOf(p.f.Rejected.MWh)}
	p.Add(t)
}
