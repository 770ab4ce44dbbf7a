package store

import (
	"cmp"
	"context"
	"slices"

	"thermie/interval"
)

// rollupKey names a row of the table rollup.
type rollupKey struct {
	profile
	month int64
}

// monthOfProfile is a month of hours as it is written; no data if there are no
// hours any more, or if the intervals are hours themselves.
type monthOfProfile struct {
	rollupKey
	data []byte
}

// restatedMonths computes the stale days of all roll-ups and lays them over
// what is kept of their months. One after the other is packed: a month of
// hours of a thousand series would take a tenth of a gigabyte.
func (s *siteView) restatedMonths(ctx context.Context, stale staleDays) (list []monthOfProfile, err error) {
	if err := s.loadProfiles(ctx); err != nil {
		return nil, err
	}
	runs := stale.runs()
	for _, group := range s.groups(nil) {
		for _, month := range monthsOfRuns(runs) {
			one := monthOfProfile{rollupKey: rollupKey{group[0].profile(), month}}
			if one.data, err = s.restatedMonth(ctx, group, month, stale, runs); err != nil {
				return nil, err
			}
			list = append(list, one)
		}
	}
	return list, nil
}

// monthsOfRuns lists the months in which spans lie, which are in order.
func monthsOfRuns(runs []span) (months []int64) {
	for _, run := range runs {
		for month := monthOf(run.from); month <= monthOf(run.to-1); month++ {
			months = append(months, month)
		}
	}
	return slices.Compact(months)
}

// restatedMonth computes the stale days of a month of one meter and kind.
func (s *siteView) restatedMonth(ctx context.Context, group []series, month int64, stale staleDays, runs []span) ([]byte, error) {
	needed, err := s.needsRollup(ctx, group, month)
	if !needed || err != nil {
		return nil, err
	}
	whole := monthSpan(month)
	hours, err := s.appendHours(ctx, nil, group, whole, stale)
	if err != nil {
		return nil, err
	}
	for _, run := range runs {
		run = span{max(run.from, whole.from), min(run.to, whole.to)}
		if run.to <= run.from {
			continue
		}
		fresh, err := s.computed(ctx, group, nil, run)
		if err != nil {
			return nil, err
		}
		hours = append(hours, fresh...)
	}
	if len(hours) == 0 {
		return nil, nil
	}
	slices.SortFunc(hours, func(a, b interval.Record) int { return cmp.Compare(a.Start, b.Start) })
	return encodeMonth(hours, month), nil
}

// putMonths replaces months of roll-ups.
func (w *writer) putMonths(ctx context.Context, site int64, months []monthOfProfile) error {
	for i := range months {
		if err := w.putMonth(ctx, site, &months[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putMonth(ctx context.Context, site int64, m *monthOfProfile) error {
	if m.data == nil {
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
	_, err = w.conn.ExecContext(ctx, "INSERT OR REPLACE INTO rollup (id, data) VALUES (?, ?)", rollupID(id, m.month), m.data)
	return err
}
