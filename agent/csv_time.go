package agent

import (
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// row is one line of a history file whose time has been read.
type row struct {
	line  int
	wall  time.Time // what the file says, kept as if it were UTC
	at    time.Time // the instant, once it is known
	cells []string
}

// wallReader reads the time column.
type wallReader struct {
	format string
	day    time.Time
}

func newWallReader(t configs.CSVTime) (w wallReader, err error) {
	w.format = t.Format
	if t.Format == "day_fraction" {
		w.day, err = time.Parse(time.DateOnly, t.Day)
	}
	return w, err
}

// isInstant reports whether the column says instants, which need no zone.
func (w wallReader) isInstant() bool { return w.format == "unix_s" }

// read returns the wall time in a cell, as if it were UTC.
func (w wallReader) read(cell, decimal string) (time.Time, error) {
	switch w.format {
	case "unix_s", "day_fraction":
		n, err := cellNumber(cell, decimal)
		if err != nil {
			return time.Time{}, fmt.Errorf("time: %w", err)
		}
		if at, ok := interval.UnixTime(n); ok && w.isInstant() {
			return at, nil
		}
		if !w.isInstant() && n >= 0 && n < 367 {
			return w.day.Add(time.Duration(math.Round(n*86400e3)) * time.Millisecond), nil
		}
		return time.Time{}, fmt.Errorf("time: %q is out of range for %s", cell, w.format)
	}
	at, err := time.Parse(w.format, cell)
	if err != nil {
		return time.Time{}, fmt.Errorf("time: %q is not written like %q", cell, w.format)
	}
	return at, nil
}

// instants returns every instant at which clocks in the zone showed wall: one
// as a rule, none in the hour that spring leaves out, two in the hour that
// autumn has twice; the earlier first.
func instants(wall time.Time, zone *time.Location) []time.Time {
	var found []time.Time
	for _, around := range []time.Duration{-26 * time.Hour, 26 * time.Hour} {
		_, offset := wall.Add(around).In(zone).Zone()
		at := wall.Add(-time.Duration(offset) * time.Second)
		if _, there := at.In(zone).Zone(); there == offset && !slices.ContainsFunc(found, at.Equal) {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, time.Time.Compare)
	return found
}

// zoned gives rows their instants. Rows of the hour that autumn has twice are
// held until it is over: where the times run back once, the rows before are
// in summer time and the rows after in winter time. A file that shows the
// hour only once does not say which it was, and those rows are refused.
type zoned struct {
	zone   *time.Location // nil: rows are instants already
	held   []row
	accept func(row)
	refuse func(row, error)
}

// put takes the next row of the file.
func (z *zoned) put(r row) {
	if z.zone == nil {
		r.at = r.wall
		z.accept(r)
		return
	}
	switch found := instants(r.wall, z.zone); len(found) {
	case 0:
		z.flush()
		z.refuse(r, fmt.Errorf("%s does not exist in %s: clocks were put forward (hint: a file in standard time all year has timezone: \"+01:00\")",
			r.wall.Format("2006-01-02 15:04:05"), z.zone))
	case 1:
		z.flush()
		r.at = found[0]
		z.accept(r)
	default:
		if n := len(z.held); n > 0 && r.wall.Sub(z.held[n-1].wall).Abs() > 12*time.Hour {
			z.flush()
		}
		z.held = append(z.held, r)
	}
}

// flush decides about the rows held; put behind the last row of the file too.
func (z *zoned) flush() {
	held := z.held
	z.held = nil
	back := len(held)
	for i := 1; i < len(held) && back == len(held); i++ {
		if !held[i].wall.After(held[i-1].wall) {
			back = i
		}
	}
	for i, r := range held {
		if back == len(held) {
			z.refuse(r, fmt.Errorf("%s exists twice in %s and the file shows it once: it does not say which is meant",
				r.wall.Format("2006-01-02 15:04:05"), z.zone))
			continue
		}
		found := instants(r.wall, z.zone)
		r.at = found[0]
		if i >= back {
			r.at = found[1]
		}
		z.accept(r)
	}
}
