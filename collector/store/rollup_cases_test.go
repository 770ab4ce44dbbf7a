package store

import (
	"context"
	"math"
	"testing"
	"time"

	"thermie/interval"
)

// Hours and days are those of the intervals, also when a line is a year late,
// a correction takes something back, and the store is opened again.
func testHoursAndDays(s *storeUnderTest) {
	cards := plantCards()
	now, late := rec(noon, 7.2e6), rec(noon-365*86400, 3.6e6)
	takenBack := with(now, func(r *interval.Record) {
		r.SI, r.Cov, r.U, r.Flags = math.NaN(), 0, 0, r.Flags.With(interval.Correction)
	})
	s.append(Batch{Cards: cards})
	var kept []interval.Record
	for _, r := range []interval.Record{now, late, takenBack} {
		s.give(r)
		kept = firstOfEach(append(kept, r))
		s.wantRollups(kept, cards)
		if s.settled {
			s.restate()
		}
		s.close()
		s.open()
		s.wantRollups(kept, cards)
	}
	if days, err := s.Days(context.Background(), "paris-1", beginning, end); err != nil || len(days) != 1 || days[0].IT.KWh != 1 {
		s.t.Errorf("days %+v, %v", days, err)
	}
	if days, err := s.Days(context.Background(), "nobody", beginning, end); err != nil || len(days) != 0 {
		s.t.Errorf("days of nobody: %+v, %v", days, err)
	}
	if hours, err := s.Hours(context.Background(), "nobody", beginning, end); err != nil || len(hours) != 0 {
		s.t.Errorf("hours of nobody: %+v, %v", hours, err)
	}
	if hours, err := s.Hours(context.Background(), "paris-1", end, beginning); err != nil || len(hours) != 0 {
		s.t.Errorf("hours of a range that is none: %+v, %v", hours, err)
	}
}

// The restater writes what has been stale for its time, and looks at every
// site once a day. A clock that goes back delays it and nothing else.
func TestTheRestaterCatchesUp(t *testing.T) {
	ctx, now := context.Background(), time.Now()
	e, err := OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	give := func(start int64) {
		t.Helper()
		if err := e.Append(ctx, Batch{Cards: plantCards(), Records: []interval.Record{rec(start, 3.6e6)}}); err != nil {
			t.Fatal(err)
		}
		if err := foldAll(e); err != nil {
			t.Fatal(err)
		}
	}
	wantStale := func(when string, some bool) {
		t.Helper()
		if _, stale, err := e.Totals(ctx, beginning, end); err != nil || some != (stale > 0) {
			t.Errorf("%s: %d days are stale, %v", when, stale, err)
		}
	}
	give(noon)
	wantStale("at first", true)
	e.restateDue(ctx, now)
	wantStale("looked at once", false)
	give(noon + 600)
	e.restateDue(ctx, now.Add(-restateAge))
	wantStale("too young", true)
	e.restateDue(ctx, now.Add(-1000*time.Hour))
	wantStale("with a clock set back", true)
	e.restateDue(ctx, time.Now().Add(time.Second))
	wantStale("in its time", false)
}
