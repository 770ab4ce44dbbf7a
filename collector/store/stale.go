package store

import (
	"context"
	"slices"

	"thermie/interval"
)

// What is computed from intervals, hourly roll-ups and daily balances, is
// not computed when they come: a late line or a corrected card only marks
// the days that it touches as stale. Whoever reads computes stale days from
// the intervals, so that every answer is exact, and a restater does so at
// leisure, once for all that came meanwhile.

// cardsOnly is the mark of a day of which only the cards have changed.
const cardsOnly = -1

// addStale marks a day of a site; mark is the row of the inbox that came
// last, which tells a restater that something came while it was at work.
func (w *writer) addStale(site, day, mark int64) error {
	_, err := w.conn.ExecContext(context.Background(),
		"INSERT INTO stale (site, day, mark) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET mark = max(mark, excluded.mark)", site, day, mark)
	return err
}

// stale lists the days of which the fold changes hours.
func (f *fold) stale() (days []int64) {
	for at, c := range f.blocks {
		if c.changed {
			days = appendDays(days, c.touched.widened(reachOf(f.ids, at.series)))
		}
	}
	slices.Sort(days)
	// Where the intervals have expired, the roll-up is what remains.
	return slices.DeleteFunc(slices.Compact(days), func(day int64) bool { return day < f.keptFrom })
}

// reachOf returns how far an interval may be from the hours that it changes:
// a shorter one takes the place of a longer one with all of its hours, which
// may bring up another that gave way to it.
func reachOf(ids map[series]int64, changed series) int64 {
	reach, known := int64(0), false
	for one := range ids {
		if one.meter == changed.meter && one.kind == changed.kind {
			reach += int64(one.length)
			known = known || one == changed
		}
	}
	if !known {
		reach += int64(changed.length)
	}
	return reach
}

// widened returns the span with some seconds more at either end.
func (s span) widened(by int64) span { return span{max(0, s.from-by), s.to + by} }

// appendDays appends the UTC days that a span touches.
func appendDays(days []int64, s span) []int64 {
	for day := dayOf(max(0, s.from)); day <= min(lastDay, dayOf(max(0, s.to-1))); day++ {
		days = append(days, day)
	}
	return days
}

// staleDays are the days of a site that have to be computed anew, with
// their marks.
type staleDays map[int64]int64

// has reports whether the intervals of a day are newer than its roll-ups.
func (s staleDays) has(day int64) bool {
	mark, stale := s[day]
	return stale && mark > cardsOnly
}

// runs joins the days of which intervals changed to spans of time.
func (s staleDays) runs() (runs []span) {
	var days []int64
	for day, mark := range s {
		if mark > cardsOnly {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	for _, day := range days {
		from := day * secondsPerDay
		if last := len(runs) - 1; last >= 0 && runs[last].to == from {
			runs[last].to += secondsPerDay
			continue
		}
		runs = append(runs, span{from, from + secondsPerDay})
	}
	return runs
}

// staleWithin reads which days of the site are stale within a span. The
// lines that wait in the inbox count as well.
func (s *siteView) staleWithin(ctx context.Context, wanted span, waiting map[series][]interval.Record) (staleDays, error) {
	stale := staleDays{}
	rows, err := s.tx.QueryContext(ctx, "SELECT day, mark FROM stale WHERE site = ? AND day BETWEEN ? AND ?", s.id, dayOf(max(0, wanted.from)), dayOf(max(0, wanted.to)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var day, mark int64
		if err := rows.Scan(&day, &mark); err != nil {
			return nil, err
		}
		stale[day] = mark
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for one, recs := range waiting {
		reach := reachOf(s.ids, one)
		for i := range recs {
			for _, day := range appendDays(nil, span{recs[i].Start, recs[i].End()}.widened(reach)) {
				if day >= s.keptFrom {
					stale[day] = max(stale[day], 1)
				}
			}
		}
	}
	return stale, nil
}
