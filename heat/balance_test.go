package heat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"thermie/interval"
)

// site is a small data center under construction for a test: constant
// powers, hour by hour.
type site struct {
	SiteData
	start int64
	hours int
}

func newSite(hours int) *site {
	return &site{
		SiteData: SiteData{ID: "s", Site: interval.Site{Tap: "direct_to_chip", UTCOffsetMin: 60}},
		start:    time.Date(2025, 1, 1, 0, 0, 0, 0, cet).Unix(), hours: hours,
	}
}

func (s *site) period() Period {
	from := time.Unix(s.start, 0).In(cet)
	return Period{from, from.Add(time.Duration(s.hours) * time.Hour)}
}

// meter adds a point with one kind of constant value: kW for a power or an
// energy, K or m³/s for the rest.
func (s *site) meter(id string, p interval.Point, kind interval.Kind, value float64) *site {
	s.Cards = append(s.Cards, pointCard(id, p))
	return s.record(id, kind, value, 0, s.hours)
}

// record adds hourly records from hour first to before last.
func (s *site) record(id string, kind interval.Kind, value float64, first, last int) *site {
	if nature, _ := kind.Nature(); nature.Extensive {
		value *= 3.6e6
	}
	for h := first; h < last; h++ {
		s.Records = append(s.Records, interval.Record{
			Meter: id, Kind: kind, Start: s.start + int64(h)*3600, Length: 3600, SI: value, Cov: 1,
			Flags: interval.Flags(0).With(interval.Live),
		})
	}
	return s
}

func (s *site) balance(t testing.TB) *Balance { return balance(t, s.SiteData, s.period()) }

func TestNothingIsCountedTwice(t *testing.T) {
	b := newSite(24).
		meter("ups", interval.Point{Role: interval.RolePower, InRoom: true}, interval.ElectricEnergy, 110).
		meter("it", interval.Point{Role: interval.RoleIT, Under: "ups"}, interval.ElectricEnergy, 100).
		meter("rack", interval.Point{Role: interval.RoleIT, Under: "it"}, interval.ElectricEnergy, 40).
		meter("chiller", interval.Point{Role: interval.RoleCooling}, interval.ElectricEnergy, 20).
		balance(t)
	near(t, "E_IT", kwh(b.EIT), 2400, 1e-12)
	near(t, "E_DC is the UPS and the chiller", kwh(b.EDC), 24*130, 1e-12)
	near(t, "the UPS loses", kwh(b.Other), 240, 1e-12)
	near(t, "heat in the room", kwh(b.InRoom), 24*110, 1e-12)
	if !b.Partial {
		t.Error("a sum of parts must say so")
	}
}

func TestAnnualPUE(t *testing.T) {
	year := newSite(8760).
		meter("feed", interval.Point{Role: interval.RoleTotal, Class: "iec62053-1"}, interval.ElectricEnergy, 130).
		meter("it", interval.Point{Role: interval.RoleIT, Under: "feed", Class: "iec62053-1"}, interval.ElectricEnergy, 100)
	b := year.balance(t)
	if !b.PUE.Known || b.Partial || b.Interim {
		t.Fatalf("PUE known %v, partial %v, interim %v", b.PUE.Known, b.Partial, b.Interim)
	}
	near(t, "PUE", b.PUE.Value, 1.3, 1e-12)
	near(t, "u: two independent meters", b.PUE.U, 1.3*0.01/math.Sqrt(3)*math.Sqrt2, 1e-9)

	short := *year
	short.hours = 8000
	if b := short.balance(t); b.PUE.Known || !b.Interim {
		t.Error("less than twelve months gave an annual PUE")
	}
}

func TestYearWithSixtyPercentCoverageHasNoPUE(t *testing.T) {
	s := newSite(8760)
	s.Cards = []interval.Card{
		pointCard("feed", interval.Point{Role: interval.RoleTotal}),
		pointCard("it", interval.Point{Role: interval.RoleIT}),
	}
	s.record("feed", interval.ElectricEnergy, 130, 0, 8760).record("it", interval.ElectricEnergy, 100, 0, 5256)
	b := s.balance(t)
	if b.PUE.Known || !b.Interim {
		t.Errorf("PUE known %v, interim %v at 60 %% coverage", b.PUE.Known, b.Interim)
	}
	near(t, "ratio over the common hours", b.InterimPPUE.Value, 1.3, 1e-12)
	near(t, "coverage", b.EIT.Coverage, 0.6, 1e-12)
}

func TestCounterIsPreferredAndPowerFillsItsGap(t *testing.T) {
	s := newSite(10).meter("it", interval.Point{Role: interval.RoleIT}, interval.ElectricPower, 90)
	s.record("it", interval.ElectricEnergy, 100, 0, 7)
	near(t, "E_IT", kwh(s.balance(t).EIT), 7*100+3*90, 1e-12)
}

func TestMissingIsNotZero(t *testing.T) {
	b := newSite(24).balance(t)
	for name, q := range map[string]Quantity{"E_DC": b.EDC, "E_IT": b.EIT, "heat": b.Rejected, "PUE": b.PUE} {
		if q.Known || q.Value != 0 {
			t.Errorf("%s of a site without data is %+v", name, q)
		}
	}
	s := newSite(24).meter("it", interval.Point{Role: interval.RoleIT}, interval.ElectricEnergy, 0)
	if b := s.balance(t); !b.EIT.Known || b.EIT.Value != 0 {
		t.Errorf("a metered zero is %+v", b.EIT)
	}
}

func TestMissingPartLowersTheSumsCoverage(t *testing.T) {
	s := newSite(10).
		meter("a", interval.Point{Role: interval.RoleIT}, interval.ElectricEnergy, 50).
		meter("b", interval.Point{Role: interval.RoleIT}, interval.ElectricEnergy, 50)
	s.Records = s.Records[:15]
	near(t, "coverage", s.balance(t).EIT.Coverage, 0.5, 1e-12)
}

func TestRecordsOfAnyLengthBecomeHours(t *testing.T) {
	s := newSite(48)
	s.Cards = []interval.Card{pointCard("it", interval.Point{Role: interval.RoleIT})}
	live := interval.Flags(0).With(interval.Live)
	s.Records = []interval.Record{
		{Meter: "it", Kind: interval.ElectricEnergy, Start: s.start, Length: 86400, SI: 24 * 3.6e6, Cov: 1, U: 3, Flags: live},
		{Meter: "it", Kind: interval.ElectricEnergy, Start: s.start + 86400 + 1800, Length: 3600, SI: 3.6e6, Cov: 1, Flags: live},
		{Meter: "it", Kind: interval.ElectricEnergy, Start: s.start + 100*86400, Length: 600, SI: 3.6e6, Cov: 1, Flags: live},
		{Meter: "it", Kind: interval.ElectricEnergy, Start: s.start + 40*3600, Length: 600, SI: math.NaN(), Flags: live},
	}
	b := s.balance(t)
	near(t, "E_IT", kwh(b.EIT), 25, 1e-12)
	near(t, "an hour of the day", b.Hours[7].IT.Energy.KWh(), 1, 1e-12)
	near(t, "half an hour", b.Hours[24].IT.Coverage, 0.5, 1e-12)
	near(t, "its other half", b.Hours[25].IT.Energy.KWh(), 0.5, 1e-12)
	if !slices.Contains(b.Notes, "long_record_split:it") {
		t.Errorf("notes %v say nothing of the day-long record", b.Notes)
	}
	random := b.EIT.U*b.EIT.U - math.Pow(0.03/math.Sqrt(3)*25*3.6e6, 2)
	near(t, "random variance", random, 9, 1e-2)
}

// A card's later version changes what a point is from then on; its first
// version describes the imported past too.
func TestCardsAreVersioned(t *testing.T) {
	s := newSite(24).meter("m", interval.Point{Role: interval.RoleCooling}, interval.ElectricEnergy, 10)
	s.Cards[0].ValidFrom = s.start + 6*3600
	wrong, right := pointCard("m", interval.Point{Role: interval.RoleTotal}), pointCard("m", interval.Point{Role: interval.RoleIT})
	wrong.ValidFrom, right.ValidFrom, right.Rev = s.start+12*3600, s.start+12*3600, 1
	s.Cards = append(s.Cards, right, wrong)
	b := s.balance(t)
	near(t, "cooling", kwh(b.Cooling), 120, 1e-12)
	near(t, "IT", kwh(b.EIT), 120, 1e-12)
}

func TestOddPointsNeverStopTheRest(t *testing.T) {
	s := newSite(24).
		meter("it", interval.Point{Role: interval.RoleIT, Class: "best in town"}, interval.ElectricEnergy, 100).
		meter("a", interval.Point{Role: interval.RoleCooling, Under: "b"}, interval.ElectricEnergy, 5).
		meter("b", interval.Point{Role: interval.RolePower, Under: "a"}, interval.ElectricEnergy, 5)
	s.record("stranger", interval.ElectricEnergy, 7, 0, 24)
	s.Records[0].SI = math.Inf(1)
	b := s.balance(t)
	near(t, "E_IT", kwh(b.EIT), 2300, 1e-12)
	for _, want := range []string{"accuracy_unknown:it", "no_card:stranger", "record_not_a_number:it"} {
		if !slices.Contains(b.Notes, want) {
			t.Errorf("notes %v lack %s", b.Notes, want)
		}
	}
}

func TestEstimatedRecordsAreNotMeasured(t *testing.T) {
	s := newSite(10).meter("it", interval.Point{Role: interval.RoleIT}, interval.ElectricEnergy, 100)
	for i := range 5 {
		s.Records[i].Flags = interval.Flags(0).With(interval.Estimated)
	}
	near(t, "coverage", s.balance(t).EIT.Coverage, 0.5, 1e-12)
}

func TestSimulatedIsSaid(t *testing.T) {
	s := newSite(24).meter("it", interval.Point{Role: interval.RoleIT}, interval.ElectricEnergy, 100)
	if s.balance(t).EIT.Simulated {
		t.Error("measured data called simulated")
	}
	s.Records[3].Flags |= interval.Simulated
	if !s.balance(t).EIT.Simulated || !estimate(t, s.balance(t)).Recoverable.Simulated {
		t.Error("simulated data not labelled")
	}
}

func TestPeriodRefuses(t *testing.T) {
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, cet)
	for _, p := range []Period{{}, {now, now}, {now, now.Add(90 * time.Minute)}, {now, now.AddDate(20, 0, 0)}} {
		if _, err := NewBalance(SiteData{}, p); err == nil {
			t.Errorf("%v accepted", p)
		}
	}
	if hours := YearOf(2024, 60).Hours(); hours != 8784 {
		t.Errorf("2024 has %d hours", hours)
	}
	if _, err := NewBalance(SiteData{}, YearOf(2025, 330)); err != nil {
		t.Errorf("a zone of half an hour: %v", err)
	}
}

// Whatever records and cards come, a balance is formed, its sums are finite
// and its coverages are shares.
func TestAnyRecordsGiveFiniteSums(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	odd := []float64{0, 1, -1, 1e12, -1e12, math.NaN(), math.Inf(1), 0.5}
	pick := func() float64 { return odd[r.IntN(len(odd))] }
	kinds := interval.Kinds()
	points := []interval.Role{interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleHeat, interval.RoleHandover, "", "odd"}
	for range 300 {
		s := newSite(48)
		for i, role := range points {
			p := interval.Point{Role: role, Under: string(rune('a' + r.IntN(len(points)))), Class: []string{"", "en1434-2", "iec62053-1"}[r.IntN(3)]}
			card := pointCard(string(rune('a'+i)), p)
			card.ValidFrom = s.start + int64(r.IntN(100_000)) - 20_000
			s.Cards = append(s.Cards, card, interval.Card{Meter: interval.SiteCard, Place: &s.Site})
		}
		for range 60 {
			s.Records = append(s.Records, interval.Record{
				Meter: string(rune('a' + r.IntN(len(points)+1))), Kind: kinds[r.IntN(len(kinds))],
				Start: s.start + int64(r.IntN(200_000)) - 10_000, Length: int32(r.IntN(100_000)) - 100,
				SI: pick(), U: pick(), Cov: pick(), Flags: interval.Flags(r.IntN(128)),
			})
		}
		s.Site.Cooling, s.Site.Hall = polcom(), &interval.AirHall{FloorC: 20}
		s.Site.Cooling.CompressorFromRatio = 0.2
		s.Site.Tap = taps[r.IntN(len(taps))].ID
		b := s.balance(t)
		e := estimate(t, b)
		if list, err := b.NextSensor(e, Offers()); err != nil || slices.ContainsFunc(list, func(i Improvement) bool { return !(i.After < i.Before) }) {
			t.Fatalf("next sensor %+v, %v", list, err)
		}
		for name, q := range map[string]Quantity{
			"E_DC": b.EDC, "E_IT": b.EIT, "cooling": b.Cooling, "other": b.Other, "in room": b.InRoom,
			"heat": b.Rejected, "handed over": b.HandedOver, "ratio": b.InterimPPUE, "recoverable": e.Recoverable,
		} {
			if !finite(q.Value) || !finite(q.U) || q.U < 0 || !(q.Coverage >= 0 && q.Coverage <= 1+1e-9) {
				t.Fatalf("%s is %+v", name, q)
			}
		}
	}
}
