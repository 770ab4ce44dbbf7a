package pcaet

import (
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// decisions are chapters 3 to 7: what the authority decides and follows.
func (p *Report) decisions() {
	p.trajectories()
	p.actions()
	p.coherence()
	p.followUp()
	p.mapChapter()
}

// inDegrees is a geographic coordinate, to about 10 m.
var inDegrees = reports.In("°", 1, 4)

// referenceTable prints the texts with source, date and status: what nobody
// read again is « à confirmer », never printed as law.
func (p *Report) referenceTable() document.Table {
	t := document.Table{Caption: p.T("annex.references_caption"), Sheet: p.T("sheets.references"),
		Columns: []document.Column{p.Text("reference"), p.Text("says"), p.Text("read_in"), p.Center("status")}}
	for _, r := range p.references {
		source := document.LabelsOf(p.Lang).None
		if r.Status == reports.Read {
			source = p.T("words.read_in", "source", r.Source, "date", p.seen(r.Seen))
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(r.Cite), document.TextCell(p.T("references." + r.ID)),
			document.TextCell(source), document.TextCell(p.T("status." + string(r.Status)))}})
	}
	return t
}

// seen prints the day on which a text was read.
func (p *Report) seen(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return p.Day(t)
}
