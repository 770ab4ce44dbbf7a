package agent

import (
	"math"

	"thermie/agent/modbus"
	"thermie/configs"
	"thermie/interval"
)

// quantity is one kind that a device measures: the sum of the registers of
// that kind (two tariffs of one energy).
type quantity struct {
	kind  interval.Kind
	parts []part
}

// part is one register of a quantity and its way to SI, which is not known
// beforehand where another register tells the unit.
type part struct {
	register *configs.Register
	answer   int // its place among the answers
	toSI     configs.Conversion
}

// si is what an answer means in SI; NaN where it has no value.
func (p *part) si(a *modbus.Answer) float64 {
	if p.register.UnitFrom == nil {
		return p.toSI.SI(a.Value)
	}
	toSI, err := configs.UnitFor(p.register.Kind, a.Unit)
	if err != nil {
		return math.NaN() // the template's check leaves no such unit
	}
	return toSI.SI(a.Value)
}

// grain is what one raw count is worth in SI; 0 where it is not known.
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
