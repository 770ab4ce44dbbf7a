package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// Glycol is a mixture of water and an antifreeze by Melinder's polynomials
// (2010) in temperature (rows) and mass fraction (columns), both counted from
// a base.
//
// Method: G1.
type Glycol struct {
	name          string
	baseT, baseX  float64
	freezing      []float64
	density, heat [][]float64
	logViscosity  [][]float64
	highest       float64
}

// Ethylene (MEG) and propylene (MPG) glycol: coefficients as CoolProp keeps
// them, mass fractions 0 to 0.60, to 100 °C.
var (
	MEG = Glycol{
		name: "ethylene glycol", baseT: 304.878, baseX: 0.308462, highest: 0.60,
		freezing: []float64{257.9, -80.8, -133.4, -72.93, 100.6, 11.4},
		density: [][]float64{
			{1034.0, 131.1, 0.749, -106.2, -96.23, 489.1},
			{-0.4781, -0.6876, 0.7855, 1.229, -7.211},
			{-0.002692, 0.004805, -0.003995, -0.01153},
			{4.725e-06, 1.69e-06, 4.982e-05},
		},
		heat: [][]float64{
			{3737.0, -1799.0, -993.3, 2610.0, 1537.0, -16180.0},
			{2.93, 10.46, 3.516, -1.189, -42.72},
			{-0.004675, -0.04147, 0.05109, -0.1643},
			{-1.389e-05, 1.847e-05, -0.0007138},
		},
		logViscosity: [][]float64{
			{-6.437255, 2.471, 0.03328, 1.659, 3.089, -18.65},
			{-0.0255, -0.01171, 0.01086, 0.003157, 0.01831},
			{0.0001782, 0.0001052, 0.0001051, 0.0004063},
			{-7.669e-07, -1.634e-06, -6.475e-06},
		},
	}
	MPG = Glycol{
		name: "propylene glycol", baseT: 305.8583, baseX: 0.307031, highest: 0.60,
		freezing: []float64{259.9, -66.31, -109.4, -228.3, -340.9, 146.5},
		density: [][]float64{
			{1018.0, 76.04, -24.98, -155.0, -113.1, 234.2},
			{-0.5406, -0.945, 0.27, 2.829, -2.221},
			{-0.002666, 0.005541, -0.004018, -0.007175},
			{1.347e-05, -1.343e-05, 3.376e-05},
		},
		heat: [][]float64{
			{3882.0, -1304.0, -1598.0, 353.9, 5000.0, -4959.0},
			{2.699, 5.07, 0.9534, 31.02, -71.35},
			{-0.001659, -0.004752, 0.1167, -0.295},
			{-1.032e-05, 0.0001522, -0.000487},
		},
		logViscosity: [][]float64{
			{-6.224055, 3.328, 0.5453, -3.9, -1.587, 35.64},
			{-0.03045, -0.03984, -0.00086, 0.1054, 0.04475},
			{0.0002525, 0.0004332, -0.0001593, -0.001589},
			{-1.399e-06, -1.86e-06, -4.465e-07},
		},
	}
)

// Density returns the density of a mixture with mass fraction x of glycol.
func (g Glycol) Density(t interval.Temperature, x float64) interval.Density {
	return interval.Density(g.polynomial(g.density, t, x))
}

// SpecificHeat returns the specific heat of a mixture.
func (g Glycol) SpecificHeat(t interval.Temperature, x float64) interval.SpecificHeat {
	return interval.SpecificHeat(g.polynomial(g.heat, t, x))
}

// Viscosity returns the dynamic viscosity of a mixture in Pa·s.
func (g Glycol) Viscosity(t interval.Temperature, x float64) float64 {
	return math.Exp(g.polynomial(g.logViscosity, t, x))
}

// Freezing returns the temperature at which a mixture begins to freeze.
func (g Glycol) Freezing(x float64) interval.Temperature {
	return interval.Temperature(horner(g.freezing, x-g.baseX))
}

// EnthalpyRise returns the heat that warms 1 kg of a mixture from a to b.
// Simpson's rule is exact here: the specific heat is a cubic in temperature.
func (g Glycol) EnthalpyRise(a, b interval.Temperature, x float64) interval.Enthalpy {
	mean := float64(g.SpecificHeat(a, x)+4*g.SpecificHeat((a+b)/2, x)+g.SpecificHeat(b, x)) / 6
	return interval.Enthalpy(mean * float64(b.Minus(a)))
}

// check refuses a state outside the polynomials' validity.
func (g Glycol) check(t interval.Temperature, x float64) error {
	switch {
	case !(x >= 0 && x <= g.highest):
		return fmt.Errorf("%s at %g %% by mass is outside 0..60 %%; a volume share must be converted first", g.name, 100*x)
	case !(t > g.Freezing(x) && t <= 373.15):
		return fmt.Errorf("%s at %.1f °C is frozen or above 100 °C", g.name, t.Celsius())
	}
	return nil
}

func (g Glycol) polynomial(c [][]float64, t interval.Temperature, x float64) float64 {
	sum := 0.0
	for i := len(c) - 1; i >= 0; i-- {
		sum = sum*(float64(t)-g.baseT) + horner(c[i], x-g.baseX)
	}
	return sum
}

// horner returns c[0] + c[1]·x + c[2]·x² + …
func horner(c []float64, x float64) float64 {
	sum := 0.0
	for i := len(c) - 1; i >= 0; i-- {
		sum = sum*x + c[i]
	}
	return sum
}
