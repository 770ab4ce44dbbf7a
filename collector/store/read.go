package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/interval"
)

// Sites implements Store.
func (e *Embedded) Sites(ctx context.Context) ([]string, error) {
	sites, err := texts(ctx, e.read, "SELECT name FROM site ORDER BY name")
	if err != nil {
		return nil, fmt.Errorf("read sites: %w", err)
	}
	return sites, nil
}

// Cards implements Store.
func (e *Embedded) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	// SQLite takes the other columns from the row that has the maximum.
	lines, err := texts(ctx, e.read, `SELECT line FROM
		(SELECT meter, valid_from, line, max(rev) FROM card WHERE site = (SELECT id FROM site WHERE name = ?) GROUP BY meter, valid_from)
		ORDER BY meter, valid_from`, site)
	if err != nil {
		return nil, fmt.Errorf("read cards of %s: %w", site, err)
	}
	cards := make([]interval.Card, len(lines))
	for i, line := range lines {
		var l interval.Line
		if err := l.Decode([]byte(line), time.Second); err != nil {
			return nil, fmt.Errorf("read cards of %s: %q: %w", site, line, err)
		}
		cards[i] = l.Card
	}
	return cards, nil
}

// Events implements Store.
func (e *Embedded) Events(ctx context.Context, site string, from, to time.Time) ([]interval.Event, error) {
	lines, err := texts(ctx, e.read, `SELECT line FROM event
		WHERE site = (SELECT id FROM site WHERE name = ?) AND at >= ? AND at < ? ORDER BY at, line`, site, from.Unix(), to.Unix())
	if err != nil {
		return nil, fmt.Errorf("read events of %s: %w", site, err)
	}
	events := make([]interval.Event, len(lines))
	for i, line := range lines {
		var l interval.Line
		if err := l.Decode([]byte(line), time.Second); err != nil {
			return nil, fmt.Errorf("read events of %s: %q: %w", site, line, err)
		}
		events[i] = l.Event
	}
	return events, nil
}

// Records implements Store.
func (e *Embedded) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	var groups [][]interval.Record
	err := e.view(ctx, site, func(s *siteView) error {
		waiting, err := s.waiting(ctx)
		if err != nil {
			return err
		}
		for _, group := range s.groups(waiting) {
			recs, err := s.standing(ctx, group, waiting, span{from.Unix(), to.Unix()})
			if err != nil {
				return err
			}
			groups = append(groups, recs)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read intervals of %s: %w", site, err)
	}
	return slices.Concat(groups...), nil
}

// Span implements Store. It looks at the first and the last block of each
// series only.
func (e *Embedded) Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error) {
	err = e.view(ctx, site, func(s *siteView) error {
		ends, err := s.ends(ctx)
		if err != nil || len(ends) == 0 {
			return err
		}
		first, last := ends[0].Start, ends[0].End()
		for i := range ends {
			first, last = min(first, ends[i].Start), max(last, ends[i].End())
		}
		from, to, ok = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC(), true
		return nil
	})
	if err != nil {
		return from, to, false, fmt.Errorf("read span of %s: %w", site, err)
	}
	return from, to, ok, nil
}

// Walk implements Store.
func (e *Embedded) Walk(ctx context.Context, site string, each func(*interval.Record) error) error {
	err := e.view(ctx, site, func(s *siteView) error {
		waiting, err := s.waiting(ctx)
		if err != nil {
			return err
		}
		for _, group := range s.groups(waiting) {
			if err := s.each(ctx, group, waiting, each); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read all of %s: %w", site, err)
	}
	return nil
}

// Counts implements Store.
func (e *Embedded) Counts(ctx context.Context) (Counts, error) {
	// No commit may come between what is counted and what waits.
	e.settling.RLock()
	defer e.settling.RUnlock()
	c := Counts{Pending: e.pending.lines()}
	rows, err := e.read.QueryContext(ctx, "SELECT name, value FROM count")
	if err != nil {
		return c, fmt.Errorf("read counts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name outcome
		var value int64
		if err := rows.Scan(&name, &value); err != nil {
			return c, fmt.Errorf("read counts: %w", err)
		}
		switch name {
		case added:
			c.Intervals = value
		case replayed:
			c.Replayed = value
		case corrected:
			c.Corrected = value
		case outdated:
			c.Outdated = value
		case conflicts:
			c.Conflicts = value
		}
	}
	return c, rows.Err()
}
