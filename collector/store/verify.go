package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"thermie/collector/sqlite"
	"thermie/interval"
)

// Verification says what was looked at and what is wrong.
type Verification struct {
	Sites, Cards, Events int
	Blocks, Intervals    int64
	Waiting              int64 // lines in the inbox
	Months, Days         int64 // of roll-ups, and balances, compared with their intervals
	StaleDays            int64 // not compared: they are to be computed anew
	Kinds                map[interval.Kind]Size
	FileBytes            int64 // of the database: blocks, keys, indexes, roll-ups and the rest
	Faults               []Fault
	More                 int // faults beyond those listed
}

// Size is what intervals take in their blocks.
type Size struct{ Intervals, Bytes int64 }

// Fault is something wrong, and what a person can do about it.
type Fault struct{ What, Hint string }

// maxFaults bounds the list: a disk that dies damages everything.
const maxFaults = 100

// What to do about the faults.
const (
	restoreHint = "look at the disk and restore a backup: thermie restore; what agents still hold they send again"
	restateHint = "the intervals are sound: thermie collector -config FILE -restate computes it anew"
)

func (v *Verification) fault(hint, what string, about ...any) {
	if len(v.Faults) == maxFaults {
		v.More++
		return
	}
	v.Faults = append(v.Faults, Fault{fmt.Sprintf(what, about...), hint})
}

// Verify reads everything that is stored: every page, block and its
// checksum, line, card and event, the counts, and whether roll-ups and
// balances are those of the intervals. It changes nothing, and the collector
// may be running. The error is that of a store that cannot be read at all.
func (e *Embedded) Verify(ctx context.Context) (*Verification, error) {
	v := &Verification{Kinds: map[interval.Kind]Size{}}
	before, err := noted(e.dir) // first: the database may only be further
	if err != nil {
		return v, fmt.Errorf("verify: %w", err)
	}
	problems, err := sqlite.Faults(ctx, e.read)
	if err != nil {
		return v, fmt.Errorf("verify: %w (hint: %s)", err, restoreHint)
	}
	for _, problem := range problems {
		v.fault(restoreHint, "SQLite: %s", problem)
	}
	next, err := loadInbox(ctx, e.read, &pending{})
	if err == nil {
		err = lost(e.dir, before, next)
	}
	if err != nil {
		v.fault(restoreHint, "inbox: %v", err)
	}
	if err := e.verifyBlocks(ctx, v); err != nil {
		return v, fmt.Errorf("verify blocks: %w", err)
	}
	pages := "SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"
	if err := e.read.QueryRowContext(ctx, pages).Scan(&v.FileBytes); err != nil {
		return v, fmt.Errorf("verify: %w", err)
	}
	if err := e.read.QueryRowContext(ctx, "SELECT count(*) FROM stale").Scan(&v.StaleDays); err != nil {
		return v, fmt.Errorf("verify: %w", err)
	}
	sites, err := e.Sites(ctx)
	if err != nil {
		return v, err
	}
	v.Sites = len(sites)
	for _, site := range sites {
		if err := e.verifySite(ctx, site, v); err != nil && ctx.Err() == nil {
			v.fault(restoreHint, "site %s: %v", site, err)
		}
		if err := ctx.Err(); err != nil {
			return v, err
		}
	}
	return v, nil
}

// verifyBlocks decodes every block and compares the counts, in one snapshot.
func (e *Embedded) verifyBlocks(ctx context.Context, v *Verification) error {
	tx, err := e.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, `SELECT block.id, data, coalesce(site.name, ''), coalesce(meter, ''), coalesce(kind, ''), coalesce(length, 0)
		FROM block LEFT JOIN series ON series.id = block.id >> 16 LEFT JOIN site ON site.id = series.site ORDER BY block.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var data sql.RawBytes
		var site string
		var one series
		if err := rows.Scan(&id, &data, &site, &one.meter, &one.kind, &one.length); err != nil {
			return err
		}
		v.Blocks++
		if site == "" {
			v.fault(restoreHint, "block %d belongs to no series", id)
			continue
		}
		recs, err := decodeBlock(nil, data, site, one, id&lastDay)
		if err == nil {
			err = inBlock(recs, one, id&lastDay)
		}
		if err != nil {
			v.fault(restoreHint, "block of %s %s/%s, %s: %v", site, one.meter, one.kind, dateOf(id&lastDay), err)
		}
		v.Intervals += int64(len(recs))
		size := v.Kinds[one.kind]
		v.Kinds[one.kind] = Size{size.Intervals + int64(len(recs)), size.Bytes + int64(len(data))}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var counted int64
	if err := tx.QueryRowContext(ctx, "SELECT value FROM count WHERE name = ?", string(added)).Scan(&counted); err != nil {
		return err
	}
	if counted != v.Intervals {
		v.fault(restoreHint, "%d intervals were counted when they were stored, %d are in the blocks", counted, v.Intervals)
	}
	return nil
}

// inBlock checks that records are in order, one a start, and of the block
// that begins with a day.
func inBlock(recs []interval.Record, one series, day int64) error {
	for i := range recs {
		if one.blockDay(dayOf(recs[i].Start)) != day || i > 0 && recs[i].Start <= recs[i-1].Start {
			return fmt.Errorf("record %d is out of order", i)
		}
	}
	return nil
}

// dateOf writes a day since 1970.
func dateOf(day int64) string { return time.Unix(day*secondsPerDay, 0).UTC().Format(time.DateOnly) }

// verifySite reads the rest of a site and compares what was computed.
func (e *Embedded) verifySite(ctx context.Context, site string, v *Verification) error {
	b, err := e.boundary(ctx, site)
	if err != nil {
		return err
	}
	cards, err := e.Cards(ctx, site)
	if err != nil {
		return err
	}
	events, err := e.Events(ctx, site, time.Unix(0, 0), EndOfTime)
	if err != nil {
		return err
	}
	v.Cards, v.Events = v.Cards+len(cards), v.Events+len(events)
	return e.view(ctx, site, func(s *siteView) error {
		waiting, err := s.waiting(ctx)
		if err != nil {
			return err
		}
		for _, recs := range waiting {
			v.Waiting += int64(len(recs))
		}
		s.places = nil // what waits makes its days stale when it is folded
		return s.verifyComputed(ctx, &b, v)
	})
}
