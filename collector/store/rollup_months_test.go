package store

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"thermie/interval"
)

// hourlyRecords are hours of the heat meter, which says its energy by the
// hour and nothing shorter.
func hourlyRecords(r *rand.Rand, n int) (recs []interval.Record) {
	for range n {
		one := rec(noon-noon%86400+int64(r.IntN(80*24)-40*24)*3600, 3.6e6*float64(1+r.IntN(500)))
		one.Meter, one.Kind, one.Length, one.Rev = "tap", interval.ThermalEnergy, 3600, int32(r.IntN(3))
		recs = append(recs, one)
	}
	return recs
}

// Data by the hour are hours already: they are kept once. When shorter
// intervals come into a month, and go again, its hours are right all along.
func TestHourlyDataAreTheirOwnRollup(t *testing.T) {
	s := newStoreUnderTest(t, stores[0], newEngine(t, stores[0]).place(t), true)
	e := s.Store.(*Embedded)
	wantRows := func(when string, want int) {
		t.Helper()
		rows, err := numbers(context.Background(), e.read, "SELECT id FROM rollup")
		if err != nil || len(rows) != want {
			t.Errorf("%s: %d months of roll-ups, %v, want %d", when, len(rows), err, want)
		}
	}
	recs := firstOfEach(hourlyRecords(rand.New(rand.NewPCG(4, 4)), 1500))
	give := func(when string, rows int, some ...interval.Record) {
		t.Helper()
		s.append(Batch{Cards: plantCards(), Records: some})
		s.wantRollups(recs, plantCards())
		s.settle()
		s.restate()
		s.wantRollups(recs, plantCards())
		wantRows(when, rows)
		if faults := verifyFaults(t, e); faults != "" {
			t.Errorf("%s: %s", when, faults)
		}
	}
	give("hours alone", 0, recs...)
	short := with(rec(noon, 5e6), func(r *interval.Record) { r.Meter, r.Kind = "tap", interval.ThermalEnergy })
	recs = firstOfEach(append(recs, short))
	give("ten minutes in July", 1, short)
	late := hourlyRecords(rand.New(rand.NewPCG(5, 5)), 300)
	recs = firstOfEach(append(recs, late...))
	give("late and corrected hours", 1, late...)
}

// Whatever the range, the totals of every store are the sums of its days once
// none is stale.
func TestTotalsAreThoseOfTheDays(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			s := newStoreUnderTest(t, kind, newEngine(t, kind).place(t), true)
			r := rand.New(rand.NewPCG(6, 6))
			for range 3 { // each brings late data and corrections
				s.append(Batch{Cards: plantCards(), Records: append(plantRecords(r, 300), hourlyRecords(r, 300)...)})
				s.settle()
				s.restate()
				for range 20 {
					from := time.Unix(noon-int64(r.IntN(410))*86400, 0)
					s.wantTotals(from, from.AddDate(0, r.IntN(14), r.IntN(40)))
				}
			}
		})
	}
}

func (s *storeUnderTest) wantTotals(from, to time.Time) {
	s.t.Helper()
	days, err := s.Days(context.Background(), "paris-1", from, to)
	if err != nil {
		s.t.Fatal(err)
	}
	totals, stale, err := s.Totals(context.Background(), from, to)
	want := TotalOf("paris-1", days)
	if err != nil || stale != 0 || len(totals) != min(len(days), 1) || len(totals) == 1 && !totals[0].near(&want) {
		s.t.Errorf("%v to %v: %+v, %d stale, %v\nwant %+v", from, to, totals, stale, err, want)
	}
}

// A range falls into whole months and the days at its ends, none twice.
func TestTotalsCountEachDayOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 1000 {
		first := int64(r.IntN(20000))
		last := first + int64(r.IntN(100))
		counted := map[int64]int{}
		for _, part := range totalParts(first, last) {
			from, to := part.first, part.last
			if part.query == monthTotals {
				from, _ = daysOfMonth(part.first)
				_, to = daysOfMonth(part.last)
			}
			for day := from; day <= to; day++ {
				counted[day]++
			}
		}
		for day := first; day <= last; day++ {
			if counted[day] != 1 || int64(len(counted)) != last-first+1 {
				t.Fatalf("%d to %d: day %d is counted %d times, %d days in all", first, last, day, counted[day], len(counted))
			}
		}
	}
}

// Who closes a store twice is told the same twice.
func TestClosingAgainDoesNothing(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			s := newStoreUnderTest(t, kind, newEngine(t, kind).place(t), true)
			for range 2 {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
