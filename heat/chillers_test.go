package heat

import (
	"slices"
	"strings"
	"testing"

	"thermie/interval"
)

// polcom are the COPs measured at a data center by Borkowski and Piłat.
func polcom() *interval.CoolingPlant {
	free, compressors := 8.0, 18.0
	return &interval.CoolingPlant{
		Compressor: interval.PlantCOP{COP: 4.39}, FreeCooling: interval.PlantCOP{COP: 16.50},
		FreeUpToC: &free, CompressorFromC: &compressors, Origin: "Borkowski & Piłat 2021",
	}
}

// chilledSite has a cooling meter of 10 kW and an outdoor temperature.
func chilledSite(tap string, hours int, outdoor float64) *site {
	s := newSite(hours).meter("chiller", interval.Point{Role: interval.RoleCooling, DeclaredPct: percent(1)}, interval.ElectricEnergy, 10)
	s.meter("weather", interval.Point{Role: interval.RoleClimate}, interval.OutdoorTemperature, 273.15+outdoor)
	s.Site.Tap, s.Site.Cooling = tap, polcom()
	return s
}

func TestCoolingElectricityByMode(t *testing.T) {
	for _, c := range []struct {
		tap           string
		outdoor, want float64
	}{
		{"chilled_water_return", 25, 43.9},
		{"chilled_water_return", 0, 165},
		{"chilled_water_return", 13, 10 / (0.5/4.39 + 0.5/16.5)},
		{"condenser", 25, 53.9},
		{"direct_to_chip", 25, 43.9 * 0.85},
	} {
		e := estimate(t, chilledSite(c.tap, 24, c.outdoor).balance(t))
		near(t, c.tap, kwh(e.Recoverable), 24*c.want, 1e-9)
		U := 2 * e.Recoverable.Relative()
		if e.Recoverable.Method != "T2" || U < 0.15 || U > 0.30 {
			t.Errorf("%s at %g °C: method %s, U %.3f, want T2 within 0.15..0.30", c.tap, c.outdoor, e.Recoverable.Method, U)
		}
	}
}

// Nothing is at the condenser while the compressors stand; the electricity
// of the room still says what there is.
func TestCondenserInFreeCoolingHours(t *testing.T) {
	if e := estimate(t, chilledSite("condenser", 24, 0).balance(t)); e.Recoverable.Known {
		t.Errorf("free cooling gave %g kWh at the condenser", kwh(e.Recoverable))
	}
}

func TestOneAnnualCOPIsRefused(t *testing.T) {
	s := chilledSite("chilled_water_return", 24, 20)
	s.Site.Cooling = &interval.CoolingPlant{Compressor: interval.PlantCOP{COP: 8.63}}
	if _, err := NewChillers(*s.Site.Cooling); err == nil || !strings.Contains(err.Error(), "annual COP") {
		t.Errorf("error %v", err)
	}
	e := estimate(t, s.balance(t))
	if e.Recoverable.Known || !slices.Contains(e.Notes, "cooling_cop_refused") {
		t.Errorf("one annual COP gave %g kWh, notes %v", kwh(e.Recoverable), e.Notes)
	}
	warm := 30.0
	for name, spoil := range map[string]func(*interval.CoolingPlant){
		"free cooling below compressors": func(c *interval.CoolingPlant) { c.FreeCooling.COP = 3 },
		"no threshold":                   func(c *interval.CoolingPlant) { c.FreeUpToC, c.CompressorFromC = nil, nil },
		"half a threshold":               func(c *interval.CoolingPlant) { c.FreeUpToC = nil },
		"thresholds crossed":             func(c *interval.CoolingPlant) { c.FreeUpToC = &warm },
		"limits beside the value":        func(c *interval.CoolingPlant) { c.FreeCooling.Low, c.FreeCooling.High = 17, 20 },
	} {
		c := polcom()
		spoil(c)
		if _, err := NewChillers(*c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Without an outdoor temperature the ratio to the IT electricity tells.
func TestModeByRatio(t *testing.T) {
	s := newSite(2).meter("chiller", interval.Point{Role: interval.RoleCooling}, interval.ElectricEnergy, 10)
	s.Cards = append(s.Cards, pointCard("it", itPoint))
	s.record("it", interval.ElectricEnergy, 40, 0, 1).record("it", interval.ElectricEnergy, 160, 1, 2)
	plant := polcom()
	plant.CompressorFromRatio = 0.15
	c, err := NewChillers(*plant)
	if err != nil {
		t.Fatal(err)
	}
	b := s.balance(t)
	for h, want := range []coolingMode{1, 0} {
		if got := c.mode(&b.Hours[h]); got != want {
			t.Errorf("hour %d: mode %g, want %g", h, got, want)
		}
	}
}

// A COP that is too high for the room is capped and remarked.
func TestCoolingHeatIsCapped(t *testing.T) {
	s := chilledSite("condenser", 24, 25)
	s.meter("it", itPoint, interval.ElectricEnergy, 20)
	b := s.balance(t)
	e, err := newEstimator(b)
	if err != nil {
		t.Fatal(err)
	}
	f := e.coolingHeat(0, &b.epochs[0])
	near(t, "kWh at the condenser", f.Energy.KWh(), 1.1*20+10, 1e-9)
	if !slices.Contains(e.notes, "cooling_heat_capped") {
		t.Errorf("notes %v", e.notes)
	}
}

func TestModeUnknownLeavesTheTierOut(t *testing.T) {
	s := newSite(24).meter("chiller", interval.Point{Role: interval.RoleCooling}, interval.ElectricEnergy, 10)
	s.Site.Cooling = polcom()
	if e := estimate(t, s.balance(t)); e.Recoverable.Known || !slices.Contains(e.Notes, "cooling_mode_unknown") {
		t.Errorf("notes %v", e.Notes)
	}
}
