package heat

import "thermie/interval"

// HeatingCurve gives a network's temperatures by the outdoor temperature:
// linear between two points, constant beyond them.
type HeatingCurve struct {
	Cold, Mild             interval.Temperature // outdoor
	SupplyCold, SupplyMild interval.Temperature
	ReturnCold, ReturnMild interval.Temperature
}

// DefaultCurve returns the curve used where the operator states none: supply
// 90 °C at −7 °C outdoors to 65 °C at 15 °C, return 50 to 42 °C. The operator
// should confirm it.
//
// Method: HC1.
func DefaultCurve() HeatingCurve {
	return HeatingCurve{
		Cold: interval.Celsius(-7), Mild: interval.Celsius(15),
		SupplyCold: interval.Celsius(90), SupplyMild: interval.Celsius(65),
		ReturnCold: interval.Celsius(50), ReturnMild: interval.Celsius(42),
	}
}

// At returns the supply and return temperature at an outdoor temperature.
//
// Method: HC1.
func (c HeatingCurve) At(outdoor interval.Temperature) (supply, ret interval.Temperature) {
	x := float64(outdoor-c.Cold) / float64(c.Mild-c.Cold)
	x = min(max(x, 0), 1)
	return between(c.SupplyCold, c.SupplyMild, x), between(c.ReturnCold, c.ReturnMild, x)
}

// check refuses a curve that no network has.
func (c HeatingCurve) check() error {
	switch {
	case !(c.Mild > c.Cold):
		return NewFault("curve_outdoor", "heating curve: the mild outdoor temperature must be above the cold one")
	case !(c.SupplyCold > c.ReturnCold && c.SupplyMild > c.ReturnMild):
		return NewFault("curve_supply", "heating curve: supply must be warmer than return; state both")
	case !(c.ReturnCold > 273.15 && c.ReturnMild > 273.15 && c.SupplyCold < 473.15 && c.SupplyMild < 473.15):
		return NewFault("curve_range", "heating curve: temperatures must lie between 0 and 200 °C")
	}
	return nil
}

// between returns the temperature at share x of the way from a to b.
func between(a, b interval.Temperature, x float64) interval.Temperature {
	return a.Plus(interval.TemperatureDiff(x * float64(b.Minus(a))))
}
