package document

import (
	"errors"
	"fmt"
	"math"
)

// Check reports every fault of the tree that would show in print: headings
// that jump a level, rows that do not fit their columns, charts without a
// text alternative, totals that are not the sum of the printed rows. Every
// format checks before it writes a byte.
func (d *Document) Check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if d.Lang != "fr" && d.Lang != "en" {
		fault("language %q: only fr and en are known", d.Lang)
	}
	if d.Title == "" {
		fault("the document has no title")
	}
	if d.Date.IsZero() {
		fault("the document has no date")
	}
	level := 0
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case Heading:
			if v.Level < 1 || v.Level > 3 || v.Level > level+1 {
				fault("heading %q: level %d after level %d", v.Text, v.Level, level)
			}
			level = v.Level
		case Table:
			faults = append(faults, v.check()...)
		case Chart:
			faults = append(faults, v.check()...)
		case Map:
			faults = append(faults, v.check()...)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("document %q: %w", d.Title, err)
	}
	return nil
}

func (t Table) check() []error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("table %q: "+format, append([]any{t.Caption}, args...)...))
	}
	if t.Caption == "" {
		fault("no caption")
	}
	for i, r := range t.Rows {
		if len(r.Cells) != len(t.Columns) {
			fault("row %d has %d cells for %d columns", i+1, len(r.Cells), len(t.Columns))
			return faults
		}
	}
	if t.Total == nil {
		return faults
	}
	if len(t.Total) != len(t.Columns) {
		fault("the total has %d cells for %d columns", len(t.Total), len(t.Columns))
		return faults
	}
	for i, c := range t.Columns {
		if sum, ok := t.sum(i); ok && !t.totals(i, sum) {
			fault("column %q: the total prints %s, its rows add up to %s", c.Head,
				t.Total[i].Figure.Text("en"), FormatNumber("en", sum, t.Total[i].Figure.Decimals))
		}
	}
	return faults
}

// sum adds up column i over the rows that are not subtotals. ok is false
// where the column is no sum: not declared one, its total not a known
// figure, or a row withheld (its value is in the total but not in print).
func (t Table) sum(i int) (total float64, ok bool) {
	if !t.Columns[i].Sum || t.Total == nil || t.Total[i].Figure == nil || t.Total[i].Figure.Mark != Known {
		return 0, false
	}
	for _, r := range t.Rows {
		f := r.Cells[i].Figure
		switch {
		case r.Strong || f == nil || f.Mark == Unknown:
		case f.Mark == Secret:
			return 0, false
		default:
			total += f.Value
		}
	}
	return total, true
}

// totals reports whether the printed total of column i is sum, to less than
// half of its last digit.
func (t Table) totals(i int, sum float64) bool {
	f := t.Total[i].Figure
	return math.Abs(f.Value-sum) < 0.5*math.Pow10(-f.Decimals)
}

func (c Chart) check() []error {
	var faults []error
	fault := func(text string, args ...any) {
		faults = append(faults, fmt.Errorf("chart %q: "+text, append([]any{c.Caption}, args...)...))
	}
	if c.Caption == "" || c.Alt == "" {
		fault("caption and text alternative are both needed")
	}
	for _, s := range c.Series {
		want := len(c.Categories)
		if !c.bars() {
			want = len(s.X)
		}
		if len(s.Y) != want {
			fault("series %q has %d values for %d positions", s.Name, len(s.Y), want)
		}
	}
	return faults
}
