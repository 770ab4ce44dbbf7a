package store

import (
	"context"
	"math"

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
