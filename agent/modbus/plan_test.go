package modbus

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// registersAt makes input registers of a type, named by their address.
func registersAt(registerType string, addresses ...uint16) (all []configs.Register) {
	for _, a := range addresses {
		all = append(all, configs.Register{Name: fmt.Sprint(a), Address: a, Function: 4, Type: registerType, Scale: 1})
	}
	return all
}

// show writes requests as "address+words(fields)".
func show(requests []request) string {
	var all []string
	for _, r := range requests {
		all = append(all, fmt.Sprintf("%d+%d(%d)", r.address, r.words, len(r.fields)))
	}
	return strings.Join(all, " ")
}

func TestRegistersAreReadInTheFewestRequests(t *testing.T) {
	cases := []struct {
		name      string
		registers []configs.Register
		maxWords  int
		want      string
	}{
		{"one", registersAt("f32", 3059), 125, "3059+2(1)"},
		{"neighbours", registersAt("f32", 12, 14, 16), 125, "12+6(3)"},
		{"any order", registersAt("f32", 16, 12, 14), 125, "12+6(3)"},
		{"a hole between", registersAt("f32", 12, 52), 125, "12+42(2)"},
		{"just within the limit", registersAt("f32", 0, 48), 50, "0+50(2)"},
		{"just beyond the limit", registersAt("f32", 0, 49), 50, "0+2(1) 49+2(1)"},
		{"too far apart", registersAt("s64", 3059, 3203), 125, "3059+4(1) 3203+4(1)"},
		{"the same register twice", registersAt("u16", 5, 5), 125, "5+1(2)"},
		{"overlapping", append(registersAt("u32", 5), registersAt("u16", 6)...), 125, "5+2(2)"},
		{"up to the last address", registersAt("u16", 65535), 125, "65535+1(1)"},
		{"none", nil, 125, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			requests, err := plan(c.registers, c.maxWords)
			if err != nil || show(requests) != c.want {
				t.Errorf("%s, %v, want %s", show(requests), err, c.want)
			}
		})
	}
}

func TestFunctionsAreNotMixedInARequest(t *testing.T) {
	registers := registersAt("u16", 1, 2)
	registers[1].Function = 3
	if requests, err := plan(registers, 125); err != nil || show(requests) != "2+1(1) 1+1(1)" {
		t.Errorf("%s, %v", show(requests), err)
	}
}

func TestARegisterThatCannotBeReadIsRefused(t *testing.T) {
	for _, registers := range [][]configs.Register{registersAt("f32", 65535), registersAt("u128", 1)} {
		if _, err := plan(registers, 125); err == nil || !strings.Contains(err.Error(), registers[0].Name) {
			t.Errorf("%v: %v", registers, err)
		}
	}
	if _, err := plan(registersAt("u64", 1), 3); err == nil {
		t.Error("a register of 4 words in requests of 3")
	}
}

func TestARefusedBlockIsSplitAtItsHolesThenInSingles(t *testing.T) {
	requests, err := plan(registersAt("f32", 12, 14, 52), 125)
	if err != nil {
		t.Fatal(err)
	}
	parts := requests[0].split()
	if show(parts) != "12+4(2) 52+2(1)" {
		t.Fatalf("at its holes: %s", show(parts))
	}
	singles := parts[0].split()
	if show(singles) != "12+2(1) 14+2(1)" {
		t.Fatalf("in singles: %s", show(singles))
	}
	if rest := singles[0].split(); rest != nil {
		t.Errorf("a single register was split: %s", show(rest))
	}
}

// Some devices refuse the address of a block that holds what they lack, some
// its length.
func TestABlockIsSplitHoweverItIsRefused(t *testing.T) {
	for _, code := range []byte{2, 3} {
		p := modbustest.NewPeer(t, func(_ int, r []byte) ([]byte, bool) {
			if r[11] > 1 {
				return modbustest.Framed(r, r[6], r[7]|0x80, code), false
			}
			return modbustest.Rightly(r), false
		})
		wanted := registersAt("u16", 10, 11, 13)
		r, err := NewReader(testClient(testLink(t, p.Address), 1), configs.Template{MaxWords: 125}, wanted, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		if answers, err := r.Read(time.Now); err != nil || len(answers) != 3 || answers["13"].Value != 13 || r.Requests() != 3 {
			t.Errorf("exception %d: %v, %v, %d requests", code, answers, err, r.Requests())
		}
	}
}

// Whatever the template, each register lies whole in exactly one request,
// and no request is longer than the device allows.
func FuzzPlan(f *testing.F) {
	f.Add([]byte{0, 1, 0, 0, 3, 1, 255, 255, 2}, uint8(50))
	types := []string{"u16", "s32", "f64"}
	f.Fuzz(func(t *testing.T, picks []byte, limit uint8) {
		maxWords := 4 + int(limit)%122
		var registers []configs.Register
		for ; len(picks) >= 3; picks = picks[3:] {
			address := uint16(picks[0])<<8 | uint16(picks[1])
			if address > 65532 {
				continue
			}
			registers = append(registers, registersAt(types[picks[2]%3], address)...)
		}
		requests, err := plan(registers, maxWords)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, r := range requests {
			if int(r.words) > maxWords || r.words == 0 {
				t.Fatalf("request of %d words, at most %d", r.words, maxWords)
			}
			answer := make([]byte, 2*r.words)
			for _, field := range r.fields {
				if len(r.cut(answer, field)) != 2*field.words {
					t.Fatal("field cut short")
				}
				found++
			}
		}
		if found != len(registers) {
			t.Fatalf("%d of %d registers planned", found, len(registers))
		}
	})
}
