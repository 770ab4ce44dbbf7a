package heat

import (
	"math"
	"testing"
	"time"

	"thermie/interval"
)

func powers(v ...float64) []interval.Power {
	p := make([]interval.Power, len(v))
	for i := range v {
		p[i] = interval.Power(v[i])
	}
	return p
}

func TestLoadDuration(t *testing.T) {
	p := powers(math.NaN())
	for v := 1.0; v <= 101; v++ {
		p = append(p, interval.Power(v))
	}
	d := NewLoadDuration(p)
	for name, c := range map[string][2]float64{
		"P50": {float64(d.P50), 51}, "P90": {float64(d.P90), 11}, "P95": {float64(d.P95), 6}, "P99": {float64(d.P99), 2},
		"max": {float64(d.ExceededDuring(0)), 101}, "min": {float64(d.ExceededDuring(1)), 1},
		"lower of two": {float64(d.ExceededDuring(0.905)), 10}, "hours": {float64(d.Hours), 102},
	} {
		near(t, name, c[0], c[1], 1e-12)
	}
	if empty := NewLoadDuration(powers(math.NaN())); !math.IsNaN(float64(empty.P90)) {
		t.Errorf("nothing known gives %+v", empty)
	}
}

func TestFirmPower(t *testing.T) {
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, cet)
	p := make([]interval.Power, 8760)
	for h := range p {
		p[h] = 100
		if month := start.Add(time.Duration(h) * time.Hour).Month(); month >= time.June && month <= time.September {
			p[h] = 300
		}
	}
	copy(p[1000:], powers(5, 5, 5, math.NaN(), 5))
	f := NewFirm(p, start)
	if winter := len(f.Winter.Sorted); winter != (140+92)*24-1 {
		t.Errorf("winter has %d known hours", winter)
	}
	near(t, "firm", float64(f.Year.P90), 100, 1e-12)
	if n := len(f.Months[time.February-1].Sorted); n != 28*24-1 {
		t.Errorf("February has %d known hours", n)
	}
	near(t, "firm in July", float64(f.Months[time.July-1].P90), 300, 1e-12)
	near(t, "lowest day", float64(f.LowestDay), (21*100+3*5)/24.0, 1e-12)
	if f.LongestOutage != 3 {
		t.Errorf("longest outage %d h: an unknown hour is no outage", f.LongestOutage)
	}
	if f.Ramp != 0 {
		t.Errorf("ramp %g W of a flat series", float64(f.Ramp))
	}
	for h := 0; h < 200; h += 2 {
		p[4000+h] += 50
	}
	near(t, "ramp", float64(NewFirm(p, start).Ramp), 50, 1e-12)
}

func TestHeatingCurve(t *testing.T) {
	for _, c := range []struct{ outdoor, supply, ret float64 }{{-20, 90, 50}, {-7, 90, 50}, {4, 77.5, 46}, {15, 65, 42}, {30, 65, 42}} {
		supply, ret := DefaultCurve().At(interval.Celsius(c.outdoor))
		near(t, "supply", supply.Celsius(), c.supply, 1e-9)
		near(t, "return", ret.Celsius(), c.ret, 1e-9)
	}
}

func TestDemandKeepsTheYear(t *testing.T) {
	outdoor := typicalYear(t, "H3")
	sum := func(d []interval.Power) (e interval.Energy) {
		for _, p := range d {
			e += p.For(time.Hour)
		}
		return e
	}
	year := 5 * interval.GigawattHour
	near(t, "sum", sum(Demand(year, 0.3, outdoor, DefaultHeatingBaseTemp)).MWh(), 5000, 1e-9)
	near(t, "no heating at all", sum(Demand(year, 0.3, outdoor, 200)).MWh(), 5000, 1e-9)
	outdoor[0] = interval.Temperature(math.NaN())
	outdoor[500] = interval.Temperature(math.NaN())
	near(t, "an unknown hour", sum(Demand(year, 0.3, outdoor, DefaultHeatingBaseTemp)).MWh(), 5000, 1e-9)
	if d := Demand(year, 0.3, nil, DefaultHeatingBaseTemp); len(d) != 0 {
		t.Errorf("no weather gives %d hours", len(d))
	}
}
