package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// The media and flow-meter sides of a circuit's card.
const (
	MediumWater = "water"
	MediumMEG   = "meg"
	MediumMPG   = "mpg"
	SideSupply  = "supply"
	SideReturn  = "return"
)

// defaultCircuitPressure stands where a circuit's card gives none. A tenfold
// error of pressure moves the heat by less than 0.1 %.
const defaultCircuitPressure = 0.6 * interval.Megapascal

// CircuitHeat returns the heat that a circuit carries away: the mass flow at
// the side where the flow meter sits, times the enthalpy difference between
// supply (the hot side) and return. It is negative when the supply is the
// colder side. It is to be formed from samples, never from means.
//
// Method: C1.
func CircuitHeat(c interval.Circuit, flow interval.VolumeFlow, supply, ret interval.Temperature) (interval.Power, error) {
	if !(flow >= 0) || math.IsInf(float64(flow), 0) {
		return 0, fmt.Errorf("circuit %s: flow of %g m³/s: a circuit flows one way; is the meter mounted the wrong way round?", c.ID, float64(flow))
	}
	perVolume, err := heatPerVolume(c, supply, ret)
	return interval.Power(float64(flow) * perVolume), err
}

// MassFlow returns the mass flow behind a flow meter's reading.
//
// Method: C1.
func MassFlow(c interval.Circuit, flow interval.VolumeFlow, supply, ret interval.Temperature) (interval.MassFlow, error) {
	density, _, err := stream(c, supply, ret)
	return interval.MassFlow(float64(flow) * float64(density)), err
}

// HeatCoefficient returns the k of EN 1434 in J/(m³·K): heat per volume that
// passed the meter and kelvin between supply and return.
//
// Method: C2.
func HeatCoefficient(c interval.Circuit, supply, ret interval.Temperature) (float64, error) {
	if supply == ret {
		return 0, fmt.Errorf("circuit %s: no heat coefficient without a temperature difference", c.ID)
	}
	perVolume, err := heatPerVolume(c, supply, ret)
	return perVolume / float64(supply.Minus(ret)), err
}

// heatPerVolume returns the heat of one cubic metre at the flow meter, J/m³.
func heatPerVolume(c interval.Circuit, supply, ret interval.Temperature) (float64, error) {
	density, drop, err := stream(c, supply, ret)
	return float64(density) * float64(drop), err
}

// stream returns the density at the flow meter and the enthalpy given off
// between supply and return.
func stream(c interval.Circuit, supply, ret interval.Temperature) (interval.Density, interval.Enthalpy, error) {
	metered := supply
	switch c.FlowMeterSide {
	case SideSupply:
	case SideReturn:
		metered = ret
	default:
		return 0, 0, fmt.Errorf("circuit %s: flow_meter_side is %q: say %q or %q, it is worth up to 2 %% of the heat",
			c.ID, c.FlowMeterSide, SideSupply, SideReturn)
	}
	density, drop, err := fluidStream(c, metered, supply, ret)
	if err != nil {
		return 0, 0, fmt.Errorf("circuit %s: %w", c.ID, err)
	}
	return density, drop, nil
}

func fluidStream(c interval.Circuit, metered, supply, ret interval.Temperature) (interval.Density, interval.Enthalpy, error) {
	switch c.Medium {
	case MediumWater:
		return waterStream(c, metered, supply, ret)
	case MediumMEG:
		return glycolStream(MEG, c.MassPercent/100, metered, supply, ret)
	case MediumMPG:
		return glycolStream(MPG, c.MassPercent/100, metered, supply, ret)
	}
	return 0, 0, fmt.Errorf("medium is %q: say %q, %q or %q", c.Medium, MediumWater, MediumMEG, MediumMPG)
}

func waterStream(c interval.Circuit, metered, supply, ret interval.Temperature) (interval.Density, interval.Enthalpy, error) {
	p := interval.Pressure(c.PressureMPa) * interval.Megapascal
	if p == 0 {
		p = defaultCircuitPressure
	}
	if !(p >= 0.02*interval.Megapascal && p <= 5*interval.Megapascal) {
		return 0, 0, fmt.Errorf("pressure_mpa is %g: give the absolute pressure in MPa, 6 bar is 0.6", c.PressureMPa)
	}
	hot, err := WaterAt(supply, p)
	if err != nil {
		return 0, 0, err
	}
	cold, err := WaterAt(ret, p)
	if err != nil {
		return 0, 0, err
	}
	density := hot.Density
	if metered == ret {
		density = cold.Density
	}
	return density, hot.Enthalpy - cold.Enthalpy, nil
}

func glycolStream(g Glycol, x float64, metered, supply, ret interval.Temperature) (interval.Density, interval.Enthalpy, error) {
	if x == 0 {
		return 0, 0, fmt.Errorf("%s: glycol_mass_percent is missing: at 30 %% it is worth 8 %% of the heat", g.name)
	}
	for _, t := range []interval.Temperature{supply, ret} {
		if err := g.check(t, x); err != nil {
			return 0, 0, err
		}
	}
	return g.Density(metered, x), g.EnthalpyRise(ret, supply, x), nil
}
