package pcaet

import (
	"math"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// inPercent is an expanded uncertainty relative to its value.
var inPercent = reports.In("%", 0.01, 0)

// answers says by how much what operators and meters told has narrowed the
// band around each site's heat: with its power alone, with its declared
// total, and today. It is where a list that somebody typed becomes a measured
// dossier, and what the next letter is for.
func (p *Report) answers() {
	g := p.d.Grid("answers")
	t := document.Table{Caption: p.T("answers.caption"), Sheet: p.T("sheets.answers"),
		Columns: []document.Column{p.Text("site"), p.Number("by_nameplate", "%"), p.Number("by_declaration", "%"), p.Number("by_today", "%"), p.Text("tiers"), p.Text("next_answer")},
		Notes:   document.Text(p.T("answers.note"))}
	for _, s := range p.f.Annual {
		a := s.Site.Answers()
		cells := []document.Cell{document.HeadCell(reports.SiteName(s.Site))}
		for _, band := range []struct {
			column string
			of     heat.Quantity
		}{{"nameplate_pct", a.Nameplate}, {"declared_pct", a.Declared}, {"today_pct", a.Today}} {
			cells = append(cells, document.FigureCell(g.Plain(s.Site.ID, band.column, relative(band.of), inPercent)))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.TextCell(s.Tiers), document.TextCell(p.T("answers."+nextAnswer(s.Site))))})
	}
	if len(t.Rows) > 0 {
		p.Paragraph("answers.text")
		p.Add(t)
	}
}

// relative is a quantity's expanded uncertainty as a share of it, NaN where
// it has none.
func relative(q heat.Quantity) float64 {
	if !q.Known || q.Value == 0 || q.U == 0 {
		return math.NaN()
	}
	return 2 * q.U / q.Value
}

// nextAnswer is what would narrow the band next.
func nextAnswer(s *reports.SiteResult) string {
	measured := s.Estimate.ByTier[heat.T1] > 0
	switch {
	case measured:
		return "next_none"
	case !s.Declared:
		return "next_meter"
	case s.Place.TotalKWh > 0:
		return "next_it"
	}
	return "next_total"
}
