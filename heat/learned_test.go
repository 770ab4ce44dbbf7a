package heat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"thermie/interval"
)

// meteredSite has ten days of a heat meter and of the IT electricity; the
// heat meter then falls silent for a day.
func meteredSite(heat float64) *site {
	s := newSite(264).meter("it", itPoint, interval.ElectricEnergy, 100)
	s.Cards = append(s.Cards, pointCard("heat", heatPoint))
	return s.record("heat", interval.ThermalEnergy, heat, 0, 240)
}

func TestGapIsFilledByWhatWasLearned(t *testing.T) {
	e := estimate(t, meteredSite(78).balance(t))
	near(t, "kWh", kwh(e.Recoverable), 264*78, 1e-9)
	near(t, "of it estimated", e.ByTier[T3].KWh(), 24*78, 1e-9)
	// Both parts carry the heat meter's 2 %; the room's meter cancels.
	near(t, "u", e.Recoverable.Relative(), 0.02, 1e-6)
	if !e.Hours[250].Learned || e.Hours[100].Learned || !slices.Contains(e.Notes, "gap_filled_by_learning") {
		t.Errorf("the filled hours are not told apart: notes %v", e.Notes)
	}
	if l := e.Learned; len(l) != 1 || l[0].Tap != "direct_to_chip" || l[0].Mode != "any" || l[0].Hours != 240 {
		t.Fatalf("learned %+v", e.Learned)
	}
	near(t, "f", e.Learned[0].Capture, 0.78, 1e-12)
	if a := e.Assumptions; len(a) != 1 || a[0].ID != "f_cap_learned" {
		t.Errorf("assumptions %+v", a)
	}
}

// Each cooling mode has its own fraction.
func TestLearningByMode(t *testing.T) {
	s := newSite(480).meter("it", itPoint, interval.ElectricEnergy, 100)
	s.Cards = append(s.Cards, pointCard("heat", heatPoint), pointCard("weather", interval.Point{Role: interval.RoleClimate}))
	s.record("weather", interval.OutdoorTemperature, 273, 0, 240).record("weather", interval.OutdoorTemperature, 300, 240, 480)
	s.record("heat", interval.ThermalEnergy, 60, 0, 216).record("heat", interval.ThermalEnergy, 90, 240, 456)
	s.Site.Cooling = polcom()
	e := estimate(t, s.balance(t))
	near(t, "filled in free cooling", e.Hours[230].Heat.KWh(), 60, 1e-9)
	near(t, "filled with compressors", e.Hours[470].Heat.KWh(), 90, 1e-9)
}

// The taps of one room are learned apart and sum to at most 1.
func TestTapsOfOneRoom(t *testing.T) {
	beside := "return_air"
	build := func(liquid, air float64) *site {
		s := newSite(264).meter("it", itPoint, interval.ElectricEnergy, 100)
		s.Site.Circuits = []interval.Circuit{{ID: "l", Tap: "direct_to_chip"}, {ID: "a", Tap: beside}}
		for id, circuit := range map[string]string{"liquid": "l", "air": "a"} {
			p := heatPoint
			p.Circuit = circuit
			s.Cards = append(s.Cards, pointCard(id, p))
		}
		return s.record("liquid", interval.ThermalEnergy, liquid, 0, 240).record("air", interval.ThermalEnergy, air, 0, 240)
	}
	e := estimate(t, build(70, 20).balance(t))
	if len(e.Learned) != 2 || e.Learned[0].Tap != "direct_to_chip" || e.Learned[1].Tap != "return_air" {
		t.Fatalf("learned %+v", e.Learned)
	}
	near(t, "filled", e.Hours[250].Heat.KWh(), 90, 1e-9)
	e = estimate(t, build(70, 40).balance(t))
	if len(e.Learned) != 0 || !slices.Contains(e.Notes, "captured_more_than_the_room") {
		t.Errorf("more than the room has: learned %+v, notes %v", e.Learned, e.Notes)
	}
	near(t, "then by the tap's default", e.Hours[250].Heat.KWh(), 85, 1e-9)
	beside = "condenser" // where the compressors' electricity comes on top
	near(t, "filled beside a condenser", estimate(t, build(10, 110).balance(t)).Hours[250].Heat.KWh(), 120, 1e-9)
}

func TestTooFewHoursTeachNothing(t *testing.T) {
	s := newSite(100).meter("it", itPoint, interval.ElectricEnergy, 100)
	s.Cards = append(s.Cards, pointCard("heat", heatPoint))
	s.record("heat", interval.ThermalEnergy, 78, 0, 71)
	if e := estimate(t, s.balance(t)); len(e.Learned) != 0 || e.Hours[90].Learned {
		t.Errorf("learned %+v from 71 hours", e.Learned)
	}
}

// The spread of the days stands for the year and is found again.
func TestSpreadOfTheDays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	s := newSite(24*400).meter("it", itPoint, interval.ElectricEnergy, 100)
	s.Cards = append(s.Cards, pointCard("heat", heatPoint))
	for d := range 399 {
		s.record("heat", interval.ThermalEnergy, 80+5*r.NormFloat64(), 24*d, 24*d+24)
	}
	l := estimate(t, s.balance(t)).Learned
	if len(l) != 1 || math.Abs(l[0].Spread-0.05) > 0.005 {
		t.Errorf("learned %+v, want a spread of 0.05", l)
	}
}
