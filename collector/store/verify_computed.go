package store

import (
	"context"
	"slices"

	"thermie/interval"
)

// verifyComputed compares what the tables have of the site with what its
// intervals give, month by month. Days that are stale are computed by who
// reads them and are not compared.
func (s *siteView) verifyComputed(ctx context.Context, b *boundary, v *Verification) error {
	months, err := monthsOf(ctx, s.tx, s.id)
	if err != nil {
		return err
	}
	for _, month := range months {
		wanted := monthSpan(month)
		// The days beside count: a civil day may lie in two months.
		stale, err := s.staleWithin(ctx, wanted.widened(secondsPerDay), nil)
		if err != nil {
			return err
		}
		if dayOf(wanted.from) >= max(s.keptFrom, s.rolledFrom) {
			if err := s.verifyHours(ctx, month, stale, v); err != nil {
				return err
			}
		}
		if b.hash == s.described {
			if err := s.verifyDays(ctx, b, wanted, stale, v); err != nil {
				return err
			}
		}
		if err := s.verifySums(ctx, month, v); err != nil {
			return err
		}
	}
	return nil
}

// verifyHours compares the roll-ups of a month with its intervals, and looks
// for those that should be there.
func (s *siteView) verifyHours(ctx context.Context, month int64, stale staleDays, v *Verification) error {
	wanted := monthSpan(month)
	all := func(interval.Kind) bool { return true }
	stored, err := s.storedHours(ctx, wanted, stale, all)
	if err != nil {
		return err
	}
	fresh, err := s.freshHours(ctx, nil, wanted, all)
	if err != nil {
		return err
	}
	fresh = slices.DeleteFunc(fresh, func(r interval.Record) bool { return stale.has(dayOf(r.Start)) })
	v.Months++
	if !slices.EqualFunc(stored, fresh, interval.Record.Same) {
		v.fault(restateHint, "roll-ups of %s, month of %s, are not those of its intervals", s.name, dateOf(dayOf(wanted.from)))
	}
	return s.verifyRollups(ctx, month, fresh, v)
}

// verifyRollups looks for a roll-up of every kind that has up-to-date hours
// and needs one.
func (s *siteView) verifyRollups(ctx context.Context, month int64, fresh []interval.Record, v *Verification) error {
	at := monthSpan(month)
	for _, group := range s.groups(nil) {
		one := group[0].profile()
		if !slices.ContainsFunc(fresh, func(r interval.Record) bool { return r.Meter == one.meter && r.Kind == one.kind }) {
			continue
		}
		_, months, err := s.appendMonths(ctx, nil, one, at)
		if err != nil {
			return err
		}
		needed, err := s.needsRollup(ctx, group, month)
		if err != nil {
			return err
		}
		if needed && len(months) == 0 {
			v.fault(restateHint, "the roll-up of %s %s/%s, month of %s, is not there", s.name, one.meter, one.kind, dateOf(dayOf(at.from)))
		}
	}
	return nil
}

// verifyDays compares the balances of a month with its hours.
func (s *siteView) verifyDays(ctx context.Context, b *boundary, month span, stale staleDays, v *Verification) error {
	first, last := max(s.rolledFrom, b.civilDay(month.from)), b.civilDay(month.to)-1
	if last < first {
		return nil
	}
	days, err := s.storedDays(ctx, first, last)
	if err != nil {
		return err
	}
	stored := map[int64]Day{}
	for _, d := range days {
		stored[d.civil()] = d
	}
	hours, _, err := s.hours(ctx, span{b.day(first).from, b.day(last).to}, nil)
	if err != nil {
		return err
	}
	uncompared := map[int64]bool{}
	for _, run := range b.staleRuns(stale, first, last) {
		for civil := run.first; civil <= run.last; civil++ {
			uncompared[civil] = true
			delete(stored, civil)
		}
	}
	for _, d := range b.balances(first, last, hours) {
		if civil := d.civil(); !uncompared[civil] {
			v.Days++
			if kept, there := stored[civil]; !there || kept != d {
				v.fault(restateHint, "the balance of %s on %s is not that of its intervals", s.name, dateOf(civil))
			}
			delete(stored, civil)
		}
	}
	for civil := range stored {
		v.fault(restateHint, "%s has a balance on %s and no intervals", s.name, dateOf(civil))
	}
	return nil
}
