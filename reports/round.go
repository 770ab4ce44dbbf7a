package reports

import (
	"math"
	"strconv"
)

// Step is how the figures of one column are printed: their unit, how much of
// it one SI unit is, and to how many decimals they are rounded. Rounding
// happens here, once, and nowhere else.
type Step struct {
	Unit     string
	SI       float64 // the unit in SI
	Decimals int
}

// In makes the Step of a unit, of which one is si in SI.
func In(unit string, si float64, decimals int) Step { return Step{unit, si, decimals} }

// The steps of the tables. MWh and GWh of one figure show the same digits.
var (
	InMWh      = Step{"MWh", 3.6e9, 0}
	inGWh      = Step{"GWh", 3.6e12, 3}
	inKWhOfDay = Step{"kWh", 3.6e6, 2} // periods below a month
	inKWh      = Step{"kWh", 3.6e6, 0}
	InRatio    = Step{"", 1, 4}
	InCOP      = Step{"", 1, 2}
	InPoints   = Step{"%", 0.01, 2}
	InRate     = Step{"%", 0.01, 1} // a share of renewable and recovered energy
	InTons     = Step{"tCO2e", 1e3, 0}
	InKm       = Step{"km", 1e3, 2}
)

// Round returns v, given in SI, in the step's unit and to its decimals.
func (s Step) Round(v float64) float64 { return RoundTo(v/s.SI, s.Decimals) }

// RoundU rounds an uncertainty likewise, but never down to nothing: what is
// uncertain by less than half a Step is uncertain by one.
func (s Step) RoundU(v float64) float64 {
	u := s.Round(v)
	if u == 0 && v > 0 {
		return math.Pow10(-s.Decimals)
	}
	return u
}

// FloorTo rounds a share down, so that only what is whole prints as whole.
func FloorTo(share float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return RoundTo(math.Floor(share*scale+1e-6)/scale, decimals)
}

// RoundTo rounds half away from zero. Through the decimal form, so that the
// result is the float closest to what is printed.
func RoundTo(v float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	f, err := strconv.ParseFloat(strconv.FormatFloat(math.Round(v*scale)/scale, 'f', decimals, 64), 64)
	if err != nil {
		return v
	}
	return f
}
