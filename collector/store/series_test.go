package store

import (
	"context"
	"slices"
	"time"

	"thermie/interval"
)

func testSeries(s *storeUnderTest) {
	hour := with(rec(noon, 3), func(r *interval.Record) { r.Length = 3600 })
	power := with(rec(noon, 4), func(r *interval.Record) { r.Kind = interval.ElectricPower })
	other := with(rec(noon, 5), func(r *interval.Record) { r.Meter = "ups" })
	s.give(other, power, rec(noon, 1), rec(noon+600, 2), hour)
	want := []Series{{"it", interval.ElectricEnergy, 3600}, {"it", interval.ElectricEnergy, 600}, {"it", interval.ElectricPower, 600}, {"ups", interval.ElectricEnergy, 600}}
	if got, err := s.Series(context.Background(), "paris-1"); err != nil || !slices.Equal(got, want) {
		s.t.Errorf("the series are %v, %v; want %v", got, err, want)
	}
	if got, err := s.Series(context.Background(), "no-such-site"); err != nil || len(got) != 0 {
		s.t.Errorf("the series of a site that is not there: %v, %v", got, err)
	}
}

// What waits for other days leaves the hours of these as they are.
func testHoursBesideOthers(s *storeUnderTest) {
	s.give(rec(noon, 600), rec(noon+10*86400, 600), rec(noon-10*86400, 600))
	for day, want := range map[int64]int{-20: 0, -10: 1, 0: 1, 10: 1, 20: 0} {
		from := time.Unix(noon+day*86400, 0).Truncate(time.Hour)
		hours, err := s.Hours(context.Background(), "paris-1", from, from.Add(time.Hour))
		if err != nil || len(hours) != want {
			s.t.Errorf("day %d: %d hours, want %d; %v", day, len(hours), want, err)
		}
	}
}
