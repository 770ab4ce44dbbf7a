package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/interval"
)

// Cardholder gives the cards of a site that balances are formed with.
type Cardholder func(ctx context.Context, site string) ([]interval.Card, error)

// Describe implements Store.
func (e *Embedded) Describe(cards Cardholder) {
	e.cardholder.Store(&cards)
	e.restating.recheck()
}

// boundary reads what is described of a site.
func (e *Embedded) boundary(ctx context.Context, site string) (boundary, error) {
	from := e.Cards
	if described := e.cardholder.Load(); described != nil {
		from = *described
	}
	cards, err := from(ctx, site)
	return boundaryOf(site, cards), err
}

// Days implements Store.
func (e *Embedded) Days(ctx context.Context, site string, from, to time.Time) (days []Day, err error) {
	first, last := civilRange(from, to)
	if last < first {
		return nil, nil
	}
	b, err := e.boundary(ctx, site)
	if err != nil {
		return nil, err
	}
	err = e.view(ctx, site, func(s *siteView) error {
		var err error
		days, err = s.days(ctx, &b, first, last)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read balances of %s: %w", site, err)
	}
	return days, nil
}

// civilRange returns the first and the last of the days that begin in the
// range and that a store has room for.
func civilRange(from, to time.Time) (first, last int64) {
	up := func(t time.Time) int64 {
		second := min(max(t.Unix(), 0), EndOfTime.Unix())
		return (second + secondsPerDay - 1) / secondsPerDay
	}
	return up(from), up(to) - 1
}

// days returns the balances from the first to the last day: those of the
// table where they are up to date, the others computed.
func (s *siteView) days(ctx context.Context, b *boundary, first, last int64) ([]Day, error) {
	waiting, err := s.waiting(ctx)
	if err != nil {
		return nil, err
	}
	whole := span{b.day(first).from, b.day(last).to}
	stale, err := s.staleWithin(ctx, whole, waiting)
	if err != nil {
		return nil, err
	}
	if b.hash != s.described {
		return s.computedDays(ctx, b, dayRun{first, last})
	}
	days, err := s.storedDays(ctx, first, last)
	if err != nil {
		return nil, err
	}
	for _, run := range b.staleRuns(stale, first, last) {
		fresh, err := s.computedDays(ctx, b, run)
		if err != nil {
			return nil, err
		}
		days = slices.DeleteFunc(days, func(d Day) bool { return run.first <= d.civil() && d.civil() <= run.last })
		days = append(days, fresh...)
	}
	slices.SortFunc(days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return days, nil
}

// hoursHeld bounds the hours that balances are computed from at once: a year
// of forty series.
const hoursHeld = 400_000

// computedDays forms balances from hours, as many days at once as there is
// room for.
func (s *siteView) computedDays(ctx context.Context, b *boundary, run dayRun) (days []Day, err error) {
	most := int64(max(1, hoursHeld/24/max(1, len(s.ids))))
	for first := run.first; first <= run.last; first += most {
		last := min(run.last, first+most-1)
		hours, _, err := s.hours(ctx, span{b.day(first).from, b.day(last).to}, nil)
		if err != nil {
			return nil, err
		}
		days = append(days, b.balances(first, last, hours)...)
	}
	return days, nil
}

// staleRuns joins the civil days that touch a stale UTC day.
func (b *boundary) staleRuns(stale staleDays, first, last int64) (runs []dayRun) {
	var touched []int64
	for day := range stale {
		touched = append(touched, b.civilDay(day*secondsPerDay), b.civilDay((day+1)*secondsPerDay-1))
	}
	slices.Sort(touched)
	for _, civil := range slices.Compact(touched) {
		if civil < first || civil > last {
			continue
		}
		if n := len(runs) - 1; n >= 0 && runs[n].last == civil-1 {
			runs[n].last = civil
			continue
		}
		runs = append(runs, dayRun{civil, civil})
	}
	return runs
}
