package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"thermie/configs"
)

// csvTable is a history file with its map: where the time stands, and which
// column is which quantity.
type csvTable struct {
	name    string // of the file, for messages
	m       *configs.CSVMap
	lines   *csvLines
	wall    wallReader
	zoned   zoned
	time    int // index of the time column
	columns []tableColumn
}

// tableColumn is a mapped column, where it stands and its way to SI.
type tableColumn struct {
	configs.Column
	index int
	toSI  configs.Conversion
}

// openTable reads the header. Each column of the map must be there.
func openTable(csv io.Reader, m *configs.CSVMap, name string) (*csvTable, error) {
	t := &csvTable{name: name, m: m, lines: newCSVLines(csv, m.Encoding)}
	var err error
	if t.wall, err = newWallReader(m.Time); err != nil {
		return nil, fmt.Errorf("map of %s: %w", name, err)
	}
	if !t.wall.isInstant() {
		if t.zoned.zone, err = m.Location(); err != nil {
			return nil, fmt.Errorf("map of %s: %w", name, err)
		}
	}
	header, err := t.header()
	if err != nil {
		return nil, err
	}
	return t, t.find(header)
}

// header returns the cells of the first line that holds something.
func (t *csvTable) header() ([]string, error) {
	for {
		line, err := t.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, fmt.Errorf("%s: the file is empty", t.name)
		case err != nil:
			return nil, t.at(t.lines.number, err)
		case strings.TrimSpace(line) == "":
			continue
		}
		cells, err := splitCells(line, t.m.Delimiter)
		if err != nil {
			return nil, t.at(t.lines.number, err)
		}
		return cells, nil
	}
}

// find looks the mapped columns up in the header; all that are missing are
// named at once.
func (t *csvTable) find(header []string) error {
	var missing []error
	look := func(column string) int {
		first := slices.Index(header, column)
		if first < 0 {
			missing = append(missing, t.at(t.lines.number, fmt.Errorf("no column %q", column)))
		} else if slices.Contains(header[first+1:], column) {
			missing = append(missing, t.at(t.lines.number, fmt.Errorf("two columns are called %q", column)))
		}
		return first
	}
	t.time = look(t.m.Time.Column)
	for _, c := range t.m.Columns {
		toSI, err := configs.UnitFor(c.Kind, c.Unit)
		if err != nil {
			return fmt.Errorf("map of %s, column %q: %w", t.name, c.Column, err)
		}
		t.columns = append(t.columns, tableColumn{c, look(c.Column), toSI})
	}
	if len(missing) > 0 {
		return errors.Join(append(missing, fmt.Errorf("hint: with delimiter %q the header reads %q", t.m.Delimiter, header))...)
	}
	return nil
}

// rows hands the file's rows to take, in the file's order and with their
// instants, until take returns false; refuse hears of each line that is no
// row.
func (t *csvTable) rows(ctx context.Context, take func(row) bool, refuse func(error)) error {
	going := true
	t.zoned.accept = func(r row) { going = going && take(r) }
	t.zoned.refuse = func(r row, err error) { refuse(t.at(r.line, err)) }
	for going && ctx.Err() == nil {
		r, err := t.row()
		switch {
		case errors.Is(err, io.EOF):
			t.zoned.flush()
			return nil
		case errors.Is(err, errBadLine):
			refuse(t.at(t.lines.number, err))
		case err != nil:
			return fmt.Errorf("reading %s: %w", t.name, err)
		case r.cells != nil:
			t.zoned.put(r)
		}
	}
	return ctx.Err()
}

// row reads the next line; a blank one gives a row without cells.
func (t *csvTable) row() (r row, err error) {
	line, err := t.lines.next()
	if err != nil || strings.TrimSpace(line) == "" {
		return r, err
	}
	r.line = t.lines.number
	cells, err := splitCells(line, t.m.Delimiter)
	if err != nil {
		return r, err
	}
	if t.time >= len(cells) {
		return r, fmt.Errorf("%w: %d cells, the time is in cell %d", errBadLine, len(cells), t.time+1)
	}
	if r.wall, err = t.wall.read(cells[t.time], t.m.Decimal); err != nil {
		return r, fmt.Errorf("%w: %w", errBadLine, err)
	}
	r.cells = cells
	return r, nil
}

// number reads the cell of a column; a short row has nothing in it.
func (t *csvTable) number(r row, c tableColumn) (float64, error) {
	if c.index >= len(r.cells) {
		return 0, errEmptyCell
	}
	return cellNumber(r.cells[c.index], t.m.Decimal)
}

// at says where in the file something is wrong.
func (t *csvTable) at(line int, err error) error { return fmt.Errorf("%s:%d: %w", t.name, line, err) }
