package heat

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// dimension keeps the units of a case apart.
type dimension string

const (
	dimNumber       dimension = "number"
	dimShare        dimension = "share"
	dimTemperature  dimension = "temperature"
	dimDifference   dimension = "temperature difference"
	dimPower        dimension = "power"
	dimEnergy       dimension = "energy"
	dimVolumeRate   dimension = "volume flow"
	dimMassRate     dimension = "mass flow"
	dimPressure     dimension = "pressure"
	dimGradient     dimension = "pressure per length"
	dimLength       dimension = "length"
	dimSpeed        dimension = "speed"
	dimDensity      dimension = "density"
	dimViscosity    dimension = "viscosity"
	dimPerKelvin    dimension = "specific heat"
	dimPerKilogram  dimension = "specific energy"
	dimCoefficient  dimension = "heat per volume and kelvin"
	dimPerLength    dimension = "power per length"
	dimTimeSpan     dimension = "time"
	dimMoney        dimension = "money"
	dimPricePerHeat dimension = "price of energy"
	dimEmission     dimension = "mass per energy"
	dimMass         dimension = "mass"
	dimDegreeDays   dimension = "degree days"
	dimVolume       dimension = "volume"
	dimPerElectric  dimension = "volume per energy"
	dimConductance  dimension = "power per kelvin"
	dimLineLoss     dimension = "power per length and kelvin"
	dimPerTrench    dimension = "energy per length"
	dimLinePrice    dimension = "money per length"
)

// unit turns a case's number into SI: SI = value·factor + offset.
type unit struct {
	of             dimension
	factor, offset float64
}

// caseUnits are the units that a case may use; "" stands for a plain number.
var caseUnits = map[string]unit{
	"": {dimNumber, 1, 0}, "%": {dimShare, 0.01, 0},
	"°C": {dimTemperature, 1, 273.15}, "K": {dimDifference, 1, 0},
	"W": {dimPower, 1, 0}, "kW": {dimPower, 1e3, 0}, "MW": {dimPower, 1e6, 0},
	"J": {dimEnergy, 1, 0}, "kWh": {dimEnergy, 3.6e6, 0}, "MWh": {dimEnergy, 3.6e9, 0}, "GWh": {dimEnergy, 3.6e12, 0}, "GJ": {dimEnergy, 1e9, 0},
	"m3/h": {dimVolumeRate, 1. / 3600, 0}, "l/s": {dimVolumeRate, 1e-3, 0}, "m3/s": {dimVolumeRate, 1, 0},
	"kg/s": {dimMassRate, 1, 0}, "kg": {dimMass, 1, 0}, "t": {dimMass, 1e3, 0},
	"MPa": {dimPressure, 1e6, 0}, "bar": {dimPressure, 1e5, 0}, "Pa": {dimPressure, 1, 0}, "Pa/m": {dimGradient, 1, 0},
	"m": {dimLength, 1, 0}, "km": {dimLength, 1e3, 0}, "mm": {dimLength, 1e-3, 0}, "m/s": {dimSpeed, 1, 0},
	"kg/m3": {dimDensity, 1, 0}, "mPa.s": {dimViscosity, 1e-3, 0},
	"J/kgK": {dimPerKelvin, 1, 0}, "kJ/kg": {dimPerKilogram, 1e3, 0},
	"kWh/m3K": {dimCoefficient, 3.6e6, 0}, "MJ/m3K": {dimCoefficient, 1e6, 0}, "W/m": {dimPerLength, 1, 0},
	"h": {dimTimeSpan, 3600, 0}, "a": {dimTimeSpan, 8760 * 3600, 0},
	"€": {dimMoney, 1, 0}, "k€": {dimMoney, 1e3, 0}, "€/MWh": {dimPricePerHeat, 1 / 3.6e9, 0},
	"g/kWh": {dimEmission, 1e-3 / 3.6e6, 0}, "K.d": {dimDegreeDays, 1, 0},
	"m3": {dimVolume, 1, 0}, "L/kWh": {dimPerElectric, LitrePerKWh, 0}, "kW/K": {dimConductance, 1e3, 0},
	"W/mK": {dimLineLoss, 1, 0}, "€/m": {dimLinePrice, 1, 0}, "MWh/m": {dimPerTrench, 3.6e9, 0},
}

// parseValue reads "30 m3/h" as a value of the dimension.
func parseValue(fields []string, of dimension) (float64, error) {
	if len(fields) == 0 {
		return 0, fmt.Errorf("a value is missing: give a number and a unit (%s)", unitsOf(of))
	}
	v, err := parseNumber(fields[0])
	if err != nil {
		return 0, fmt.Errorf("%q is no number", fields[0])
	}
	name := strings.Join(fields[1:], " ")
	u, known := caseUnits[name]
	if !known || u.of != of {
		return 0, fmt.Errorf("unit %q does not fit a %s: say %s", name, of, unitsOf(of))
	}
	return v*u.factor + u.offset, nil
}

// toUnit turns an SI value into a unit that parseValue has accepted.
func toUnit(si float64, name string) float64 {
	u := caseUnits[name]
	return (si - u.offset) / u.factor
}

// unitsOf lists the units of a dimension for a message.
func unitsOf(of dimension) string {
	var names []string
	for name, u := range caseUnits {
		if u.of == of && name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "no unit"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// inputNames and quantityNames list what a case may say, for a message.
func inputNames() string {
	names := append(slices.Sorted(maps.Keys(caseInputs)), caseWords...)
	for name := range caseSeries {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func quantityNames() string { return strings.Join(slices.Sorted(maps.Keys(caseQuantities)), ", ") }
