package reports

import (
	"strconv"
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// draft is a document being written: the words of its language and the
// blocks so far.
type draft struct {
	*words
	blocks []document.Block
}

func (d *draft) add(b document.Block) { d.blocks = append(d.blocks, b) }

func (d *draft) heading(level int, number, key string) {
	d.add(document.Heading{Level: level, Number: number, Text: d.t(key)})
}

func (d *draft) paragraph(key string, pairs ...string) {
	d.add(document.Paragraph{Runs: document.Text(d.t(key, pairs...))})
}

// note sets a remark apart; its title is the key with "_title" behind it,
// where the words have one.
func (d *draft) note(kind document.NoteKind, key string, pairs ...string) {
	n := document.Note{Kind: kind, Runs: document.Text(d.t(key, pairs...))}
	if title := key + "_title"; d.has(title) {
		n.Title = d.t(title)
	}
	d.add(n)
}

// list adds a list of texts.
func (d *draft) list(texts ...string) {
	l := document.List{}
	for _, text := range texts {
		l.Items = append(l.Items, document.Text(text))
	}
	d.add(l)
}

// Columns of a table. Their heads are words of the chapter "columns".

func (d *draft) text(key string) document.Column { return document.Column{Head: d.t("columns." + key)} }

func (d *draft) center(key string) document.Column {
	return document.Column{Head: d.t("columns." + key), Align: document.AlignCenter}
}

// number is a column of figures in one unit.
func (d *draft) number(key, unit string) document.Column {
	return document.Column{Head: d.t("columns." + key), Unit: unit, Align: document.AlignRight}
}

// sure is number with ± beside each value.
func (d *draft) sure(key, unit string) document.Column {
	c := d.number(key, unit)
	c.Uncertain = true
	return c
}

// summed marks a column as one whose total is the sum of its rows.
func summed(c document.Column) document.Column { c.Sum = true; return c }

// day prints a date as the language writes it.
func (d *draft) day(t time.Time) string {
	return document.LabelsOf(d.lang).DateLayout(t.Year(), int(t.Month()), t.Day())
}

// days prints a period: a calendar year, a day, or the first and last day.
func (d *draft) days(from, to time.Time) string {
	if from.YearDay() == 1 && to.Equal(from.AddDate(1, 0, 0)) {
		return d.t("words.year", "year", strconv.Itoa(from.Year()))
	}
	last := to.Add(-time.Hour)
	if from.Format("2006-01-02") == last.Format("2006-01-02") {
		return d.day(from)
	}
	return d.t("words.from_to", "from", d.day(from), "to", d.day(last))
}

// name is the word for an id of a closed list, the id itself where a file
// says something that the list does not have.
func (d *draft) name(chapter, id string) string {
	if key := chapter + "." + id; d.has(key) {
		return d.t(key)
	}
	return id
}

// orNone prints a text, or that there is none.
func (d *draft) orNone(text string) string {
	if text == "" {
		return d.t("words.none_given")
	}
	return text
}

// whole prints a count.
func (d *draft) whole(n int) string { return document.FormatNumber(d.lang, float64(n), 0) }

// coverage prints a figure's coverage and marks one that is too small for
// the figure to be quoted.
func (d *draft) coverage(f document.Figure) document.Cell {
	text := f.CoverageText(d.lang)
	if f.Mark == document.Known && f.Coverage < heat.EnoughCoverage {
		text += " " + d.t("words.low_coverage")
	}
	return document.TextCell(text)
}

// method prints a figure's method id.
func method(f document.Figure) document.Cell { return document.Cell{Text: f.Method, Code: true} }

// codeOf prints a figure's code.
func codeOf(f document.Figure) document.Cell { return document.Cell{Text: f.Code, Code: true} }
