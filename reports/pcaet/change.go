package pcaet

import (
	"strconv"

	"thermie/reports"
	"thermie/reports/document"
)

// changes says, in annex E, why the sums are not those of another year, and
// what has become of a year that was filed. What was filed stays as it was.
func (p *Report) changes() {
	if c := p.d.Compared; c != nil {
		p.Heading(2, "", "change.title")
		key := "change.text"
		if c.Filed {
			key = "change.text_filed"
		}
		p.Paragraph(key, "from", strconv.Itoa(c.From), "to", strconv.Itoa(c.To))
		p.Add(p.changeTable(c, p.T("change.caption", "from", strconv.Itoa(c.From), "to", strconv.Itoa(c.To)),
			p.T("change.sums_of", "year", strconv.Itoa(c.From)), p.T("change.sums_of", "year", strconv.Itoa(c.To))))
	}
	if s := p.d.Since; s != nil {
		p.Heading(2, "", "change.since_title")
		if !s.Sums.Changed() {
			p.Paragraph("change.since_same", "id", s.ID, "date", p.Day(s.Date))
			return
		}
		p.Note(document.NoteWarning, "change.since_text", "id", s.ID, "date", p.Day(s.Date), "software", s.Software)
		p.Add(p.changeTable(s.Sums, p.T("change.since_caption", "id", s.ID), p.T("change.filed"), p.T("change.now")))
	}
}

// changeTable has a row a cause, between the sums before and after.
func (p *Report) changeTable(c *reports.Comparison, caption, before, after string) document.Table {
	t := document.Table{Caption: caption, Sheet: p.T("change.sheet_" + strconv.FormatBool(c.From == c.To)), Columns: []document.Column{p.Text("cause")},
		Notes: document.Text(p.T("change.note"))}
	for _, key := range reports.Compared {
		t.Columns = append(t.Columns, document.Column{Head: p.T("change.column_" + key), Unit: reports.InMWh.Unit, Align: document.AlignRight})
	}
	if c.Reckoned {
		t.Notes = append(t.Notes, document.Run{Text: " " + p.T("change.reckoned")})
	}
	row := func(name string, figures []document.Figure, strong bool) {
		r := document.Row{Cells: []document.Cell{document.HeadCell(name)}, Strong: strong}
		for _, f := range figures {
			r.Cells = append(r.Cells, document.FigureCell(f))
		}
		t.Rows = append(t.Rows, r)
	}
	row(before, c.Before, true)
	for _, cause := range c.Causes {
		row(p.T("change.cause_"+cause.Key), cause.MWh, cause.Key == "total")
	}
	row(after, c.After, true)
	return t
}

// inputs prints, in annex E, what the report was computed from and by. The
// digest is not for readers who do not see every value: of few values, who
// guesses them could test the guess.
func (p *Report) inputs() error {
	software := p.OrNone(p.d.Options.Software)
	if p.protected() {
		p.Paragraph("change.software", "software", software)
		return nil
	}
	digest, err := p.d.Inputs()
	if err != nil {
		return err
	}
	p.Paragraph("change.inputs", "digest", digest.String(), "software", software)
	return nil
}
