package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/interval"
)

// profile names what one roll-up is about: the lengths are merged.
type profile struct {
	meter string
	kind  interval.Kind
}

// Hours implements Store.
func (e *Embedded) Hours(ctx context.Context, site string, from, to time.Time, kinds ...interval.Kind) (hours []interval.Record, err error) {
	err = e.view(ctx, site, func(s *siteView) error {
		var err error
		hours, _, err = s.hours(ctx, hourSpan(from, to), kinds)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read hours of %s: %w", site, err)
	}
	return hours, nil
}

// hourSpan returns the whole hours that begin in the range and that a store
// has room for.
func hourSpan(from, to time.Time) span {
	up := func(second int64) int64 {
		second = min(max(second, 0), EndOfTime.Unix())
		return second + mod(-second, secondsPerHour)
	}
	return span{up(from.Unix()), up(to.Unix())}
}

// hours returns the hours of the wanted kinds (all if none is named) in the
// range: from the roll-ups where these are up to date, else from the
// intervals. It also says which days were stale.
func (s *siteView) hours(ctx context.Context, wanted span, kinds []interval.Kind) ([]interval.Record, staleDays, error) {
	if wanted.to <= wanted.from {
		return nil, nil, nil
	}
	waiting, err := s.waiting(ctx)
	if err != nil {
		return nil, nil, err
	}
	stale, err := s.staleWithin(ctx, wanted, waiting)
	if err != nil {
		return nil, nil, err
	}
	of := func(kind interval.Kind) bool { return len(kinds) == 0 || slices.Contains(kinds, kind) }
	hours, err := s.storedHours(ctx, wanted, stale, of)
	if err != nil {
		return nil, nil, err
	}
	sorted := len(hours)
	for _, run := range stale.runs() {
		run = span{max(run.from, wanted.from), min(run.to, wanted.to)}
		fresh, err := s.freshHours(ctx, waiting, run, of)
		if err != nil {
			return nil, nil, err
		}
		hours = append(hours, fresh...)
	}
	if len(hours) > sorted {
		slices.SortFunc(hours, func(a, b interval.Record) int {
			return cmp.Or(cmp.Compare(a.Meter, b.Meter), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Start, b.Start))
		})
	}
	return hours, stale, nil
}

// freshHours computes hours from the intervals.
func (s *siteView) freshHours(ctx context.Context, waiting map[series][]interval.Record, wanted span, of func(interval.Kind) bool) (hours []interval.Record, err error) {
	for _, group := range s.groups(waiting) {
		if !of(group[0].kind) {
			continue
		}
		// What began before may reach into the range; the longest is first.
		recs, err := s.merged(ctx, group, waiting, span{wanted.from - int64(group[0].length), wanted.to})
		if err != nil {
			return nil, err
		}
		hours = append(hours, hourly(recs, wanted)...)
	}
	return hours, nil
}

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
	hours, months, err := s.appendMonths(ctx, hours, profile{group[0].meter, group[0].kind}, wanted)
	if err != nil {
		return nil, err
	}
	rolled := len(hours)
	for _, run := range runsWithout(months, wanted) {
		// What began before may reach into the range; the longest is first.
		recs, err := s.merged(ctx, group, nil, span{run.from - int64(group[0].length), run.to})
		if err != nil {
			return nil, err
		}
		hours = append(hours, hourly(recs, run)...)
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
