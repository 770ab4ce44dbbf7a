package store

import (
	"cmp"
	"context"
	"iter"
	"maps"
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

// dayRun is days that follow each other, from the first to the last.
type dayRun struct{ first, last int64 }

// addStale marks days of a site; mark is the row of the inbox that came
// last, which tells a restater that something came while it was at work.
func (w *writer) addStale(site int64, days []dayRun, mark int64) error {
	for _, run := range days {
		_, err := w.conn.ExecContext(context.Background(), `
			WITH RECURSIVE run(day) AS (SELECT ?2 UNION ALL SELECT day + 1 FROM run WHERE day < ?3)
			INSERT INTO stale (site, day, mark) SELECT ?1, day, ?4 FROM run WHERE true
			ON CONFLICT DO UPDATE SET mark = max(mark, excluded.mark)`, site, run.first, run.last, mark)
		if err != nil {
			return err
		}
	}
	return nil
}

// stale lists the days of which the fold changes hours.
func (f *fold) stale() (days []dayRun) {
	reach := reachOf(f.ids, func(yield func(series) bool) {
		for at := range f.blocks {
			if !yield(at.series) {
				return
			}
		}
	})
	var touched []span
	for at, c := range f.blocks {
		if c.changed {
			touched = append(touched, c.touched.widened(reach[at.profile()]))
		}
	}
	// Where the intervals have expired, the roll-up is what remains.
	return daysFrom(f.keptFrom, daysOf(touched))
}

// reachOf returns, of each meter and kind, how far an interval may be from the
// hours that it changes: a shorter one takes the place of a longer one with all
// of its hours, which may bring up another that gave way to it. It is asked of
// those that are stored and those that come, once for all.
func reachOf(stored map[series]int64, coming iter.Seq[series]) map[profile]int64 {
	lengths := map[profile]int64{}
	for one := range stored {
		lengths[one.profile()] += int64(one.length)
	}
	seen := map[series]bool{}
	for one := range coming {
		if _, known := stored[one]; !known && !seen[one] {
			seen[one] = true
			lengths[one.profile()] += int64(one.length)
		}
	}
	return lengths
}

// widened returns the span with some seconds more at either end.
func (s span) widened(by int64) span { return span{s.from - by, s.to + by} }

// days returns the UTC days that a span touches and that a store has room for.
func (s span) days() dayRun {
	return dayRun{dayOf(max(0, s.from)), min(lastDay, dayOf(max(0, s.to-1)))}
}

// daysOf joins the days that spans touch, however many and long they are.
func daysOf(spans []span) (days []dayRun) {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for _, s := range spans {
		run := s.days()
		if n := len(days) - 1; n >= 0 && run.first <= days[n].last+1 {
			days[n].last = max(days[n].last, run.last)
			continue
		}
		days = append(days, run)
	}
	return days
}

// daysFrom leaves out what lies before a day.
func daysFrom(first int64, days []dayRun) []dayRun {
	for i := range days {
		days[i].first = max(days[i].first, first)
	}
	return slices.DeleteFunc(days, func(run dayRun) bool { return run.last < run.first })
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
	for _, days := range s.waitingDays(waiting, wanted) {
		for day := days.first; day <= days.last; day++ {
			stale[day] = max(stale[day], 1)
		}
	}
	return stale, nil
}

// waitingDays lists the days within a span of which lines that wait change
// hours.
func (s *siteView) waitingDays(waiting map[series][]interval.Record, wanted span) []dayRun {
	reach := reachOf(s.ids, maps.Keys(waiting))
	var touched []span
	for one, recs := range waiting {
		for i := range recs {
			at := span{recs[i].Start, recs[i].End()}.widened(reach[one.profile()])
			if at.from < wanted.to && wanted.from < at.to {
				touched = append(touched, span{max(at.from, wanted.from), min(at.to, wanted.to)})
			}
		}
	}
	return daysFrom(s.keptFrom, daysOf(touched))
}
