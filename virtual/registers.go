package virtual

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"thermie/configs"
)

// show puts into the image what a meter of the template shows: values by
// register name, in the register's unit. A register without a value shows
// what the template or, failing that, its type has for "not available".
func show(t configs.Template, values map[string]float64) (image, error) {
	im := image{}
	for _, r := range t.Registers {
		if r.IsText() {
			continue // names and serial numbers: a virtual meter has none
		}
		if r.Words() == 0 {
			return nil, fmt.Errorf("template %s: register %s has the unknown type %q", t.ID, r.Name, r.Type)
		}
		onWire := words(notAvailable(r.Type), r.Words(), r.WordOrder, r.ByteOrder)
		if v, known := values[r.Name]; known {
			onWire = words(encode(v, r), r.Words(), r.WordOrder, r.ByteOrder)
		} else if len(r.NotValid) > 0 {
			bits, err := strconv.ParseUint(r.NotValid[0], 16, 64)
			if err != nil {
				return nil, fmt.Errorf("template %s: register %s: %w", t.ID, r.Name, err)
			}
			onWire = words(bits, r.Words(), "big", "big") // written as on the wire
		}
		for i, word := range onWire {
			im[cell{r.Function, r.Address + uint16(i)}] = word
		}
	}
	return im, nil
}

// words cuts a value's bits into registers in the order of the wire.
func words(bits uint64, count int, wordOrder, byteOrder string) []uint16 {
	out := make([]uint16, count)
	for i := range out {
		out[i] = uint16(bits >> (16 * (count - 1 - i)))
	}
	if wordOrder == "little" {
		slices.Reverse(out)
	}
	for i, word := range out {
		if byteOrder == "little" {
			out[i] = word<<8 | word>>8
		}
	}
	return out
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
