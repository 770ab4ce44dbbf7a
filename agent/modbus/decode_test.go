package modbus

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode"

	"thermie/configs"
)

func TestWordsBecomeValues(t *testing.T) {
	cases := []struct {
		name, raw, registerType, order string
		scale, offset, want            float64
	}{
		{"unsigned", "ffff", "u16", "big", 1, 0, 65535},
		{"signed", "ffff", "s16", "big", 1, 0, -1},
		{"tenths of a degree", "00d7", "s16", "big", 0.1, 0, 21.5},
		{"offset, as chillers have", "028a", "u16", "big", 0.1, -45, 20},
		{"u32 high word first", "00010002", "u32", "big", 1, 0, 65538},
		{"u32 low word first", "00020001", "u32", "little", 1, 0, 65538},
		{"s32 low word first", "ff38ffff", "s32", "little", 0.1, 0, -20},
		{"s64 energy in Wh", "000000000012d687", "s64", "big", 1, 0, 1234567},
		{"s64 low word first", "d687001200000000", "s64", "little", 1, 0, 1234567},
		{"u64 all but one", "fffffffffffffffe", "u64", "big", 1, 0, math.MaxUint64},
		{"f32", "41c0cccd", "f32", "big", 1, 0, 24.1},
		{"f32 low word first", "cccd41c0", "f32", "little", 1, 0, 24.1},
		{"u16 low byte first", "0100", "u16", "big little", 1, 0, 1},
		{"u32 DCBA", "02000100", "u32", "little little", 1, 0, 65538},
		{"u32 BADC", "01000200", "u32", "big little", 1, 0, 65538},
		{"s32 BADC", "ffff38ff", "s32", "big little", 0.1, 0, -20},
		{"f32 DCBA", "cdccc041", "f32", "little little", 1, 0, 24.1},
		{"f64 DCBA", "9999999999193840", "f64", "little little", 1, 0, 24.1},
		{"s16 low byte first", "d7ff", "s16", "big little", 0.1, 0, -4.1},
		{"u64 BADC", "000000000000d687", "u64", "big little", 1, 0, 0x87d6},
		{"f16", "4e00", "f16", "big", 1, 0, 24},
		{"f16 below zero", "c500", "f16", "big", 1, 0, -5},
		{"f16 all but nothing", "0001", "f16", "big", 1, 0, math.Ldexp(1, -24)},
		{"f16 the largest", "7bff", "f16", "big", 1, 0, 65504},
		{"a bit that is on", "0008", "bit 3", "big", 1, 0, 1},
		{"a bit that is off", "fff7", "bit 3", "big", 1, 0, 0},
		{"f64", "4038199999999999", "f64", "big", 1, 0, 24.1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := configs.Register{Scale: c.scale, Offset: c.offset}
			r.WordOrder, r.ByteOrder, _ = strings.Cut(c.order, " ")
			fmt.Sscanf(c.registerType, "%s %d", &r.Type, &r.Bit)
			raw, _ := hex.DecodeString(c.raw)
			got, ok := Decode(raw, r)
			if !ok || math.Abs(got-c.want) > 1e-6*math.Abs(c.want) {
				t.Errorf("%v %v, want %v", got, ok, c.want)
			}
		})
	}
}

// A device that has no value says so in its own way; it is never a zero.
func TestNotAvailableIsNoValue(t *testing.T) {
	cases := map[string]struct {
		raw string
		r   configs.Register
	}{
		"all ones":           {"ffffffff", configs.Register{Type: "u32", NotValid: []string{"FFFFFFFF"}}},
		"second value":       {"7fff", configs.Register{Type: "s16", NotValid: []string{"8000", "7FFF"}}},
		"not a number":       {"7fc00000", configs.Register{Type: "f32"}},
		"infinity":           {"7f800000", configs.Register{Type: "f32"}},
		"f16 not a number":   {"7e00", configs.Register{Type: "f16"}},
		"f16 infinity":       {"fc00", configs.Register{Type: "f16"}},
		"words for a reader": {"0053", configs.Register{Type: "utf16", Length: 1}},
		"f64 not a number":   {"7ff8000000000000", configs.Register{Type: "f64"}},
		"too few words":      {"0000", configs.Register{Type: "u32"}},
		"unknown type":       {"0000", configs.Register{Type: "bcd"}},
		"nothing":            {"", configs.Register{Type: "bcd"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.r.Scale = 1
			raw, _ := hex.DecodeString(c.raw)
			if value, ok := Decode(raw, c.r); ok {
				t.Errorf("value %v", value)
			}
		})
	}
}

func TestWordsForAReader(t *testing.T) {
	for _, c := range []struct{ raw, registerType, want string }{
		{"0053004f0043004f", "utf16", "SOCO"},
		{"0053004f00000041", "utf16", "SO"},
		{"00e9d83dde000020", "utf16", "é😀"},
		{"4561746f6e202020", "text", "Eaton"},
		{"4561746f6e000041", "text", "Eaton"},
		{"c3a9ff0a1b5b316d", "text", "é[1m"},
		{"0000000000000000", "text", ""},
		{"ffffffffffffffff", "text", ""},
		{"45617a", "text", ""},
	} {
		raw, _ := hex.DecodeString(c.raw)
		if got, ok := DecodeText(raw, configs.Register{Type: c.registerType, Length: 4}); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %s: %q, %v, want %q", c.registerType, c.raw, got, ok, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{0x7f, 0xc0, 0, 0}, "f32", "little", "big", 0.1, -45.0)
	f.Add([]byte("Eaton\x00\x1b["), "text", "big", "little", 1.0, 0.0)
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8}, "s64", "", "", 1.0, 0.0)
	f.Fuzz(func(t *testing.T, raw []byte, registerType, order, bytes string, scale, offset float64) {
		value, ok := Decode(raw, configs.Register{Type: registerType, Scale: scale, Offset: offset, WordOrder: order, ByteOrder: bytes})
		if ok && (math.IsNaN(value) || math.IsInf(value, 0)) {
			t.Errorf("%x as %s gives %v", raw, registerType, value)
		}
		text, ok := DecodeText(raw, configs.Register{Type: registerType, Length: len(raw) / 2})
		if ok && strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%x as %s gives %q", raw, registerType, text)
		}
	})
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte{0, 1, 0, 0, 0, 5, 1, 3, 2, 0, 1})
	f.Add([]byte{0, 1, 0, 0, 0, 3, 1, 0x83, 2})
	request := []byte{0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1}
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := tcpFraming{}.read(bytes.NewReader(b))
		if err != nil {
			return
		}
		if len(frame) > len(b) || len(frame) < mbapBytes+2 {
			t.Fatalf("frame of %d bytes from %d", len(frame), len(b))
		}
		if (tcpFraming{}).check(request, frame) == nil && frame[7] == 3 && len(frame) != mbapBytes+4 {
			t.Fatalf("% x passes for one register", frame)
		}
	})
}
