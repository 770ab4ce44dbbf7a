package store

import "math"

// The powers of ten that decimal tries. A power up to 22 is exact in a
// float64, and so is a whole number up to 2^53: their product or quotient is
// then rounded once, just as reading the decimal number would.
const (
	minExponent = -15
	maxExponent = 18
	maxWhole    = 1 << 53
)

// decimal writes every v as a whole number divided by one power of ten
// (10^exponent), and says whether that gives back exactly the same bits.
func decimal(v []float64) (whole []int64, exponent int, ok bool) {
	exponent = minExponent
	for _, x := range v {
		for !exact(x, exponent) {
			if exponent++; exponent > maxExponent {
				return nil, 0, false
			}
		}
	}
	whole = make([]int64, len(v))
	for i, x := range v {
		// An early value may have become too long for a later exponent.
		if !exact(x, exponent) {
			return nil, 0, false
		}
		whole[i] = int64(scale(x, exponent))
	}
	return whole, exponent, true
}

// exact reports whether x survives the way to a whole number and back.
// Negative zero does not: it has no sign as a whole number.
func exact(x float64, exponent int) bool {
	m := scale(x, exponent)
	if math.Abs(m) > maxWhole {
		return false
	}
	return math.Float64bits(unscale(float64(int64(m)), exponent)) == math.Float64bits(x)
}

func scale(x float64, exponent int) float64 {
	if exponent < 0 {
		return math.Round(x / math.Pow10(-exponent))
	}
	return math.Round(x * math.Pow10(exponent))
}

func unscale(m float64, exponent int) float64 {
	if exponent < 0 {
		return m * math.Pow10(-exponent)
	}
	return m / math.Pow10(exponent)
}
