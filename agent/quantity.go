package agent

import (
	"math"

	"thermie/configs"
	"thermie/interval"
)

// quantity is one kind that a device measures: the sum of the registers of
// that kind (two tariffs of one energy).
type quantity struct {
	kind  interval.Kind
	parts []part
}

// part is one register of a quantity and its way to SI.
type part struct {
	register configs.Register
	toSI     configs.Conversion
}

// grain is what one raw count is worth in SI.
func (p part) grain() float64 { return math.Abs(p.register.Scale * p.toSI.Factor) }

// significands are the bits of the floats' significands, the hidden one
// included (IEEE 754).
var significands = map[string]int{"f16": 11, "f32": 24, "f64": 53}

// counts says what the registers of a counter tell of it beforehand: the
// smallest step that they show together, and where a single one begins again
// at 0. The sum of two has no such place.
func (q quantity) counts() (known interval.Register) {
	nature, _ := q.kind.Nature()
	if !nature.Counter {
		return interval.Register{}
	}
	for _, p := range q.parts {
		known.Step += p.grain()
		if bits := significands[p.register.Type]; bits > 0 {
			known.Significand = bits
		}
	}
	if len(q.parts) == 1 {
		known.Width = q.parts[0].register.Width() * q.parts[0].grain()
	}
	return known
}
