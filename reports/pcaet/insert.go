package pcaet

import (
	"slices"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// mostActions is how many action sheets the insert names; the dossier has
// all of them.
const mostActions = 5

// Insert is what gets pasted into the authority's own plan: at most three
// pages. Its figures are those of the dossier, under the same codes. What
// nobody read again of the law stands in its annex only.
func (p *Report) Insert() *document.Document {
	i := &Report{Draft: reports.Draft{Words: p.Words}, d: p.d, f: p.f, secrecy: p.secrecy, sheets: p.sheets, future: p.future, ahead: p.ahead, tables: p.tables}
	i.Heading(1, "", "pcaet.title")
	i.identity()
	i.Paragraph("insert.basis")
	if p.d.Fictitious() {
		i.Note(document.NoteWarning, "synthesis.demonstration")
	}
	i.Heading(2, "", "insert.diagnosis")
	i.Add(i.shortHeats())
	i.gaps()
	if len(p.f.Pairs) > 0 {
		i.Heading(2, "", "insert.potential")
		i.Paragraph("insert.potential_text")
		i.Add(i.byNetwork())
	}
	if len(p.sheets) > 0 {
		i.Heading(2, "", "insert.actions")
		i.actionTitles()
	}
	i.Heading(2, "", "insert.deposit")
	i.Add(i.typeTable())
	i.Paragraph("insert.dossier", "register", p.T("annex.uncertainty"))
	i.unconfirmed()
	doc := p.Document()
	doc.Blocks = i.Blocks
	return doc
}

// shortHeats is the table of the four heats without methods.
func (p *Report) shortHeats() document.Table {
	t := document.Table{Caption: p.T("synthesis.heats_caption"), Sheet: p.T("sheets.heats"),
		Columns: []document.Column{p.Text("quantity"), p.Uncertain("energy", "MWh"), p.Number("energy", "GWh"), p.Center("coverage"), p.Text("code")},
		Notes:   document.Text(p.T("synthesis.heats_note"))}
	for _, row := range p.heatRows() {
		t.Rows = append(t.Rows, document.Row{Strong: row.key == "captured", Cells: []document.Cell{document.HeadCell(p.T("heats." + row.key + "_short")),
			document.FigureCell(row.f.MWh), document.FigureCell(row.f.GWh), p.Coverage(row.f.MWh), reports.CodeOf(row.f.MWh)}})
	}
	return t
}

// byNetwork is what each network could take, as the dossier sums it.
func (p *Report) byNetwork() document.Table {
	t := document.Table{Caption: p.T("insert.potential_caption"), Sheet: p.T("sheets.match"),
		Columns: []document.Column{p.Text("network"), p.Uncertain("captured", "MWh"), p.Number("enrr", "%"), p.Text("code")}}
	for _, n := range p.d.Networks {
		if n.Allocation == nil {
			continue
		}
		captured := p.capturedBy(n)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Network.Name), document.FigureCell(captured),
			document.FigureCell(p.d.Grid("effect").Stated(n.Network.ID, "enrr_percent", n.Network.EnRRShare, reports.In("%", 1, 1))), reports.CodeOf(captured)}})
	}
	return t
}

// actionTitles names the first action sheets.
func (p *Report) actionTitles() {
	var titles []string
	for _, a := range p.sheets[:min(len(p.sheets), mostActions)] {
		titles = append(titles, a.Title)
	}
	if more := len(p.sheets) - mostActions; more > 0 {
		titles = append(titles, p.T("insert.more_actions", "n", p.Whole(more)))
	}
	p.List(titles...)
}

// unconfirmed is the annex: the law that nobody read again.
func (p *Report) unconfirmed() {
	open := slices.DeleteFunc(slices.Clone(p.references), func(r reports.Reference) bool { return r.Status == reports.Read })
	if len(open) == 0 {
		return
	}
	p.Add(document.PageBreak{})
	p.Heading(1, "", "insert.annex")
	p.Paragraph("insert.annex_text")
	var texts []string
	for _, r := range open {
		texts = append(texts, p.T("insert.unconfirmed", "cite", r.Cite, "says", strings.TrimSuffix(p.T("references."+r.ID), ".")))
	}
	p.List(texts...)
}
