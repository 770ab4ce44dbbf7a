package mqtt

import (
	"math"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

var supply = configs.Value{Point: "loop", Kind: interval.SupplyTemperature, Unit: "°C"}

func TestAPlainNumberIsOneCleanNumber(t *testing.T) {
	s := newStory(t, configs.ProfileNumber, "bms/supply", supply)
	for _, c := range []struct{ text, want, fault string }{
		{"23.4", "loop/supply_temperature=296.55", ""},
		{"23,4", "loop/supply_temperature=296.55", ""},
		{" 23.4 °C\n", "loop/supply_temperature=296.55", ""},
		{"23,4°C", "loop/supply_temperature=296.55", ""},
		{"-5", "loop/supply_temperature=268.15", ""},
		{"2.34e1", "loop/supply_temperature=296.55", ""},
		{"0,125", "loop/supply_temperature=273.275", ""}, // no thousand begins with 0
		{"1,234", "", "thousands or decimals"},
		{"74.1 °F", "", `"°F", and "°C" is configured`},
		{"ON", "", "not a number"},
		{"", "", "not a number"},
		{"0x1F", "", `"x1F"`},
		{"1_000", "", `"_000"`},
		{"23.4 23.5", "", "configured"},
		{"inf", "", "not a number"},
		{"1e999", "", "not a number"},
		{"null", "loop/supply_temperature=NaN", ""},
		{"NaN", "loop/supply_temperature=NaN", ""},
	} {
		s.hears("bms/supply", c.text, c.want, c.fault)
	}
}

func FuzzNumber(f *testing.F) {
	for _, text := range []string{"23.4", "23,4 °C", "1,234", "ON", "nan", "1e308"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if n, err := plainNumber(payload, "°C"); err == nil && math.IsInf(n, 0) {
			t.Errorf("%q is %v", payload, n)
		}
	})
}
