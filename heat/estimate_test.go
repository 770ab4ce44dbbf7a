package heat

import (
	"math"
	"runtime"
	"testing"

	"thermie/interval"
)

var (
	itPoint   = interval.Point{Role: interval.RoleIT, DeclaredPct: percent(1)}
	heatPoint = interval.Point{Role: interval.RoleHeat, DeclaredPct: percent(2)}
)

func TestTiersHourByHour(t *testing.T) {
	s := newSite(30)
	s.Site.RatedITKW = 200
	s.Cards = []interval.Card{pointCard("heat", heatPoint), pointCard("it", itPoint), pointCard("feed", interval.Point{Role: interval.RoleTotal})}
	s.record("heat", interval.ThermalEnergy, 88, 0, 10)
	s.record("it", interval.ElectricEnergy, 100, 0, 20)
	s.record("feed", interval.ElectricEnergy, 132, 0, 25)
	e := estimate(t, s.balance(t))
	for tier, want := range map[Tier]float64{T1: 10 * 88, T3: 10 * 100 * 0.85, T4: 5 * 132 / 1.32 * 0.85, T5: 5 * 200 * 0.5 * 0.85} {
		near(t, tier.String(), e.ByTier[tier].KWh(), want, 1e-9)
	}
	if e.Recoverable.Method != "TM" || len(e.Assumptions) != 3 {
		t.Errorf("method %s, assumptions %v", e.Recoverable.Method, e.Assumptions)
	}
	near(t, "coverage", e.Recoverable.Coverage, 1, 1e-12)
}

// Typical U of each tier by the table of the reference.
func TestTierUncertainties(t *testing.T) {
	build := func(tier Tier) *site {
		s := newSite(100)
		switch tier {
		case T1:
			s.meter("heat", interval.Point{Role: interval.RoleHeat, Class: "en1434-2", NominalM3H: 60}, interval.ThermalEnergy, 277.38)
			s.record("heat", interval.VolumeFlowRate, 30.0/3600, 0, 100)
			s.record("heat", interval.SupplyTemperature, 273.15+38, 0, 100)
			s.record("heat", interval.ReturnTemperature, 273.15+30, 0, 100)
		case T3:
			s.meter("it", itPoint, interval.ElectricEnergy, 100)
		case T4:
			s.Site.TotalKWh, s.Site.PUE = 8760*130, 1.3
		case T5:
			s.Site.RatedITKW = 200
		}
		return s
	}
	for tier, want := range map[Tier]struct{ low, high float64 }{
		T1: {0.0523, 0.0525}, T3: {0.08, 0.15}, T4: {0.15, 0.25}, T5: {0.40, 0.60},
	} {
		e := estimate(t, build(tier).balance(t))
		if U := 2 * e.Recoverable.Relative(); U < want.low || U > want.high || e.Recoverable.Method != tier.String() {
			t.Errorf("%s: method %s, U = %.4f, want %g to %g", tier, e.Recoverable.Method, U, want.low, want.high)
		}
	}
}

func TestBudgetAddsUpAndNamesTheGreatestFirst(t *testing.T) {
	s := newSite(10).meter("it", itPoint, interval.ElectricEnergy, 100)
	for i := range s.Records {
		s.Records[i].U = 3.6e6
	}
	e := estimate(t, s.balance(t))
	var squares float64
	for _, c := range e.Budget {
		squares += c.U * c.U
	}
	near(t, "u", math.Sqrt(squares), e.Recoverable.U, 1e-12)
	if len(e.Budget) != 3 || e.Budget[0].Cause != "assumption:f_cap" || e.Budget[1].Cause != "it" || e.Budget[2].Cause != "random:it" {
		t.Errorf("budget %+v", e.Budget)
	}
}

// A declared total is printed with the limits by which its heat is estimated.
func TestADeclaredTotalHasTheLimitsOfT4(t *testing.T) {
	q := DeclaredTotal(interval.Site{TotalKWh: 21.9e6}, false)
	near(t, "MWh", q.Value/3.6e9, 21900, 1e-12)
	near(t, "u", q.Relative(), 0.03/math.Sqrt(3), 1e-12)
	if DeclaredTotal(interval.Site{}, false).Known {
		t.Error("a total that nobody declared is known")
	}
}

func TestT4OfADeclaredTotal(t *testing.T) {
	s := newSite(8760)
	s.Site.TotalKWh, s.Site.PUE = 1.3e6, 1.3
	near(t, "kWh", kwh(estimate(t, s.balance(t)).Recoverable), 0.85e6, 1e-9)
}

func TestNothingKnownStaysUnknown(t *testing.T) {
	e := estimate(t, newSite(24).balance(t))
	if e.Recoverable.Known || !math.IsNaN(float64(e.Supply)) || !math.IsNaN(float64(e.Power()[0])) {
		t.Errorf("a site of which nothing is known: %+v", e.Recoverable)
	}
}

func TestUnknownTapIsRefused(t *testing.T) {
	s := newSite(24)
	s.Site.Tap = "roof"
	if _, err := s.balance(t).Estimate(); err == nil {
		t.Error("accepted")
	}
}

// A heat meter needs no tap: what it meters is what there is.
func TestHeatMeterNeedsNoTap(t *testing.T) {
	s := newSite(24).meter("heat", heatPoint, interval.CircuitHeat, 50)
	s.Site.Tap = ""
	e := estimate(t, s.balance(t))
	near(t, "kWh", kwh(e.Recoverable), 1200, 1e-12)
	near(t, "u", e.Recoverable.Relative(), 0.02, 1e-9)
}

func TestTemperaturesAreWeightedByHeat(t *testing.T) {
	s := newSite(2)
	s.Cards = []interval.Card{pointCard("heat", heatPoint)}
	s.record("heat", interval.CircuitHeat, 30, 0, 1).record("heat", interval.CircuitHeat, 10, 1, 2)
	s.record("heat", interval.SupplyTemperature, 320, 0, 1).record("heat", interval.SupplyTemperature, 300, 1, 2)
	s.record("heat", interval.ReturnTemperature, 290, 0, 2)
	e := estimate(t, s.balance(t))
	near(t, "supply", float64(e.Supply), 315, 1e-12)
	near(t, "return", float64(e.Return), 290, 1e-12)
}

func TestHourSeenInPart(t *testing.T) {
	s := newSite(1).meter("heat", heatPoint, interval.CircuitHeat, 30)
	s.Records[0].Cov, s.Records[0].SI = 0.75, 22.5*3.6e6
	e := estimate(t, s.balance(t))
	near(t, "mean power of what was seen", e.Power()[0].Kilowatts(), 30, 1e-12)
	near(t, "offered to a network", e.Source("s").Heat[0].Kilowatts(), 22.5, 1e-12)
}

// meteredYear is a site with meters of the feed, the IT and the heat.
func meteredYear() *site {
	s := newSite(8760).
		meter("feed", interval.Point{Role: interval.RoleTotal, Class: "iec62053-1"}, interval.ElectricEnergy, 2600).
		meter("it", interval.Point{Role: interval.RoleIT, Under: "feed", Class: "iec62053-1"}, interval.ElectricEnergy, 2000).
		meter("heat", interval.Point{Role: interval.RoleHeat, Class: "en1434-2", NominalM3H: 200}, interval.CircuitHeat, 1700)
	return s.record("heat", interval.SupplyTemperature, 318, 0, 8760).record("heat", interval.ReturnTemperature, 308, 0, 8760)
}

// A site's metered year against one network, from records to delivery.
func BenchmarkYear(b *testing.B) {
	s, n := meteredYear(), referenceNetwork(b)
	b.ReportAllocs()
	for b.Loop() {
		allocate(b, n, estimate(b, s.balance(b)).Source("s"))
	}
}

// A year stays below 5 MB, whatever the machine; how long it takes is what
// BenchmarkYear tells.
func TestAYearTakesLittleMemory(t *testing.T) {
	if raceDetector {
		t.Skip("skipped: the race detector allocates on its own account")
	}
	s, n := meteredYear(), referenceNetwork(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const runs = 5
	for range runs {
		allocate(t, n, estimate(t, s.balance(t)).Source("s"))
	}
	runtime.ReadMemStats(&after)
	if bytes := (after.TotalAlloc - before.TotalAlloc) / runs; bytes > 5_000_000 {
		t.Errorf("a year takes %d bytes", bytes)
	}
}
