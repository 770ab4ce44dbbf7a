package reports

import (
	"strconv"
	"strings"
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// Draft is a document being written: the words of its language and the
// blocks so far.
type Draft struct {
	*Words
	Blocks []document.Block
}

// Add adds a block.
func (d *Draft) Add(b document.Block) { d.Blocks = append(d.Blocks, b) }

// Heading adds a numbered heading; the number of an unnumbered one is "".
func (d *Draft) Heading(level int, number, key string) {
	d.Add(document.Heading{Level: level, Number: number, Text: d.T(key)})
}

// Paragraph adds a text, with what is filled into its blanks.
func (d *Draft) Paragraph(key string, pairs ...string) {
	d.Add(document.Paragraph{Runs: document.Text(d.T(key, pairs...))})
}

// Note sets a remark apart; its title is the key with "_title" behind it,
// where the words have one.
func (d *Draft) Note(kind document.NoteKind, key string, pairs ...string) {
	n := document.Note{Kind: kind, Runs: document.Text(d.T(key, pairs...))}
	if title := key + "_title"; d.Has(title) {
		n.Title = d.T(title)
	}
	d.Add(n)
}

// List adds a list of texts.
func (d *Draft) List(texts ...string) {
	l := document.List{}
	for _, text := range texts {
		l.Items = append(l.Items, document.Text(text))
	}
	d.Add(l)
}

// Text is a column of texts. The heads of all columns are words of the chapter
// "columns".
func (d *Draft) Text(key string) document.Column { return document.Column{Head: d.T("columns." + key)} }

// Center is a column of short texts.
func (d *Draft) Center(key string) document.Column {
	return document.Column{Head: d.T("columns." + key), Align: document.AlignCenter}
}

// Number is a column of figures in one unit.
func (d *Draft) Number(key, unit string) document.Column {
	return document.Column{Head: d.T("columns." + key), Unit: unit, Align: document.AlignRight}
}

// Uncertain is a Number with ± beside each value.
func (d *Draft) Uncertain(key, unit string) document.Column {
	c := d.Number(key, unit)
	c.Uncertain = true
	return c
}

// Summed marks a column as one whose total is the sum of its rows.
func Summed(c document.Column) document.Column { c.Sum = true; return c }

// Day prints a date as the language writes it.
func (d *Draft) Day(t time.Time) string {
	return document.LabelsOf(d.Lang).DateLayout(t.Year(), int(t.Month()), t.Day())
}

// Days prints a period: a calendar year, a day, or the first and last day.
func (d *Draft) Days(from, to time.Time) string {
	if from.YearDay() == 1 && to.Equal(from.AddDate(1, 0, 0)) {
		return d.T("words.year", "year", strconv.Itoa(from.Year()))
	}
	last := to.Add(-time.Hour)
	if from.Format("2006-01-02") == last.Format("2006-01-02") {
		return d.Day(from)
	}
	return d.T("words.from_to", "from", d.Day(from), "to", d.Day(last))
}

// Name is the word for an id of a closed list, the id itself where a file
// says something that the list does not have.
func (d *Draft) Name(chapter, id string) string {
	if key := chapter + "." + id; d.Has(key) {
		return d.T(key)
	}
	return id
}

// Sentences are run together, each with its full stop.
func Sentences(texts []string) string {
	ended := make([]string, len(texts))
	for i, t := range texts {
		ended[i] = strings.TrimSuffix(t, ".") + "."
	}
	return strings.Join(ended, " ")
}

// Listed are items that may hold commas, in one line.
func (d *Draft) Listed(items []string) string {
	return strings.Join(items, document.LabelsOf(d.Lang).Semicolon)
}

// OrNone prints a text, or that there is none.
func (d *Draft) OrNone(text string) string {
	if text == "" {
		return d.T("words.none_given")
	}
	return text
}

// OrAssumed prints the source of a value, or that the program assumes it.
func (d *Draft) OrAssumed(source string) string {
	if source == "" {
		return d.T("words.assumed")
	}
	return source
}

// Whole prints a count.
func (d *Draft) Whole(n int) string { return document.FormatNumber(d.Lang, float64(n), 0) }

// Coverage prints a figure's coverage and marks one that is too small for
// the figure to be quoted.
func (d *Draft) Coverage(f document.Figure) document.Cell {
	text := f.CoverageText(d.Lang)
	if f.Mark == document.Known && f.Coverage < heat.EnoughCoverage {
		text += " " + d.T("words.low_coverage")
	}
	return document.TextCell(text)
}

// Method prints a figure's method id.
func Method(f document.Figure) document.Cell { return document.Cell{Text: f.Method, Code: true} }

// CodeOf prints a figure's code.
func CodeOf(f document.Figure) document.Cell { return document.Cell{Text: f.Code, Code: true} }

// Tap names the place where heat would be drawn.
func (d *Draft) Tap(id string) string {
	if id == "" {
		return d.T("words.none_given")
	}
	return d.Name("taps", id)
}

// Digits prints a factor's value with all its digits, but not those that
// binary arithmetic adds: 1.4 − 0.1 is 1.3.
func (d *Draft) Digits(v float64) string {
	decimal, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	text := strconv.FormatFloat(decimal, 'f', -1, 64)
	decimals := 0
	for i := range text {
		if text[i] == '.' {
			decimals = len(text) - i - 1
		}
	}
	return document.FormatNumber(d.Lang, v, decimals)
}

// MonthIDs are the rows of a table by month, and the keys of their words.
func MonthIDs() []string {
	return []string{"m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"}
}

// TimeAxis names the hours of a day, or the months of a year.
func (d *Draft) TimeAxis(p heat.Period) document.Axis {
	switch {
	case p.Hours() <= 24:
		axis := document.Axis{Title: d.T("site.day_axis")}
		for h := 0; h <= 24; h += 4 {
			axis.Ticks = append(axis.Ticks, document.Tick{At: float64(h), Label: strconv.Itoa(h)})
		}
		return axis
	case p.Annual():
		axis := document.Axis{Title: d.T("site.month_axis")}
		for m, id := range MonthIDs() {
			first := time.Date(p.From.Year(), time.Month(m+1), 1, 0, 0, 0, 0, p.From.Location())
			axis.Ticks = append(axis.Ticks, document.Tick{At: first.Sub(p.From).Hours(), Label: d.T("months_short." + id)})
		}
		return axis
	}
	return document.Axis{Title: d.T("site.hour_axis")}
}
