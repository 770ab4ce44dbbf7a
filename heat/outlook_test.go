package heat

import (
	"math"
	"testing"
	"time"

	"thermie/interval"
)

func TestGreening(t *testing.T) {
	produced, captured, delivered := interval.Energy(20e12), interval.Energy(4e12), interval.Energy(5e12)
	for least, after := range map[float64]float64{3: 0.65, 6: 0.60} {
		g, err := NewGreening(0.40, produced, captured, delivered, 5, least)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "after", g.After, after, 1e-12)
		near(t, "points", g.Points(), 100*(after-0.40), 1e-9)
		if g.AllCounts != (least == 3) {
			t.Errorf("least SCOP %g: all counts %v", least, g.AllCounts)
		}
	}
	if g, _ := NewGreening(0.9, produced, captured, delivered, 5, 3); g.After != 1 {
		t.Errorf("a share of %g", g.After)
	}
	if direct, _ := NewGreening(0, produced, captured, captured, math.NaN(), 3); !direct.AllCounts {
		t.Error("heat without a heat pump counts whole")
	}
	if _, err := NewGreening(1.2, produced, captured, delivered, 5, 3); err == nil {
		t.Error("a share above 1 accepted")
	}
}

// The rungs of R. 711-5, given as a table, whatever its order.
func TestStandingNowAndLater(t *testing.T) {
	day := func(year int, m time.Month, d int) time.Time { return time.Date(year, m, d, 0, 0, 0, 0, time.UTC) }
	ladder := []Rung{{day(2050, 1, 1), 1}, {day(2026, 1, 1), 0.50}, {day(2040, 1, 1), 0.75}}
	for _, c := range []struct {
		share float64
		at    time.Time
		least float64
		met   bool
	}{
		{0.62, day(2026, 11, 22), 0.50, true}, {0.62, day(2039, 12, 31), 0.50, true}, {0.62, day(2040, 1, 1), 0.75, false},
		{0.99, day(2050, 1, 1), 1, false}, {1, day(2060, 1, 1), 1, true},
	} {
		if s := StandingAt(c.share, ladder, c.at); !s.Known || s.Least != c.least || s.Met != c.met {
			t.Errorf("%g on %s: %+v", c.share, c.at.Format(time.DateOnly), s)
		}
	}
	if s := StandingAt(1, ladder, day(2020, 1, 1)); s.Known || s.Met {
		t.Errorf("before the first rung: %+v", s)
	}
}

func TestExpectedHeatOfARampUp(t *testing.T) {
	n := referenceNetwork(t)
	source := []Source{constantSource("2mw", 2*interval.Megawatt, 8760)}
	years, err := Expect(source, n, Outlook{Ramp: []float64{0.25, 0.5, 1}, Closure: 0.02, Years: 20})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "full year, MWh", years[19].Captured.MWh(), 12573, 1e-3)
	near(t, "survival", years[19].Survival, math.Pow(0.98, 19.5), 1e-12)
	near(t, "expected", float64(years[19].Expected), float64(years[19].Captured)*years[19].Survival, 1e-12)
	if half := years[1].Captured; half < years[2].Captured/2*105/100 {
		t.Errorf("half the heat gives %.0f MWh of %.0f: want clearly more than half", half.MWh(), years[2].Captured.MWh())
	}
	var sum float64
	for _, y := range years {
		sum += float64(y.Expected)
	}
	near(t, "cumulated", float64(years[19].CumulatedExpectation), sum, 1e-12)
	for _, bad := range []Outlook{{}, {Ramp: []float64{1}, Years: 5, Closure: 1}, {Ramp: []float64{-1}, Years: 5}} {
		if _, err := Expect(source, n, bad); err == nil {
			t.Errorf("%+v accepted", bad)
		}
	}
}

// With equal years and equal lives the two ways to the cost of heat agree.
func TestCostOverYearsIsTheAnnuity(t *testing.T) {
	c := workedCost(15794*interval.MegawattHour, 3220.7*interval.MegawattHour, 2.51).Concession(20)
	years := make([]YearHeat, 20)
	for i := range years {
		years[i] = YearHeat{Year: i + 1, Survival: 1, ExpectedDelivered: c.Delivered, ExpectedElectricity: c.Electricity, Expected: c.Captured}
	}
	near(t, "€/MWh", c.LevelisedOver(years)/EuroPerMWh, c.Levelised()/EuroPerMWh, 1e-12)
	full := workedCost(15794*interval.MegawattHour, 3220.7*interval.MegawattHour, 2.51)
	if c.Levelised() <= full.Levelised() {
		t.Error("a shorter term makes the heat dearer")
	}
	// The risk of closure makes it dearer still.
	for i := range years {
		s := math.Pow(0.95, float64(i)+0.5)
		years[i].Survival, years[i].ExpectedDelivered, years[i].ExpectedElectricity = s, c.Delivered*interval.Energy(s), c.Electricity*interval.Energy(s)
	}
	if c.LevelisedOver(years) <= c.Levelised() {
		t.Error("the risk of closure does not show")
	}
}

func TestGrantLowersTheCapitalOnly(t *testing.T) {
	c := workedCost(15794*interval.MegawattHour, 3220.7*interval.MegawattHour, 2.51)
	before := c.Annual()
	c.Investments[2].Grant = 100e3
	near(t, "€ a year", before-c.Annual(), 100e3*CapitalRecovery(0.04, 40), 1e-9)
	c.Investments[2].Grant = 1e9 // no more than the investment
	near(t, "€ a year", before-c.Annual(), 320e3*CapitalRecovery(0.04, 40), 1e-9)
}
