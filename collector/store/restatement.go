package store

import (
	"context"
	"maps"
	"slices"
)

// restatement is what is written anew of a site. Its months may be written
// before the rest: as long as their days are stale, nobody reads these days
// from them.
type restatement struct {
	site        int64
	hash        string
	redescribed bool     // other cards than those of the balances: all days are marked
	all         []dayRun // then
	rollups     []monthOfProfile
	spans       []dayRun // civil days that are replaced
	days        []Day
	done        staleDays
}

// restatement computes the oldest stale days of a site; nil if there is none.
func (s *siteView) restatement(ctx context.Context, b *boundary) (*restatement, error) {
	r := &restatement{site: s.id, hash: b.hash, redescribed: b.hash != s.described}
	var err error
	if r.redescribed {
		r.all, err = s.everyDay(ctx)
		return r, err
	}
	if r.done, err = s.oldestStale(ctx); err != nil || len(r.done) == 0 {
		return nil, err
	}
	if r.rollups, err = s.restatedMonths(ctx, r.done); err != nil {
		return nil, err
	}
	r.spans = b.staleRuns(r.done, 0, lastDay)
	for _, run := range r.spans {
		days, err := s.computedDays(ctx, b, run)
		if err != nil {
			return nil, err
		}
		r.days = append(r.days, days...)
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

// storeRestatement writes what was computed besides the months of roll-ups. A
// day that was marked again meanwhile stays stale.
func (w *writer) storeRestatement(ctx context.Context, r *restatement) error {
	if r.redescribed {
		return w.redescribe(ctx, r)
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
	if err := w.addStale(r.site, r.all, cardsOnly); err != nil {
		return err
	}
	_, err := w.conn.ExecContext(ctx, "UPDATE site SET described = ? WHERE id = ?", r.hash, r.site)
	return err
}
