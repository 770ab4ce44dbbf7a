package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"thermie/interval"
)

// What of a site's hours stands in the tables: roll-ups, and intervals of an
// hour and longer, which need none.

// storedHours reads what is up to date: roll-ups, and, of the months that
// have none because no interval is shorter than an hour, the intervals.
func (s *siteView) storedHours(ctx context.Context, wanted span, stale staleDays, of func(interval.Kind) bool) (hours []interval.Record, err error) {
	if err := s.loadProfiles(ctx); err != nil {
		return nil, err
	}
	var groups [][]series
	for _, group := range s.groups(nil) {
		if of(group[0].kind) {
			groups = append(groups, group)
		}
	}
	// A year at once is common; of longer spans only the first is foreseen.
	hours = make([]interval.Record, 0, len(groups)*int(min((wanted.to-wanted.from)/secondsPerHour+1, 366*24)))
	for _, group := range groups {
		if hours, err = s.appendHours(ctx, hours, group, wanted, stale); err != nil {
			return nil, err
		}
	}
	return hours, nil
}

// appendHours appends the hours of one meter and kind.
func (s *siteView) appendHours(ctx context.Context, hours []interval.Record, group []series, wanted span, stale staleDays) ([]interval.Record, error) {
	first := len(hours)
	hours, months, err := s.appendMonths(ctx, hours, group[0].profile(), wanted)
	if err != nil {
		return nil, err
	}
	rolled := len(hours)
	for _, run := range runsWithout(months, wanted) {
		some, err := s.computed(ctx, group, nil, run)
		if err != nil {
			return nil, err
		}
		hours = append(hours, some...)
	}
	if first < rolled && rolled < len(hours) {
		slices.SortFunc(hours[first:], func(a, b interval.Record) int { return cmp.Compare(a.Start, b.Start) })
	}
	kept := slices.DeleteFunc(hours[first:], func(r interval.Record) bool {
		return r.Start < wanted.from || r.Start >= wanted.to || stale.has(dayOf(r.Start))
	})
	return hours[:first+len(kept)], nil
}

// appendMonths appends the hours of a profile's roll-ups, and lists their
// months.
func (s *siteView) appendMonths(ctx context.Context, hours []interval.Record, one profile, wanted span) (_ []interval.Record, months []int64, err error) {
	number, known := s.profileIDs[one]
	if !known {
		return hours, nil, nil
	}
	rows, err := s.tx.QueryContext(ctx, "SELECT id, data FROM rollup WHERE id BETWEEN ? AND ? ORDER BY id",
		rollupID(number, monthOf(wanted.from)), rollupID(number, monthOf(max(wanted.from, wanted.to-1))))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var data sql.RawBytes
		if err := rows.Scan(&id, &data); err != nil {
			return nil, nil, err
		}
		months = append(months, id&math.MaxUint16)
		if hours, err = decodeMonth(hours, data, s.name, one, id&math.MaxUint16); err != nil {
			return nil, nil, err
		}
	}
	return hours, months, rows.Err()
}

// runsWithout returns what the given months, in order, leave of a span.
func runsWithout(months []int64, wanted span) (runs []span) {
	from := wanted.from
	for _, month := range months {
		at := monthSpan(month)
		if from < at.from {
			runs = append(runs, span{from, at.from})
		}
		from = at.to
	}
	if from < wanted.to {
		runs = append(runs, span{from, wanted.to})
	}
	return runs
}

// loadProfiles reads the names of the site's roll-ups, once.
func (s *siteView) loadProfiles(ctx context.Context) error {
	if s.profileIDs != nil {
		return nil
	}
	s.profileIDs = map[profile]int64{}
	rows, err := s.tx.QueryContext(ctx, "SELECT id, meter, kind FROM profile WHERE site = ?", s.id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var one profile
		if err := rows.Scan(&id, &one.meter, &one.kind); err != nil {
			return err
		}
		s.profileIDs[one] = id
	}
	return rows.Err()
}

// decodeMonth appends the hours of a row of the table rollup.
func decodeMonth(hours []interval.Record, data []byte, site string, one profile, month int64) ([]interval.Record, error) {
	return decodeBlock(hours, data, site, series{one.meter, one.kind, secondsPerHour}, dayOf(monthSpan(month).from))
}

// encodeMonth is the reverse of decodeMonth.
func encodeMonth(hours []interval.Record, month int64) []byte {
	return appendBlock(nil, hours, dayOf(monthSpan(month).from))
}

// needsRollup reports whether a month of one meter and kind needs a roll-up:
// because an interval shorter than an hour lies in it or reaches into it, or
// did so before it expired.
func (s *siteView) needsRollup(ctx context.Context, group []series, month int64) (needed bool, err error) {
	at := monthSpan(month)
	if number, known := s.profileIDs[group[0].profile()]; known && dayOf(at.from) < s.keptFrom {
		query := "SELECT EXISTS (SELECT 1 FROM rollup WHERE id = ?)"
		if err := s.tx.QueryRowContext(ctx, query, rollupID(number, month)).Scan(&needed); err != nil || needed {
			return needed, err
		}
	}
	for _, one := range group {
		if needed || !one.short() {
			continue
		}
		first, last := dayOf(max(0, at.from-secondsPerHour)), min(lastDay, dayOf(at.to-1))
		query := "SELECT EXISTS (SELECT 1 FROM block WHERE id BETWEEN ? AND ?)"
		if err := s.tx.QueryRowContext(ctx, query, blockID(s.ids[one], first), blockID(s.ids[one], last)).Scan(&needed); err != nil {
			return false, err
		}
	}
	return needed, nil
}
