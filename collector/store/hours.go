package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/interval"
)

// profile names what one roll-up is about: the lengths are merged.
type profile struct {
	meter string
	kind  interval.Kind
}

// profile returns the roll-up that the series is part of.
func (s series) profile() profile { return profile{s.meter, s.kind} }

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
		if run.to <= run.from {
			continue // of days beside the range, on which something waits
		}
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
		some, err := s.computed(ctx, group, waiting, wanted)
		if err != nil {
			return nil, err
		}
		hours = append(hours, some...)
	}
	return hours, nil
}

// computed returns the hours of one meter and kind as its intervals give them.
func (s *siteView) computed(ctx context.Context, group []series, waiting map[series][]interval.Record, wanted span) ([]interval.Record, error) {
	// What began before may reach into the range; the longest is first.
	recs, err := s.merged(ctx, group, waiting, span{wanted.from - int64(group[0].length), wanted.to})
	return hoursOf(recs, wanted), err
}
