package probe

import (
	"encoding/hex"
	"strings"
	"testing"

	"thermie/agent/modbus"
	"thermie/configs"
	"thermie/interval"
)

func TestWhatCannotBeIsSuspect(t *testing.T) {
	for name, c := range map[string]struct {
		raw    string
		r      configs.Register
		want   Verdict
		reason string
	}{
		"a voltage":                {"43668000", configs.Register{Type: "f32", Unit: "V"}, Plausible, ""},
		"a voltage, words swapped": {"80004366", configs.Register{Type: "f32", Unit: "V"}, Suspect, "with the low word first it would be 230.5 V"},
		"a voltage, bytes swapped": {"66430080", configs.Register{Type: "f32", Unit: "V"}, Suspect, "with the low byte first it would be 230.5 V"},
		"a frequency in tenths":    {"01f4", configs.Register{Type: "u16", Unit: "Hz"}, Suspect, "500 Hz is not to be expected"},
		"a temperature":            {"0ef1", configs.Register{Type: "s16", Scale: 0.01, Unit: "°C", Kind: interval.SupplyTemperature}, Plausible, ""},
		"a temperature in tenths":  {"0ef1", configs.Register{Type: "s16", Scale: 0.1, Unit: "°C", Kind: interval.SupplyTemperature}, Suspect, "382.5 °C"},
		"an energy that is less":   {"ffffffff", configs.Register{Type: "s32", Unit: "kWh", Kind: interval.ElectricEnergy}, Suspect, "-1 kWh"},
		"a power all but nothing":  {"00004375", configs.Register{Type: "f32", Unit: "kW", Kind: interval.ElectricPower}, Suspect, "with the low word first it would be 245 kW"},
		"no power at all":          {"00000000", configs.Register{Type: "f32", Unit: "kW", Kind: interval.ElectricPower}, Plausible, ""},
		"a code":                   {"0003", configs.Register{Type: "u16", Unit: "1"}, NotJudged, ""},
		"a flow":                   {"00007724", configs.Register{Type: "u32", Scale: 0.001, Unit: "m3/h", Kind: interval.VolumeFlowRate}, Plausible, ""},
		"a flow of a river":        {"77240000", configs.Register{Type: "u32", Scale: 0.001, Unit: "m3/h", Kind: interval.VolumeFlowRate}, Suspect, "with the low word first it would be 30.5 m3/h"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.r.Scale == 0 {
				c.r.Scale = 1
			}
			raw, _ := hex.DecodeString(c.raw)
			value, ok := modbus.Decode(raw, c.r)
			verdict, reason := plausible(c.r, modbus.Answer{Raw: raw, Value: value, Unit: c.r.Unit})
			if !ok || verdict != c.want || !strings.Contains(reason, c.reason) {
				t.Errorf("%v: %s, %q", value, verdict, reason)
			}
		})
	}
}
