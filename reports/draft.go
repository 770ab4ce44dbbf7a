package reports

import (
	"strconv"
	"time"

	"thermie/heat"
)

// draft is a document being written: the words of its language and the
// blocks so far.
type draft struct {
	*words
	blocks []Block
}

func (d *draft) add(b Block) { d.blocks = append(d.blocks, b) }

func (d *draft) heading(level int, number, key string) {
	d.add(Heading{Level: level, Number: number, Text: d.t(key)})
}

func (d *draft) paragraph(key string, pairs ...string) {
	d.add(Paragraph{Runs: Text(d.t(key, pairs...))})
}

// note sets a remark apart; its title is the key with "_title" behind it,
// where the words have one.
func (d *draft) note(kind NoteKind, key string, pairs ...string) {
	n := Note{Kind: kind, Runs: Text(d.t(key, pairs...))}
	if title := key + "_title"; d.has(title) {
		n.Title = d.t(title)
	}
	d.add(n)
}

// list adds a list of texts.
func (d *draft) list(texts ...string) {
	l := List{}
	for _, text := range texts {
		l.Items = append(l.Items, Text(text))
	}
	d.add(l)
}

// Columns of a table. Their heads are words of the chapter "columns".

func (d *draft) text(key string) Column { return Column{Head: d.t("columns." + key)} }

func (d *draft) center(key string) Column {
	return Column{Head: d.t("columns." + key), Align: AlignCenter}
}

// number is a column of figures in one unit.
func (d *draft) number(key, unit string) Column {
	return Column{Head: d.t("columns." + key), Unit: unit, Align: AlignRight}
}

// sure is number with ± beside each value.
func (d *draft) sure(key, unit string) Column {
	c := d.number(key, unit)
	c.Uncertain = true
	return c
}

// summed marks a column as one whose total is the sum of its rows.
func summed(c Column) Column { c.Sum = true; return c }

// day prints a date as the language writes it.
func (d *draft) day(t time.Time) string {
	return labelsOf(d.lang).dateLayout(t.Year(), int(t.Month()), t.Day())
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
func (d *draft) whole(n int) string { return FormatNumber(d.lang, float64(n), 0) }

// coverage prints a figure's coverage and marks one that is too small for
// the figure to be quoted.
func (d *draft) coverage(f Figure) Cell {
	text := f.CoverageText(d.lang)
	if f.Mark == Known && f.Coverage < heat.EnoughCoverage {
		text += " " + d.t("words.low_coverage")
	}
	return TextCell(text)
}

// method prints a figure's method id.
func method(f Figure) Cell { return Cell{Text: f.Method, Code: true} }

// codeOf prints a figure's code.
func codeOf(f Figure) Cell { return Cell{Text: f.Code, Code: true} }
