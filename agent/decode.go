package agent

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"

	"thermie/configs"
)

// decode turns a register's bytes, as they came, into its value in the
// template's unit: raw times scale plus offset. ok is false when the device
// says "not available", by a value of the template or by a float that is not
// a number; absence is never zero.
func decode(raw []byte, r configs.Register, wordOrder string) (value float64, ok bool) {
	if len(raw) == 0 || len(raw) != 2*r.Words() || notValid(raw, r.NotValid) {
		return 0, false
	}
	value = number(bigEndian(raw, wordOrder), r.Type)*r.Scale + r.Offset
	return value, !math.IsNaN(value) && !math.IsInf(value, 0)
}

// notValid reports whether raw is one of the values that mean "not
// available", written in hexadecimal as they come over the wire.
func notValid(raw []byte, values []string) bool {
	got := hex.EncodeToString(raw)
	for _, v := range values {
		if strings.EqualFold(v, got) {
			return true
		}
	}
	return false
}

// bigEndian puts the most significant word first. Bytes inside a word always
// come most significant first.
func bigEndian(raw []byte, wordOrder string) uint64 {
	var bits uint64
	words := len(raw) / 2
	for i := range words {
		at := i
		if wordOrder == "little" {
			at = words - 1 - i
		}
		bits = bits<<16 | uint64(binary.BigEndian.Uint16(raw[2*at:]))
	}
	return bits
}

// number reads the bits as the register's type says.
func number(bits uint64, registerType string) float64 {
	switch registerType {
	case "s16":
		return float64(int16(bits))
	case "s32":
		return float64(int32(bits))
	case "s64":
		return float64(int64(bits))
	case "f32":
		return float64(math.Float32frombits(uint32(bits)))
	case "f64":
		return math.Float64frombits(bits)
	}
	return float64(bits)
}
