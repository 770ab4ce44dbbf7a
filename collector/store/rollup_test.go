package store

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// plantCards describe a site with a meter of each role that a balance knows,
// in French standard time.
func plantCards() []interval.Card {
	cards := []interval.Card{{Site: "paris-1", Meter: interval.SiteCard, Place: &interval.Site{
		Name: "Plant", Operator: "Nobody", Tap: "return_air", SupplyC: 35, ReturnC: 25, UTCOffsetMin: 60, Data: interval.MeasuredData}}}
	for _, point := range []interval.Point{
		{Name: "it", Role: interval.RoleIT, Under: "total", Class: "iec62053-1"},
		{Name: "tap", Role: interval.RoleHeat, Class: "en1434-2", NominalM3H: 10},
		{Name: "total", Role: interval.RoleTotal, Class: "iec62053-1"},
	} {
		point.Data = interval.MeasuredData
		cards = append(cards, interval.Card{Site: "paris-1", Meter: point.Name, ValidFrom: noon, Point: &point})
	}
	return cards
}

// plantRecords are what the plant's meters say of random ten minutes and
// hours within a few days, a year apart: some come again corrected, some are
// gaps, some estimates, in random order.
func plantRecords(r *rand.Rand, n int) (recs []interval.Record) {
	kinds := map[string][]interval.Kind{"total": {interval.ElectricEnergy}, "it": {interval.ElectricEnergy, interval.ElectricPower},
		"tap": {interval.CircuitHeat, interval.SupplyTemperature, interval.ReturnTemperature}}
	meters := []string{"total", "it", "tap"}
	for range n {
		meter := meters[r.IntN(len(meters))]
		one := rec(noon-noon%86400+int64(r.IntN(3*144))*600, 3600*float64(1+r.IntN(500)))
		one.Meter, one.Kind = meter, kinds[meter][r.IntN(len(kinds[meter]))]
		if nature, _ := one.Kind.Nature(); !nature.Extensive {
			one.SI = 290 + float64(r.IntN(300))/100
			one.Min, one.Max = one.SI-1, one.SI+1
		}
		if r.IntN(8) == 0 {
			one.Start, one.Length = one.Start-one.Start%3600, 3600
		}
		if r.IntN(4) == 0 {
			one.Start -= 365 * 86400
		}
		switch r.IntN(12) {
		case 0:
			one.SI, one.Cov, one.U, one.Min, one.Max = math.NaN(), 0, 0, math.NaN(), math.NaN()
		case 1:
			one.Cov = 0.5
		case 2:
			one.Flags = one.Flags.With(interval.Estimated)
		case 3:
			one.Flags |= interval.Simulated
		}
		one.Rev = int32(r.IntN(3))
		recs = append(recs, one)
	}
	return recs
}

// Whatever comes, in whatever order, folded, restated or not: the hours and
// the days of every store are those of the intervals that stand, row by row.
func TestHoursAndDaysAreThoseOfTheIntervals(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			engine := newEngine(t, kind)
			for seed := range uint64(4) {
				r := rand.New(rand.NewPCG(seed, 7))
				s := newStoreUnderTest(t, kind, engine.place(t), false)
				var all []interval.Record
				for _, c := range plantCards() {
					s.append(Batch{Cards: []interval.Card{c}})
				}
				for range 6 {
					recs := plantRecords(r, 200)
					all = append(all, recs...)
					s.append(Batch{Records: recs})
					s.maybe(r, foldAll)
					s.maybe(r, restateAll)
					s.wantRollups(firstOfEach(all), plantCards())
				}
			}
		})
	}
}

// firstOfEach leaves of the records that contradict each other under one
// revision the first, which is the one that a store keeps.
func firstOfEach(recs []interval.Record) (kept []interval.Record) {
	chains := map[series]*chain{}
	for i := range recs {
		one := seriesOf(&recs[i])
		if chains[one] == nil {
			chains[one] = &chain{}
		}
		chains[one].absorb(&recs[i], tally{})
	}
	for _, c := range chains {
		kept = append(kept, c.recs...)
	}
	return kept
}

// Work that only some stores know.
var (
	foldAll    = func(e *Embedded) error { return e.Fold(context.Background()) }
	restateAll = func(e *Embedded) error { return e.Restate(context.Background()) }
)

// maybe does some of the embedded store's work, or not.
func (s *storeUnderTest) maybe(r *rand.Rand, work func(*Embedded) error) {
	s.t.Helper()
	if e, ok := s.Store.(*Embedded); ok && r.IntN(2) == 0 {
		if err := work(e); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *storeUnderTest) append(b Batch) {
	s.t.Helper()
	if err := s.Append(context.Background(), b); err != nil {
		s.t.Fatal(err)
	}
}

// beginning and end enclose whatever the tests store.
var beginning, end = time.Unix(noon-400*86400, 0), time.Unix(noon+400*86400, 0)

// wantRollups compares the store's hours and days with those computed from
// the given intervals.
func (s *storeUnderTest) wantRollups(recs []interval.Record, cards []interval.Card) {
	s.t.Helper()
	merged := interval.Merge(recs)
	hours, err := s.Hours(context.Background(), "paris-1", beginning, end)
	if err != nil {
		s.t.Fatal(err)
	}
	if want := hoursOf(merged, hourSpan(beginning, end)); !slices.EqualFunc(hours, want, interval.Record.Same) {
		s.t.Fatalf("the hours are\n%s\nwant\n%s", linesOf(hours), linesOf(want))
	}
	days, err := s.Days(context.Background(), "paris-1", beginning, end)
	if err != nil {
		s.t.Fatal(err)
	}
	b := boundaryOf("paris-1", cards)
	first, last := civilRange(beginning, end)
	if want := b.balances(first, last, hours); !slices.Equal(days, want) {
		s.t.Fatalf("the days are\n%+v\nwant\n%+v", days, want)
	}
	for _, d := range days {
		s.wantBalance(&d, &b, merged)
	}
}

// wantBalance compares a day with the balance of its raw intervals.
func (s *storeUnderTest) wantBalance(d *Day, b *boundary, merged []interval.Record) {
	s.t.Helper()
	at := b.day(d.civil())
	balance, err := heat.NewBalance(heat.SiteData{ID: b.site, Site: b.place, Cards: b.cards, Records: merged},
		heat.Period{From: time.Unix(at.from, 0), To: time.Unix(at.to, 0)})
	if err != nil {
		s.t.Fatal(err)
	}
	estimate, err := balance.Estimate()
	if err != nil {
		s.t.Fatal(err)
	}
	quantities := []heat.Quantity{balance.EDC, balance.EIT, balance.Cooling, balance.Rejected, balance.HandedOver, estimate.Recoverable}
	for i, a := range d.amounts() {
		want := amountOf(quantities[i])
		if !near(a.KWh, want.KWh, 1e-9) || !near(a.UKWh, want.UKWh, 1e-3) || !near(a.Coverage, want.Coverage, 1e-9) {
			s.t.Errorf("%s, column %d is %+v, raw intervals give %+v", d.Date.Format(time.DateOnly), i, *a, want)
		}
	}
}

func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*max(math.Abs(a), math.Abs(b))
}

// A card that is corrected restates the days that it touches, also those of
// which the intervals came long ago.
func TestCorrectedCardsRestateDays(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			s := newStoreUnderTest(t, kind, newEngine(t, kind).place(t), true)
			recs := firstOfEach(plantRecords(rand.New(rand.NewPCG(1, 1)), 400))
			cards := plantCards()
			s.append(Batch{Cards: cards, Records: recs})
			s.settle()
			s.restate()
			s.wantRollups(recs, cards)
			for i := range cards {
				if cards[i].Meter == "total" { // it was wired to the cooling plant
					point := *cards[i].Point
					point.Role = interval.RoleCooling
					cards[i].Point, cards[i].Rev = &point, 1
					s.append(Batch{Cards: cards[i : i+1]})
				}
			}
			s.wantRollups(recs, cards)
			s.restate()
			s.wantRollups(recs, cards)
			totals, stale, err := s.Totals(context.Background(), beginning, end)
			days, _ := s.Days(context.Background(), "paris-1", beginning, end)
			want := Total{Site: "paris-1"}
			for i := range days {
				want.add(&days[i])
			}
			if err != nil || stale != 0 || len(totals) != 1 || totals[0].Days != want.Days || want.Cooling.KWh == 0 ||
				!near(totals[0].Cooling.KWh, want.Cooling.KWh, 1e-12) || !near(totals[0].Recoverable.KWh, want.Recoverable.KWh, 1e-12) {
				t.Errorf("totals %+v, %d stale, %v", totals, stale, err)
			}
		})
	}
}

// restate brings the tables of a store that has them up to date.
func (s *storeUnderTest) restate() {
	s.t.Helper()
	if e, ok := s.Store.(*Embedded); ok {
		if err := restateAll(e); err != nil {
			s.t.Fatal(err)
		}
	}
}

// What a person declares lies over the agents' cards in balances too.
func TestBalancesFollowTheRegistry(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			s := newStoreUnderTest(t, kind, newEngine(t, kind).place(t), true)
			recs := firstOfEach(plantRecords(rand.New(rand.NewPCG(2, 2)), 200))
			s.append(Batch{Cards: plantCards(), Records: recs})
			s.settle()
			s.restate()
			declared := plantCards()
			place := *declared[0].Place
			place.UTCOffsetMin = -180
			declared[0].Place = &place
			s.Describe(func(context.Context, string) ([]interval.Card, error) { return declared, nil })
			s.wantRollups(recs, declared)
			s.restate()
			s.wantRollups(recs, declared)
		})
	}
}

// The table is right for whoever opens the file with sqlite3.
func TestTheTableOfBalancesIsOpen(t *testing.T) {
	e, err := OpenEmbedded(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	var recs []interval.Record
	for i := range int64(144) {
		recs = append(recs, with(rec(noon-noon%86400-3600+i*600, 3.6e6), func(r *interval.Record) { r.Meter = "total" }))
	}
	if err := e.Append(context.Background(), Batch{Cards: plantCards(), Records: recs}); err != nil {
		t.Fatal(err)
	}
	for _, work := range []func(*Embedded) error{foldAll, restateAll} {
		if err := work(e); err != nil {
			t.Fatal(err)
		}
	}
	var site, day string
	var kwh, coverage float64
	var it any
	row := e.read.QueryRow("SELECT site_id, civil_day, e_dc_kwh, e_dc_coverage, e_it_kwh FROM daily_balance")
	if err := row.Scan(&site, &day, &kwh, &coverage, &it); err != nil {
		t.Fatal(err)
	}
	if site != "paris-1" || day != "2025-07-01" || kwh != 144 || coverage != 1 || it != nil {
		t.Errorf("%s %s %g %g %v", site, day, kwh, coverage, it)
	}
}
