package modbus

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"thermie/configs"
)

// Decode turns a register's bytes, as they came, into its value in the
// template's unit: raw times scale plus offset. ok is false when the device
// says "not available", by a value of the template or by a float that is not
// a number; absence is never zero.
func Decode(raw []byte, r configs.Register) (value float64, ok bool) {
	if len(raw) == 0 || len(raw) != 2*r.Words() {
		return 0, false
	}
	return decode(raw, &r)
}

// decode is Decode of as many bytes as the register has.
func decode(raw []byte, r *configs.Register) (value float64, ok bool) {
	if r.IsText() || notValid(raw, r.NotValid) {
		return 0, false
	}
	bits := bigEndian(raw, r.WordOrder, r.ByteOrder)
	if r.Type == configs.TypeBit {
		return float64(bits >> r.Bit & 1), true
	}
	value = number(bits, r.Type)*r.Scale + r.Offset
	return value, !math.IsNaN(value) && !math.IsInf(value, 0)
}

// DecodeText reads a register that holds words for a reader, without what
// fills it up; ok is false where there is nothing to read.
func DecodeText(raw []byte, r configs.Register) (text string, ok bool) {
	if len(raw) != 2*r.Words() || notValid(raw, r.NotValid) {
		return "", false
	}
	if raw = slices.Clone(raw); r.ByteOrder == little {
		for at := 0; at < len(raw); at += 2 {
			raw[at], raw[at+1] = raw[at+1], raw[at]
		}
	}
	text = string(raw)
	if r.Type == configs.TypeUTF16 {
		var units []uint16
		for at := 0; at < len(raw); at += 2 {
			units = append(units, binary.BigEndian.Uint16(raw[at:]))
		}
		text = string(utf16.Decode(units))
	}
	text, _, _ = strings.Cut(text, "\x00")
	text = strings.TrimSpace(strings.Map(printable, text))
	return text, text != ""
}

// printable keeps what can be shown to a reader.
func printable(r rune) rune {
	if r == utf8.RuneError || !unicode.IsPrint(r) {
		return -1
	}
	return r
}

// notValid reports whether raw is one of the values that mean "not
// available", written in hexadecimal as they come over the wire.
func notValid(raw []byte, values []string) bool {
	if len(values) == 0 {
		return false
	}
	got := hex.EncodeToString(raw)
	for _, v := range values {
		if strings.EqualFold(v, got) {
			return true
		}
	}
	return false
}

// The other order of words or of bytes; the custom is the most significant
// first.
const little = "little"

// bigEndian puts the most significant word, and byte, first.
func bigEndian(raw []byte, wordOrder, byteOrder string) uint64 {
	var bits uint64
	words := len(raw) / 2
	for i := range words {
		at := i
		if wordOrder == little {
			at = words - 1 - i
		}
		word := binary.BigEndian.Uint16(raw[2*at:])
		if byteOrder == little {
			word = word<<8 | word>>8
		}
		bits = bits<<16 | uint64(word)
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
	case "f16":
		return half(uint16(bits))
	case "f32":
		return float64(math.Float32frombits(uint32(bits)))
	case "f64":
		return math.Float64frombits(bits)
	}
	return float64(bits)
}

// half reads an IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of
// significand.
func half(bits uint16) float64 {
	exponent, significand := int(bits>>10&0x1f), float64(bits&0x3ff)
	var v float64
	switch exponent {
	case 0:
		v = math.Ldexp(significand, -24)
	case 0x1f:
		if v = math.Inf(1); significand != 0 {
			return math.NaN()
		}
	default:
		v = math.Ldexp(1024+significand, exponent-25)
	}
	if bits&0x8000 != 0 {
		return -v
	}
	return v
}
