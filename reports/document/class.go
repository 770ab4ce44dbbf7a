package document

import "math"

// Class is the range, in GWh, that is printed in place of a secret energy:
// from Low, which belongs to it, to High, which does not and may be infinite.
// The zero Class is none: « s ».
type Class struct{ Low, High float64 }

// text is what a secret figure prints.
func (c Class) text(lang string) string {
	l := LabelsOf(lang)
	number := func(gwh float64) string { return FormatNumber(lang, gwh, 0) }
	switch {
	case c == Class{}:
		return l.secret
	case c.Low == 0:
		return l.below + Nbsp + number(c.High) + Nbsp + "GWh"
	case math.IsInf(c.High, 1):
		return l.above + Nbsp + number(c.Low) + Nbsp + "GWh"
	}
	return number(c.Low) + Nbsp + l.upTo + Nbsp + number(c.High) + Nbsp + "GWh"
}
