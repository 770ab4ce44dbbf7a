package virtual

import (
	"fmt"
	"math"

	"thermie/configs"
)

// show puts into the image what a meter of the template shows: values by
// register name, in the register's unit. A register without a value shows
// what its type has for "not available".
func show(t configs.Template, values map[string]float64) (image, error) {
	im := image{}
	for _, r := range t.Registers {
		bits := notAvailable(r.Type)
		if v, known := values[r.Name]; known {
			bits = encode(v, r)
		}
		words := r.Words()
		if words == 0 {
			return nil, fmt.Errorf("template %s: register %s has the unknown type %q", t.ID, r.Name, r.Type)
		}
		for i := range words {
			at := i // place of the word on the wire
			if t.WordOrder == "little" {
				at = words - 1 - i
			}
			im[cell{r.Function, r.Address + uint16(at)}] = uint16(bits >> (16 * (words - 1 - i)))
		}
	}
	return im, nil
}

// encode turns a value into the register's bits, rounded to what an integer
// register can hold.
func encode(value float64, r configs.Register) uint64 {
	raw := (value - r.Offset) / r.Scale
	switch r.Type {
	case "f32":
		return uint64(math.Float32bits(float32(raw)))
	case "f64":
		return math.Float64bits(raw)
	}
	return uint64(int64(math.Round(raw)))
}

// notAvailable is the usual mark of an absent value: NaN, all ones for an
// unsigned number, the lowest for a signed one.
func notAvailable(registerType string) uint64 {
	switch registerType {
	case "f32":
		return uint64(math.Float32bits(float32(math.NaN())))
	case "f64":
		return math.Float64bits(math.NaN())
	case "s16":
		return 0x8000
	case "s32":
		return 0x8000_0000
	case "s64":
		return 0x8000_0000_0000_0000
	}
	return math.MaxUint64
}
