package pcaet

import (
	"maps"
	"math"
	"slices"
	"strings"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/secrecy"
)

// knowledge is what attackers of the report know beside it.
func (p *Report) knowledge() secrecy.Knowledge {
	k := secrecy.Knowledge{Rules: p.d.Secrecy, Openings: p.d.Openings, Outside: p.d.Known, Reader: p.d.Options.Reader, Communes: map[string]string{}}
	for _, s := range p.d.Sites {
		k.Communes[s.ID] = s.Place.Commune
	}
	return k
}

// protected reports whether the edition's readers do not see every value.
func (p *Report) protected() bool { return p.d.Protected }

// banner says on every page who may read the edition.
func (p *Report) banner() string {
	text := p.T("words.restricted")
	if p.secrecy != nil {
		text = p.T("edition.banner_" + p.secrecy.Profile.ID)
		if p.secrecy.Profile.Watermark && p.d.Options.Reader != "" {
			text += " – " + p.T("edition.copy", "reader", p.d.Options.Reader)
		}
	}
	if p.d.Fictitious() {
		text = p.T("words.demonstration") + " · " + text
	}
	return text
}

// audience is the first page's note on who may read the edition.
func (p *Report) audience() {
	switch {
	case p.protected():
		p.Add(document.Note{Kind: document.NoteMethod, Title: p.T("edition.public_title"), Runs: document.Text(p.T("edition.public"))})
	default:
		p.Note(document.NoteWarning, "synthesis.restricted")
	}
}

// publish takes out of a protected edition what would be a list of « s »:
// rows about single sites that may not be named, tables and charts of which
// nothing is left. What is public is printed with its source.
func (p *Report) publish() {
	blocks := p.Blocks
	p.Blocks = nil
	for _, b := range blocks {
		switch b := b.(type) {
		case document.Table:
			p.publishTable(b)
		case document.Chart:
			p.publishChart(b)
		default:
			p.Add(b)
		}
	}
}

func (p *Report) publishTable(t document.Table) {
	var rows []document.Row
	for _, r := range t.Rows {
		if !p.withheldRow(r) {
			rows = append(rows, r)
		}
	}
	if dropped := len(t.Rows) - len(rows); dropped > 0 {
		if len(rows) == 0 && !shows(t.Total) {
			p.Paragraph("edition.no_table", "table", t.Caption)
			return
		}
		t.Rows, t.Columns = rows, slices.Clone(t.Columns)
		for i := range t.Columns {
			t.Columns[i].Sum = false // its total counts rows that are not printed
		}
		t.Notes = noted(t.Notes, p.T("edition.rows", "n", p.Whole(dropped)))
	}
	t.Notes = noted(t.Notes, p.sources(t))
	p.Add(t)
}

// noted puts a sentence, if there is one, behind the notes of a table.
func noted(notes []document.Run, text string) []document.Run {
	switch {
	case text == "":
		return notes
	case len(notes) > 0:
		text = " " + text
	}
	return append(slices.Clone(notes), document.Run{Text: text})
}

// withheldRow reports whether a row is about a site that may not be named and
// shows no number of it.
func (p *Report) withheldRow(r document.Row) bool {
	if shows(r.Cells) {
		return false
	}
	return slices.ContainsFunc(r.Cells, func(c document.Cell) bool { return c.Figure != nil && p.aboutWithheld(c.Figure.Place) })
}

func (p *Report) aboutWithheld(at document.Place) bool {
	id, _, _ := strings.Cut(at.Row, "→")
	return slices.ContainsFunc(p.d.Sites, func(s *reports.SiteResult) bool {
		return s.Withheld && (s.ID == id || strings.HasSuffix(at.Column, "_"+s.ID))
	})
}

// shows reports whether cells hold a number.
func shows(cells []document.Cell) bool {
	return slices.ContainsFunc(cells, func(c document.Cell) bool { return c.Figure != nil && c.Figure.Mark == document.Known })
}

// publishChart keeps the series that have something to draw.
func (p *Report) publishChart(c document.Chart) {
	c.Series = slices.DeleteFunc(slices.Clone(c.Series), func(s document.Series) bool {
		return !slices.ContainsFunc(s.Y, func(y float64) bool { return !math.IsNaN(y) })
	})
	if len(c.Series) == 0 {
		p.Paragraph("edition.no_chart", "chart", c.Caption)
		return
	}
	p.Add(c)
}

// sources says under a table why numbers in it are public.
func (p *Report) sources(t document.Table) string {
	var texts []string
	for _, f := range reports.FiguresOf([]document.Block{t}) {
		if f.Figure.Mark != document.Known {
			continue
		}
		for _, s := range p.secrecy.Sources[f.Figure.Code] {
			if text := p.T("edition.source", "row", f.Row, "why", p.basis(s)); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return strings.Join(texts, " ")
}

// basis says why a figure is public, with source and date.
func (p *Report) basis(s disclosure.Disclosure) string {
	key := "edition.by_consent"
	if s.Basis == disclosure.ByLaw {
		key = "edition.by_law"
	}
	return p.T(key, "source", s.Source, "date", p.seen(s.Date))
}

// provenanceCounts says how many sites are measured, simulated and declared,
// and names none.
func (p *Report) provenanceCounts() {
	counts := map[string]int{}
	for _, s := range p.d.Sites {
		counts[p.DataOf(s)]++
	}
	var texts []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		texts = append(texts, kind+document.LabelsOf(p.Lang).Colon()+p.Whole(counts[kind]))
	}
	if len(texts) > 0 {
		p.Paragraph("edition.provenance_counts", "list", strings.Join(texts, ", "))
	}
}
