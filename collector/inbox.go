package collector

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"thermie/interval"
)

// maxRow bounds the lines in one row of the inbox, so that a fold can take
// as little at a time as it needs.
const maxRow = 1000

// row is what one append adds to the inbox for one site.
type row struct {
	site   string
	count  int
	lines  []byte // in the wire form with seconds, each ended by a newline
	packed []byte // lines, compressed: a sixth of the pages to write and to sync
}

// Append implements Store. Encoding runs in the caller's goroutine; only the
// insert waits for the writer.
func (e *Embedded) Append(ctx context.Context, b Batch) error {
	rows, err := rowsOf(b.Records)
	if err != nil {
		return err
	}
	if b.Len() == 0 {
		return nil
	}
	err = e.submit(ctx, func(w *writer) error {
		for _, r := range rows {
			if err := w.appendLines(r); err != nil {
				return err
			}
		}
		for i := range b.Cards {
			if err := w.appendCard(&b.Cards[i]); err != nil {
				return err
			}
		}
		for i := range b.Events {
			if err := w.appendEvent(&b.Events[i]); err != nil {
				return err
			}
		}
		return nil
	}, func() { e.waits(rows) })
	if err != nil {
		return fmt.Errorf("append %d lines: %w", b.Len(), err)
	}
	return nil
}

// waits notes rows that are now in the inbox, and wakes the folder if a site
// has become due.
func (e *Embedded) waits(rows []row) {
	for _, r := range rows {
		if e.pending.add(r.site, r.count, time.Now()) < foldAt {
			continue
		}
		select {
		case e.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// rowsOf encodes records into rows, one after the other for each site.
func rowsOf(recs []interval.Record) ([]row, error) {
	var rows []row
	open := map[string]int{} // the row of a site that still takes lines
	for i := range recs {
		r := &recs[i]
		if err := checkRange(r); err != nil {
			return nil, err
		}
		at, ok := open[r.Site]
		if !ok || rows[at].count == maxRow {
			at = len(rows)
			open[r.Site] = at
			rows = append(rows, row{site: r.Site})
		}
		rows[at].lines = append(r.AppendLine(rows[at].lines), '\n')
		rows[at].count++
	}
	for i := range rows {
		rows[i].packed = pack(nil, rows[i].lines)
	}
	return rows, nil
}

func (w *writer) appendLines(r row) error {
	site, err := w.site(r.site)
	if err != nil {
		return err
	}
	_, err = w.addLines.Exec(site, r.count, r.packed)
	return err
}

// appendCard keeps every revision of a card; one that says something else
// under a known revision is counted and not kept.
func (w *writer) appendCard(c *interval.Card) error {
	site, err := w.site(c.Site)
	if err != nil {
		return err
	}
	line := string(c.AppendLine(nil))
	done, err := w.addCard.Exec(site, c.Meter, c.ValidFrom, c.Rev, line)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return err
	}
	var kept string
	if err := w.getCard.QueryRow(site, c.Meter, c.ValidFrom, c.Rev).Scan(&kept); err != nil || kept == line {
		return err
	}
	_, err = w.count.Exec(1, "conflicts")
	return err
}

func (w *writer) appendEvent(e *interval.Event) error {
	site, err := w.site(e.Site)
	if err != nil {
		return err
	}
	_, err = w.addEvent.Exec(site, e.At, string(e.AppendLine(nil)))
	return err
}

// eachLine decodes the lines of one row.
func eachLine(packed []byte, each func(*interval.Record)) error {
	lines, err := unpack(packed)
	if err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	var l interval.Line
	for len(lines) > 0 {
		line, rest, _ := bytes.Cut(lines, []byte{'\n'})
		if err := l.Decode(line, time.Second); err != nil {
			return fmt.Errorf("inbox line %q: %w", line, err)
		}
		each(&l.Record)
		lines = rest
	}
	return nil
}
