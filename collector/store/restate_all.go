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

// addAllStale marks every day of the site's months.
func (w *writer) addAllStale(ctx context.Context, site, mark int64) error {
	months, err := monthsOf(ctx, w.conn, site)
	if err != nil {
		return err
	}
	kept := w.store.keptFrom.Load()
	for _, month := range months {
		for _, day := range appendDays(nil, monthSpan(month)) {
			of := mark
			if day < kept { // its intervals have gone
				of = cardsOnly
			}
			if err := w.addStale(site, day, of); err != nil {
				return err
			}
		}
	}
	return nil
}

// RestateAll computes every roll-up and balance anew, whether it should be
// there or not.
func (e *Embedded) RestateAll(ctx context.Context) error {
	sites, err := numbers(ctx, e.read, "SELECT id FROM site")
	if err != nil {
		return fmt.Errorf("restate: %w", err)
	}
	for _, site := range sites {
		err := e.submit(ctx, func(w *writer) error { return w.addAllStale(ctx, site, 0) }, nil)
		if err != nil {
			return fmt.Errorf("restate: %w", err)
		}
	}
	return e.Restate(ctx)
}
