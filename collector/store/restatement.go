package store

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"thermie/interval"
)

// restatement is what one transaction writes of a site.
type restatement struct {
	site        int64
	hash        string
	redescribed bool // other cards than those of the balances: all days are marked
	rollups     []monthOfProfile
	spans       [][2]int64 // civil days that are replaced
	days        []Day
	done        staleDays
}

// monthOfProfile is a month of hours as it is written; none if there are no
// hours any more, or if the intervals are hours themselves.
type monthOfProfile struct {
	rollupKey
	hours []interval.Record
}

// restatement computes the oldest stale days of a site; nil if there is none.
func (s *siteView) restatement(ctx context.Context, b *boundary) (*restatement, error) {
	r := &restatement{site: s.id, hash: b.hash, redescribed: b.hash != s.described}
	if r.redescribed {
		return r, nil
	}
	var err error
	if r.done, err = s.oldestStale(ctx); err != nil || len(r.done) == 0 {
		return nil, err
	}
	if r.rollups, err = s.restatedMonths(ctx, r.done); err != nil {
		return nil, err
	}
	r.spans = b.staleRuns(r.done, 0, lastDay)
	for _, run := range r.spans {
		hours, _, err := s.hours(ctx, span{b.day(run[0]).from, b.day(run[1]).to}, nil)
		if err != nil {
			return nil, err
		}
		r.days = append(r.days, b.balances(run[0], run[1], hours)...)
	}
	return r, nil
}

// oldestStale reads the first of the site's stale days.
func (s *siteView) oldestStale(ctx context.Context) (staleDays, error) {
	rows, err := s.tx.QueryContext(ctx, "SELECT day, mark FROM stale WHERE site = ? ORDER BY day LIMIT ?", s.id, restateDays)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	stale := staleDays{}
	for rows.Next() {
		var day, mark int64
		if err := rows.Scan(&day, &mark); err != nil {
			return nil, err
		}
		stale[day] = mark
	}
	return stale, rows.Err()
}

// restatedMonths computes the stale days of all roll-ups and lays them over
// what is kept of their months.
func (s *siteView) restatedMonths(ctx context.Context, stale staleDays) ([]monthOfProfile, error) {
	all := func(interval.Kind) bool { return true }
	months := map[rollupKey][]interval.Record{}
	for _, run := range stale.runs() {
		for month := monthOf(run.from); month <= monthOf(run.to-1); month++ {
			stored, err := s.storedHours(ctx, monthSpan(month), stale, all)
			if err != nil {
				return nil, err
			}
			for _, group := range s.groups(nil) {
				months[rollupKey{profile{group[0].meter, group[0].kind}, month}] = nil // also those of which nothing is left
			}
			for _, r := range stored {
				at := rollupKeyOf(&r)
				months[at] = append(months[at], r)
			}
		}
	}
	for _, run := range stale.runs() {
		fresh, err := s.freshHours(ctx, nil, run, all)
		if err != nil {
			return nil, err
		}
		for _, r := range fresh {
			at := rollupKeyOf(&r)
			months[at] = append(months[at], r)
		}
	}
	for _, group := range s.groups(nil) {
		for at := range months {
			if at.profile != (profile{group[0].meter, group[0].kind}) {
				continue
			}
			needed, err := s.needsRollup(ctx, group, at.month)
			if err != nil {
				return nil, err
			}
			if !needed {
				months[at] = nil
			}
		}
	}
	return sortedMonths(months), nil
}

// rollupKey names a row of the table rollup.
type rollupKey struct {
	profile
	month int64
}

func rollupKeyOf(r *interval.Record) rollupKey {
	return rollupKey{profile{r.Meter, r.Kind}, monthOf(r.Start)}
}

// sortedMonths puts hours and months in order.
func sortedMonths(months map[rollupKey][]interval.Record) (list []monthOfProfile) {
	for at, hours := range months {
		slices.SortFunc(hours, func(a, b interval.Record) int { return cmp.Compare(a.Start, b.Start) })
		list = append(list, monthOfProfile{at, hours})
	}
	slices.SortFunc(list, func(a, b monthOfProfile) int {
		return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind), cmp.Compare(a.month, b.month))
	})
	return list
}

// storeRestatement writes what was computed. A day that was marked again
// meanwhile stays stale.
func (w *writer) storeRestatement(ctx context.Context, r *restatement) error {
	if r.redescribed {
		return w.redescribe(ctx, r)
	}
	for i := range r.rollups {
		if err := w.putMonth(ctx, r.site, &r.rollups[i]); err != nil {
			return err
		}
	}
	if err := w.putDays(ctx, r.site, r.spans, r.days); err != nil {
		return err
	}
	if err := w.sumMonths(ctx, r.site, r.spans); err != nil {
		return err
	}
	for _, day := range slices.Sorted(maps.Keys(r.done)) {
		if _, err := w.conn.ExecContext(ctx, "DELETE FROM stale WHERE site = ? AND day = ? AND mark = ?", r.site, day, r.done[day]); err != nil {
			return err
		}
	}
	return nil
}

// redescribe marks every day of the site, because its cards are others.
func (w *writer) redescribe(ctx context.Context, r *restatement) error {
	if err := w.addAllStale(ctx, r.site, cardsOnly); err != nil {
		return err
	}
	_, err := w.conn.ExecContext(ctx, "UPDATE site SET described = ? WHERE id = ?", r.hash, r.site)
	return err
}

// putMonth replaces a month of a roll-up.
func (w *writer) putMonth(ctx context.Context, site int64, m *monthOfProfile) error {
	if len(m.hours) == 0 {
		_, err := w.conn.ExecContext(ctx, "DELETE FROM rollup WHERE id = (SELECT id << 16 | ? FROM profile WHERE site = ? AND meter = ? AND kind = ?)",
			m.month, site, m.meter, m.kind)
		return err
	}
	var id int64
	err := w.conn.QueryRowContext(ctx, "INSERT INTO profile (site, meter, kind) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET kind = kind RETURNING id",
		site, m.meter, m.kind).Scan(&id)
	if err != nil {
		return err
	}
	_, err = w.conn.ExecContext(ctx, "INSERT OR REPLACE INTO rollup (id, data) VALUES (?, ?)", rollupID(id, m.month), encodeMonth(m.hours, m.month))
	return err
}
