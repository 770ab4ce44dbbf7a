package configs

import (
	"fmt"
	"slices"

	"thermie/interval"
)

// Conversion turns a number in a table's or a register's unit into SI.
type Conversion struct {
	SIUnit         string // the unit that SI returns
	Factor, Offset float64
}

// SI returns v in the SI unit.
func (c Conversion) SI(v float64) float64 { return v*c.Factor + c.Offset }

// From returns the SI value si in the conversion's own unit.
func (c Conversion) From(si float64) float64 { return (si - c.Offset) / c.Factor }

// conversions are the units that may stand in a configuration.
var conversions = map[string]Conversion{
	"J": {"J", 1, 0}, "kJ": {"J", 1e3, 0}, "MJ": {"J", 1e6, 0}, "GJ": {"J", 1e9, 0},
	"Wmin": {"J", 60, 0}, "Wh": {"J", 3.6e3, 0}, "kWh": {"J", 3.6e6, 0}, "MWh": {"J", 3.6e9, 0}, "GWh": {"J", 3.6e12, 0},

	"W": {"W", 1, 0}, "kW": {"W", 1e3, 0}, "MW": {"W", 1e6, 0},

	"K": {"K", 1, 0}, "°C": {"K", 1, 273.15}, "C": {"K", 1, 273.15}, "degC": {"K", 1, 273.15},
	"°F": {"K", 5.0 / 9, 459.67 * 5 / 9}, "degF": {"K", 5.0 / 9, 459.67 * 5 / 9},

	"1": {"1", 1, 0}, "%": {"1", 0.01, 0},

	"m3": {"m3", 1, 0}, "m³": {"m3", 1, 0}, "l": {"m3", 1e-3, 0}, "L": {"m3", 1e-3, 0},

	"m3/s": {"m3/s", 1, 0}, "m3/h": {"m3/s", 1.0 / 3600, 0}, "m³/h": {"m3/s", 1.0 / 3600, 0},
	"l/s": {"m3/s", 1e-3, 0}, "L/s": {"m3/s", 1e-3, 0},
	"l/min": {"m3/s", 1e-3 / 60, 0}, "L/min": {"m3/s", 1e-3 / 60, 0}, "LPM": {"m3/s", 1e-3 / 60, 0},
	"l/h": {"m3/s", 1e-3 / 3600, 0}, "L/h": {"m3/s", 1e-3 / 3600, 0},
}

// UnitFor returns the conversion from unit to the reading unit of kind. The
// error says which units would do.
func UnitFor(kind interval.Kind, unit string) (Conversion, error) {
	nature, known := kind.Nature()
	if !known {
		return Conversion{}, fmt.Errorf("unknown kind %q", kind)
	}
	c, known := conversions[unit]
	if !known || c.SIUnit != nature.ReadingUnit {
		return Conversion{}, fmt.Errorf("unit %q does not fit %s: one of %v", unit, kind, unitsOf(nature.ReadingUnit))
	}
	return c, nil
}

// unitsOf lists the units that convert to the SI unit, sorted.
func unitsOf(si string) (names []string) {
	for name, c := range conversions {
		if c.SIUnit == si {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// unit checks that kind is known and that unit fits it.
func (p place) unit(kind interval.Kind, unit string) {
	if !p.at("kind").oneOf(string(kind), kindNames()) {
		return
	}
	if _, err := UnitFor(kind, unit); err != nil {
		nature, _ := kind.Nature()
		at := p.at("unit")
		if unit == "" {
			at.fault(fmt.Sprintf("one of %v", unitsOf(nature.ReadingUnit)), "the unit of %s is missing", kind)
			return
		}
		hint := didYouMean(unit, unitsOf(nature.ReadingUnit))
		if hint == "" {
			hint = fmt.Sprintf("one of %v", unitsOf(nature.ReadingUnit))
		}
		at.fault(hint, "unit %q does not fit %s", unit, kind)
	}
}
