package store

import (
	"context"
	"fmt"
	"slices"

	"thermie/collector/sqlite"
)

// daysQuery lists the days of a site of which something is kept, of each
// block and month the first: blocks, roll-ups and balances.
const daysQuery = `SELECT DISTINCT block.id & 65535 FROM series JOIN block
	ON block.id BETWEEN series.id << 16 AND series.id << 16 | 65535 WHERE series.site = ?1
	UNION SELECT unixepoch('1970-01-01', (rollup.id & 65535) || ' months') / 86400 FROM profile JOIN rollup
	ON rollup.id BETWEEN profile.id << 16 AND profile.id << 16 | 65535 WHERE profile.site = ?1
	UNION SELECT day FROM balance WHERE site = ?1`

// monthsOf lists the UTC months of a site that something may be computed of.
func monthsOf(ctx context.Context, db sqlite.Querier, site int64) (months []int64, err error) {
	days, err := numbers(ctx, db, daysQuery, site)
	for _, day := range days {
		months = append(months, monthOf(day*secondsPerDay))
	}
	slices.Sort(months)
	return slices.Compact(months), err
}

// everyDay lists the days of the site's months.
func (s *siteView) everyDay(ctx context.Context) ([]dayRun, error) {
	months, err := monthsOf(ctx, s.tx, s.id)
	var spans []span
	for _, month := range months {
		spans = append(spans, monthSpan(month))
	}
	return daysOf(spans), err
}

// RestateAll computes every roll-up and balance anew, whether it should be
// there or not.
func (e *Embedded) RestateAll(ctx context.Context) error {
	sites, err := e.Sites(ctx)
	if err != nil {
		return fmt.Errorf("restate: %w", err)
	}
	for _, site := range sites {
		if err := e.allStale(ctx, site); err != nil {
			return fmt.Errorf("restate %s: %w", site, err)
		}
	}
	return e.Restate(ctx)
}

// allStale marks every day of a site. Where the intervals have expired, the
// roll-ups are what remains.
func (e *Embedded) allStale(ctx context.Context, site string) error {
	var id int64
	var days, kept []dayRun
	err := e.view(ctx, site, func(s *siteView) (err error) {
		id = s.id
		days, err = s.everyDay(ctx)
		kept = daysFrom(s.keptFrom, slices.Clone(days))
		return err
	})
	if err != nil {
		return err
	}
	return e.submit(ctx, func(w *writer) error {
		if err := w.addStale(id, days, cardsOnly); err != nil {
			return err
		}
		return w.addStale(id, kept, 0)
	}, nil)
}
