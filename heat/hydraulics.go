package heat

import (
	"math"

	"thermie/interval"
)

// laminar is the Reynolds number below which flow is laminar.
const laminar = 2320

// Fluid is what hydraulics needs to know of a liquid.
type Fluid struct {
	Density      interval.Density
	Viscosity    float64 // dynamic, Pa·s
	SpecificHeat interval.SpecificHeat
}

// Water60 is water at 60 °C, the fluid of the sizing tables.
//
// Method: H1.
var Water60 = Fluid{Density: 983.4, Viscosity: 0.467e-3, SpecificHeat: 4181.7}

// FrictionFactor returns the Darcy factor λ of a pipe by Colebrook, 64/Re
// where the flow is laminar. Lengths are in m.
//
// Method: H1.
func FrictionFactor(reynolds, diameter, roughness float64) float64 {
	if reynolds <= 0 {
		return 0
	}
	if reynolds < laminar {
		return 64 / reynolds
	}
	x := 7.0 // 1/√λ; contracts by an order of magnitude a round
	for range 50 {
		next := -2 * math.Log10(2.51*x/reynolds+roughness/(3.71*diameter))
		if math.Abs(next-x) < 1e-13*x {
			break
		}
		x = next
	}
	return 1 / (x * x)
}

// PipeFlow is a flow through a pipe.
type PipeFlow struct {
	Velocity float64 // m/s
	Friction float64 // λ
	Gradient float64 // Pa/m
}

// FlowThrough returns how a mass flow passes a pipe of an inner diameter and
// a roughness (m).
//
// Method: H1.
func FlowThrough(m interval.MassFlow, f Fluid, diameter, roughness float64) PipeFlow {
	area := math.Pi / 4 * diameter * diameter
	v := float64(m) / float64(f.Density) / area
	re := v * diameter * float64(f.Density) / f.Viscosity
	friction := FrictionFactor(re, diameter, roughness)
	return PipeFlow{v, friction, friction / diameter * float64(f.Density) * v * v / 2}
}

// Capacity returns the mass flow at which a pipe's pressure gradient (Pa/m)
// is reached.
//
// Method: H3.
func Capacity(f Fluid, diameter, roughness, gradient float64) interval.MassFlow {
	low, high := 0.0, 1.0
	for FlowThrough(interval.MassFlow(high), f, diameter, roughness).Gradient < gradient {
		high *= 2
	}
	for range 60 {
		mid := (low + high) / 2
		if FlowThrough(interval.MassFlow(mid), f, diameter, roughness).Gradient < gradient {
			low = mid
		} else {
			high = mid
		}
	}
	return interval.MassFlow(low)
}

// PumpPower returns the electricity that moves a volume flow against a
// pressure drop (Pa) at a pump efficiency.
//
// Method: H4.
func PumpPower(flow interval.VolumeFlow, drop interval.Pressure, efficiency float64) interval.Power {
	return interval.Power(float64(flow) * float64(drop) / efficiency)
}

// OutletTemperature returns how warm a flow leaves a pipe of a length (m)
// that loses uPerMetre (W/(m·K)) to an ambient temperature.
//
// Method: H5.
func OutletTemperature(inlet, ambient interval.Temperature, m interval.MassFlow, cp interval.SpecificHeat, uPerMetre, length float64) interval.Temperature {
	decay := math.Exp(-uPerMetre * length / (float64(m) * float64(cp)))
	return ambient.Plus(interval.TemperatureDiff(decay) * inlet.Minus(ambient))
}
