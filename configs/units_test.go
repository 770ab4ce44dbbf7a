package configs

import (
	"math"
	"strings"
	"testing"

	"thermie/interval"
)

func TestUnitsAtTheTwoEnds(t *testing.T) {
	for _, c := range []struct {
		kind interval.Kind
		unit string
		v    float64
		si   float64
	}{
		{interval.ElectricEnergy, "kWh", 1, 3.6e6},
		{interval.ThermalEnergy, "GJ", 1, 1e9},
		{interval.ThermalEnergy, "MWh", 2.5, 9e9},
		{interval.ElectricPower, "kW", 24.1, 24100},
		{interval.SupplyTemperature, "°C", 45, 318.15},
		{interval.OutdoorTemperature, "°F", 32, 273.15},
		{interval.OutdoorTemperature, "degF", 212, 373.15},
		{interval.RelativeHumidity, "%", 59, 0.59},
		{interval.VolumeFlowRate, "m3/h", 30, 30.0 / 3600},
		{interval.VolumeFlowRate, "l/min", 60, 0.001},
		{interval.WaterVolume, "m³", 7, 7},
	} {
		conversion, err := UnitFor(c.kind, c.unit)
		if err != nil {
			t.Errorf("%s in %s: %v", c.kind, c.unit, err)
			continue
		}
		if got := conversion.SI(c.v); math.Abs(got-c.si) > 1e-12*math.Abs(c.si) {
			t.Errorf("%v %s = %v, want %v", c.v, c.unit, got, c.si)
		}
	}
}

func TestAUnitOfAnotherQuantityIsRefusedWithThoseThatFit(t *testing.T) {
	for _, c := range []struct {
		kind interval.Kind
		unit string
		want string
	}{
		{interval.ElectricPower, "kWh", "[MW W kW]"},
		{interval.ElectricEnergy, "kW", "kWh"},
		{interval.ElectricPower, "kw", "[MW W kW]"},
		{"electric_powers", "kW", "unknown kind"},
		{interval.SupplyTemperature, "", "°C"},
	} {
		if _, err := UnitFor(c.kind, c.unit); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s in %q: %v, want %q", c.kind, c.unit, err, c.want)
		}
	}
}

// Every kind can be written in some unit, and each unit's SI name is one
// that a kind has.
func TestEachKindHasUnits(t *testing.T) {
	used := map[string]bool{}
	for _, kind := range interval.Kinds() {
		nature, _ := kind.Nature()
		used[nature.ReadingUnit] = true
		if _, err := UnitFor(kind, nature.ReadingUnit); err != nil {
			t.Error(err)
		}
	}
	for name, c := range conversions {
		if !used[c.SIUnit] {
			t.Errorf("unit %s leads to %s, which no kind has", name, c.SIUnit)
		}
	}
}
