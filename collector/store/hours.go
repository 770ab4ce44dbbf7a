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

// storedHours reads roll-ups, without the stale days.
func (s *siteView) storedHours(ctx context.Context, wanted span, stale staleDays, of func(interval.Kind) bool) (hours []interval.Record, err error) {
	if err := s.loadProfiles(ctx); err != nil {
		return nil, err
	}
	profiles := s.profiles(of)
	// A year at once is common; of longer spans only the first is foreseen.
	hours = make([]interval.Record, 0, len(profiles)*int(min((wanted.to-wanted.from)/secondsPerHour+1, 366*24)))
	for _, one := range profiles {
		rows, err := s.tx.QueryContext(ctx, "SELECT id, data FROM rollup WHERE id BETWEEN ? AND ? ORDER BY id",
			rollupID(s.profileIDs[one], monthOf(wanted.from)), rollupID(s.profileIDs[one], monthOf(max(wanted.from, wanted.to-1))))
		if err != nil {
			return nil, err
		}
		if hours, err = s.appendMonths(hours, rows, one, wanted, stale); err != nil {
			return nil, err
		}
	}
	return hours, nil
}

// appendMonths appends the hours of a profile's months.
func (s *siteView) appendMonths(hours []interval.Record, rows *sql.Rows, one profile, wanted span, stale staleDays) ([]interval.Record, error) {
	defer rows.Close()
	for rows.Next() {
		var id int64
		var data sql.RawBytes
		if err := rows.Scan(&id, &data); err != nil {
			return nil, err
		}
		first := len(hours)
		var err error
		if hours, err = decodeMonth(hours, data, s.name, one, id&math.MaxUint16); err != nil {
			return nil, err
		}
		kept := slices.DeleteFunc(hours[first:], func(r interval.Record) bool {
			return r.Start < wanted.from || r.Start >= wanted.to || stale.has(dayOf(r.Start))
		})
		hours = hours[:first+len(kept)]
	}
	return hours, rows.Err()
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

// profiles lists the site's roll-ups in order.
func (s *siteView) profiles(of func(interval.Kind) bool) (all []profile) {
	for one := range s.profileIDs {
		if of(one.kind) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b profile) int { return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind)) })
	return all
}

// decodeMonth appends the hours of a row of the table rollup.
func decodeMonth(hours []interval.Record, data []byte, site string, one profile, month int64) ([]interval.Record, error) {
	return decodeBlock(hours, data, site, series{one.meter, one.kind, secondsPerHour}, dayOf(monthSpan(month).from))
}

// encodeMonth is the reverse of decodeMonth.
func encodeMonth(hours []interval.Record, month int64) []byte {
	return appendBlock(nil, hours, dayOf(monthSpan(month).from))
}
