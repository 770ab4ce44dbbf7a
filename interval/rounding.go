package interval

import "math"

// grain is the power of ten to which the numbers of a record are rounded: a
// long mantissa that says nothing costs two to four times the bytes on the
// wire and in the store.
type grain int

// grainOf returns the largest power of ten that is at most a twentieth of u,
// so that rounding adds less than 0.02 % to the uncertainty. Nine digits of v
// are enough in any case: what lies below is the noise of the computer's own
// arithmetic.
func grainOf(u, v float64) grain { return floorLog10(max(u/20, math.Abs(v)*1e-9)) }

// exact marks that nothing is rounded.
const exact = grain(math.MinInt16)

// floorLog10 returns the largest power of ten that is at most v, of those
// that a float64 holds without error.
func floorLog10(v float64) grain {
	if !(v >= 1e-22 && v < 1e22) {
		return exact
	}
	e := math.Floor(math.Log10(v))
	if math.Pow(10, e) > v {
		e--
	} else if math.Pow(10, e+1) <= v {
		e++
	}
	return max(grain(e), -22)
}

// round returns the number nearest to v that the grain allows.
func (g grain) round(v float64) float64 {
	if g == exact {
		return v
	}
	power := math.Pow(10, math.Abs(float64(g)))
	rounded := math.Round(v/power) * power
	if g < 0 {
		rounded = math.Round(v*power) / power
	}
	return rounded + 0 // no negative zero
}

// carry rounds an interval's amount so that the running total, not the
// single amount, is off by at most half a grain: what one interval keeps
// back, kept, the next one gives out. An amount never changes its sign by
// that, so a load that is off takes exactly nothing.
func (g grain) carry(amount, kept float64) (rounded, left float64) {
	total := amount + kept
	switch rounded = g.round(total); {
	case amount == 0:
		rounded = 0
	case amount > 0:
		rounded = max(rounded, 0)
	case amount < 0:
		rounded = min(rounded, 0)
	}
	return rounded, total - rounded
}

// coverage returns the share part/whole to four digits; some is never
// rounded to none.
func coverage(part, whole int64) float64 {
	return max(math.Round(float64(part)/float64(whole)*1e4), 1) / 1e4
}

// significant keeps the given number of significant decimal digits; what is
// so small that a power of ten is no float64 any more stays as it is.
func significant(v float64, digits int) float64 {
	if v == math.Trunc(v) && math.Abs(v) < math.Pow10(digits) || math.IsNaN(v) || math.IsInf(v, 0) {
		return v // a whole number that is short enough, as most are
	}
	g := grain(math.Floor(math.Log10(math.Abs(v)))) - grain(digits-1)
	if g < -18 || g > 18 {
		return v
	}
	if power := math.Pow10(int(max(g, -g))); g < 0 {
		return math.Round(v*power) / power
	} else {
		return math.Round(v/power) * power
	}
}
