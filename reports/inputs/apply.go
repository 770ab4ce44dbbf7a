package inputs

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"thermie/configs"
	"thermie/reports"
)

// Connection returns the site, the network and the year that the workbook is
// about.
func (w *Workbook) Connection() (site, network string, year int) {
	year, _ = strconv.Atoi(w.cells[prefix+"year"].text)
	return w.cells[prefix+"site"].text, w.cells[prefix+"network"].text, year
}

// Apply returns the area with what the engineer changed in the workbook, each
// change with its cell. All that cannot be meant is refused at once, with
// sheet and cell.
func (w *Workbook) Apply(area reports.Area, year int) (reports.Area, error) {
	site, network, of := w.Connection()
	if of != year {
		return area, fmt.Errorf("%s is about the year %d, the report about %d", w.Name, of, year)
	}
	if !slices.ContainsFunc(area.Networks, func(n configs.Network) bool { return n.ID == network }) {
		return area, fmt.Errorf("%s is about the network %q, which the configuration does not describe", w.Name, network)
	}
	c, err := CaseOf(area, site, network, year, 0, 0)
	if err != nil {
		return area, err
	}
	p := &applying{Workbook: w, c: &c}
	for _, g := range groups {
		for _, in := range g.lines(&c) {
			p.input(in)
		}
	}
	p.points()
	p.together()
	if err := errors.Join(p.faults...); err != nil {
		return area, fmt.Errorf("%s is not used:\n%w", w.Name, err)
	}
	area = c.enterInto(area)
	area.Restated = p.changes
	return area, nil
}

// applying is a workbook being applied.
type applying struct {
	*Workbook
	c       *Case
	changes []reports.Restated
	faults  []error
}

func (p *applying) fault(e entry, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("%s: "+format, append([]any{e.where()}, args...)...))
}

// origin says who states the value of a cell.
func (p *applying) origin(e entry) string { return p.Name + ", " + e.where() }

// changed notes a change.
func (p *applying) changed(id, unit, before, after string, e entry) {
	p.changes = append(p.changes, reports.Restated{ID: id, Before: before, After: after, Unit: unit, File: p.Name, Cell: e.where()})
}

// input enters one input, if it was changed.
func (p *applying) input(in input) {
	name := prefix + in.id
	e, ok := p.cells[name]
	if !ok {
		p.faults = append(p.faults, fmt.Errorf("no cell is named %s: it was deleted, or the workbook is of another version", name))
		return
	}
	if unit := p.cells[name+unitCell]; in.unit != "" && strings.TrimSpace(unit.text) != in.unit {
		p.fault(unit, "the unit is %q, and this input is stated in %s", unit.text, in.unit)
		return
	}
	v, ok := p.value(e, in.low, in.high, in.words)
	if !ok {
		return
	}
	start := in.parse(p.cells[name+startCell].text)
	switch {
	case v.same(start):
	case !v.known:
		p.fault(e, "the cell is empty; it was %s\nhint: write the value, or what it was", start.text())
	default:
		in.set(p.c, v, p.origin(e))
		p.changed(in.id, in.unit, start.text(), v.text(), e)
	}
}

// value reads a cell, with ok false where it cannot be meant.
func (p *applying) value(e entry, low, high float64, words []string) (v value, ok bool) {
	text := strings.TrimSpace(e.text)
	switch {
	case e.formula:
		p.fault(e, "the formula has no result\nhint: open the workbook, let it calculate, and save it")
	case text == "":
		return value{}, true
	case words != nil && !slices.Contains(words, text):
		p.fault(e, "%q is none of %s", text, strings.Join(words, ", "))
	case words != nil:
		return word(text), true
	case !e.numeric:
		p.fault(e, "%q is a text, not a number\nhint: write the number alone, with your program's decimal mark", text)
	case !plain(e.format):
		p.fault(e, "the cell is formatted as a percentage, a date or a time (%s)\nhint: format it as a number; 5 %% is written 5", e.format)
	default:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= low && n <= high) {
			p.fault(e, "%s is not within %g to %g", text, low, high)
			return value{}, false
		}
		return number(n), true
	}
	return value{}, false
}

// plain reports whether a format shows a number as it is.
func plain(format string) bool {
	var bare strings.Builder
	quoted, bracketed := false, false
	for _, r := range format {
		switch {
		case r == '"' && !bracketed:
			quoted = !quoted
		case r == '[' && !quoted:
			bracketed = true
		case r == ']':
			bracketed = false
		case !quoted && !bracketed:
			bare.WriteRune(r)
		}
	}
	text := strings.ToLower(strings.ReplaceAll(bare.String(), "General", ""))
	return !strings.ContainsAny(text, "%dmyhs")
}
