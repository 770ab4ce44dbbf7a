package store

import (
	"cmp"
	"context"
	"math"
	"slices"

	"thermie/interval"
)

// Where short intervals have expired, their hours stand for them: whoever
// reads, exports or explains a year long gone finds what its figures rest on.

// standing returns the merged records of one meter and kind that begin in the
// range.
func (s *siteView) standing(ctx context.Context, group []series, waiting map[series][]interval.Record, wanted span) ([]interval.Record, error) {
	hours, rest, err := s.hoursOfExpired(ctx, group, wanted)
	if err != nil {
		return nil, err
	}
	recs, err := s.merged(ctx, group, waiting, rest)
	return append(hours, recs...), err
}

// hoursOfExpired returns the hours of one meter and kind that stand for its
// expired intervals in the range, and what of the range is left for
// intervals. Those of an hour and longer that are left from before are in the
// hours already.
func (s *siteView) hoursOfExpired(ctx context.Context, group []series, wanted span) (hours []interval.Record, rest span, err error) {
	kept := s.keptFrom * secondsPerDay
	if wanted.from >= kept || !slices.ContainsFunc(group, series.short) {
		return nil, wanted, nil
	}
	if err := s.loadProfiles(ctx); err != nil {
		return nil, wanted, err
	}
	old := span{max(0, wanted.from), min(wanted.to, kept)}
	hours, err = s.appendHours(ctx, nil, group, old, nil)
	return hours, span{old.to, wanted.to}, err
}

// each hands over every interval of one meter and kind, the longest first,
// and by length those that begin first.
func (s *siteView) each(ctx context.Context, group []series, waiting map[series][]interval.Record, visit func(*interval.Record) error) error {
	always := span{0, (lastDay + 1) * secondsPerDay}
	all, rest, err := s.hoursOfExpired(ctx, group, always)
	if err != nil {
		return err
	}
	expired := len(all)
	for _, one := range group {
		c, err := s.chain(ctx, one, waiting, always)
		if err != nil {
			return err
		}
		for i := range c.recs {
			if c.recs[i].Start >= rest.from {
				all = append(all, c.recs[i])
			}
		}
	}
	if expired > 0 {
		slices.SortFunc(all, func(a, b interval.Record) int {
			return cmp.Or(cmp.Compare(b.Length, a.Length), cmp.Compare(a.Start, b.Start))
		})
	}
	for i := range all {
		if err := visit(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// endsOfExpired returns the hours of the first and the last month of every
// roll-up of a site of which intervals have expired.
func (s *siteView) endsOfExpired(ctx context.Context) (hours []interval.Record, err error) {
	if s.keptFrom == 0 {
		return nil, nil
	}
	if err := s.loadProfiles(ctx); err != nil {
		return nil, err
	}
	for one, number := range s.profileIDs {
		for _, order := range []string{"ASC", "DESC"} {
			query := "SELECT id & 65535 FROM rollup WHERE id BETWEEN ? AND ? ORDER BY id " + order + " LIMIT 1"
			months, err := numbers(ctx, s.tx, query, rollupID(number, 0), rollupID(number, math.MaxUint16))
			if err != nil {
				return nil, err
			}
			for _, month := range months {
				if hours, _, err = s.appendMonths(ctx, hours, one, monthSpan(month)); err != nil {
					return nil, err
				}
			}
		}
	}
	return hours, nil
}
