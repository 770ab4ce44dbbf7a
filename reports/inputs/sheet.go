package inputs

import (
	"strconv"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// prefix begins the defined name of each cell that is read back; a name
// ending in unitCell is the unit beside it, in startCell what it was before
// anybody changed it.
const (
	prefix    = "thermie_"
	unitCell  = "_unit"
	startCell = "_start"
)

// Sheet returns the tabs of the workbook in which an engineer changes the
// connection: the inputs, and the points of a heat pump maker's sheet.
func (c *Case) Sheet(lang string) ([]document.Block, error) {
	w, err := reports.WordsOf(lang)
	if err != nil {
		return nil, err
	}
	s := &sheet{Draft: reports.Draft{Words: w}, c: c}
	s.Add(s.inputs())
	s.Add(s.points())
	return s.Blocks, nil
}

// sheet is an input sheet being written.
type sheet struct {
	reports.Draft
	c *Case
}

func (s *sheet) inputs() document.Table {
	t := document.Table{Caption: s.T("inputs.caption"), Sheet: s.T("inputs.sheet"),
		Columns: []document.Column{s.Text("quantity"), s.Number("value", ""), s.Center("unit"), s.Number("start", ""), s.Center("limits"), s.Text("source")},
		Notes:   document.Text(s.T("inputs.note"))}
	for _, fixed := range s.c.identity() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("inputs." + fixed.key)),
			{Text: fixed.text, Name: prefix + fixed.key}, {}, {}, {}, document.TextCell(s.T("inputs.fixed"))}})
	}
	for _, g := range groups {
		t.Rows = append(t.Rows, document.Row{Strong: true, Cells: []document.Cell{document.HeadCell(s.T("inputs." + g.key)), {}, {}, {}, {}, {}}})
		for _, in := range g.lines(s.c) {
			t.Rows = append(t.Rows, document.Row{Cells: s.line(in)})
		}
	}
	return t
}

// identity says which connection the sheet is about; it is not to be changed.
func (c *Case) identity() []struct{ key, text string } {
	return []struct{ key, text string }{{"site", c.Site}, {"network", c.Network.ID}, {"year", strconv.Itoa(c.Year)}}
}

// line is one input: what it is now, and what it was before it was changed.
func (s *sheet) line(in input) []document.Cell {
	now := in.get(s.c)
	start, source := now, s.source(in)
	if was, changed := s.c.Area.RestatedOf(in.id); changed {
		start = in.parse(was.Before)
		source = s.T("inputs.changed", "file", was.File, "cell", was.Cell)
	}
	entry := cell(now)
	entry.Name, entry.Limits = prefix+in.id, &document.Limits{Low: in.low, High: in.high, Words: in.words}
	before := cell(start)
	before.Name = prefix + in.id + startCell
	limits := strings.Join(in.words, ", ")
	if in.words == nil {
		limits = s.Digits(in.low) + " – " + s.Digits(in.high)
	}
	return []document.Cell{document.HeadCell(s.T("study_inputs." + in.id)), entry, {Text: in.unit, Name: prefix + in.id + unitCell},
		before, document.TextCell(limits), document.TextCell(source)}
}

// source says where an input comes from.
func (s *sheet) source(in input) string {
	for _, known := range s.c.Table.Inputs {
		if known.ID != in.id {
			continue
		}
		text := s.OrNone(known.Source)
		if known.Status == reports.Confirm {
			text += " – " + s.T("status.confirm")
		}
		return text
	}
	if !in.get(s.c).known {
		return s.T("inputs.unstated")
	}
	if in.id == "distance" {
		return s.T("inputs.straight")
	}
	return s.T("inputs.configured")
}

// cell shows a value as a number or a word.
func cell(v value) document.Cell {
	if !v.known || v.word != "" {
		return document.TextCell(v.word)
	}
	text := v.text()
	_, fraction, _ := strings.Cut(text, ".")
	return document.FigureCell(document.Figure{Value: v.number, Decimals: len(fraction), Coverage: 1})
}

// parse is the value that text writes.
func (in input) parse(text string) value {
	if in.words != nil {
		return word(text)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return value{}
	}
	return number(v)
}
