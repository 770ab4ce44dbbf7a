package heat

import (
	"math"
	"testing"

	"thermie/interval"
)

func percent(v float64) *float64 { return &v }

func accuracy(t testing.TB, p interval.Point) Accuracy {
	t.Helper()
	a, err := AccuracyOf(p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestHeatMeterLimits(t *testing.T) {
	near(t, "Ef", FlowLimit(2, 2), 0.0204, 1e-12)
	near(t, "Et", PairLimit(0.3), 0.014, 1e-12)
	near(t, "Ec", CalculatorLimit(0.3), 0.008, 1e-12)
	near(t, "Ef bounded", FlowLimit(3, 1000), 0.05, 1e-12)
	near(t, "Ef at unknown flow", FlowLimit(2, math.NaN()), 0.05, 1e-12)
}

// The worked case: 30 m³/h at half of qp, 38/30 °C, Δθmin 3 K, class 2.
func TestWorkedHeatMeter(t *testing.T) {
	at := Conditions{30 * interval.CubicMetrePerHour, interval.Celsius(38), interval.Celsius(30)}
	p := interval.Point{Class: "en1434-2", NominalM3H: 60, MinimumDTK: 3}
	near(t, "U complete", 2*accuracy(t, p).Relative(at), 0.0524, 2e-3)
	p.Class = "en1434-2-parts"
	near(t, "U parts", 2*accuracy(t, p).Relative(at), 0.0318, 2e-3)
	near(t, "u parts", accuracy(t, p).Relative(at), 0.01588, 5e-4)
}

func TestPlainProbes(t *testing.T) {
	for class, want := range map[string]float64{"aa": 0.129, "a": 0.178, "b": 0.384} {
		near(t, "u(Δθ) "+class, probes[class].difference(interval.Celsius(38), interval.Celsius(30)), want, 4e-3)
	}
	for _, c := range []struct {
		class       string
		supply, ret float64
		u           float64
	}{{"b", 35, 30, 0.151}, {"b", 18, 13, 0.123}, {"b", 12, 7, 0.114}, {"a", 12, 7, 0.055}} {
		u := probes[c.class].difference(interval.Celsius(c.supply), interval.Celsius(c.ret)) / 5
		near(t, "U of a 5 K loop", 2*u, c.u, 5e-3)
	}
}

func TestElectricityMeter(t *testing.T) {
	near(t, "0.5S", accuracy(t, interval.Point{Class: "iec62053-0.5s"}).Relative(Conditions{}), 0.005/math.Sqrt(3), 1e-12)
	near(t, "1", accuracy(t, interval.Point{Class: "iec62053-1"}).Relative(Conditions{}), 0.01/math.Sqrt(3), 1e-12)
	near(t, "declared", accuracy(t, interval.Point{DeclaredPct: percent(1)}).Relative(Conditions{}), 0.01, 1e-12)
}

func TestUncertaintyNeverEscapes(t *testing.T) {
	a := accuracy(t, interval.Point{Class: "en1434-2"})
	nan := math.NaN()
	for _, c := range []Conditions{
		{0, 300, 300}, {0, 300, 310}, {interval.VolumeFlow(nan), interval.Temperature(nan), 300},
	} {
		if u := a.Relative(c); !(u > 0 && u <= 1) {
			t.Errorf("relative uncertainty %g under %+v", u, c)
		}
	}
}

func TestAccuracyRefuses(t *testing.T) {
	for _, p := range []interval.Point{
		{}, {Class: "en1434-1"}, {Class: "en1434-4"}, {Class: "en1434-2-half"}, {Class: "iec62053-x"},
		{Class: "en1434-2", Role: interval.RoleIT}, {Class: "iec62053-1", Role: interval.RoleHeat},
		{Class: "iec60751-c"}, {Class: "very good"}, {DeclaredPct: percent(-1)}, {Class: "en1434-2", NominalM3H: -1},
	} {
		if a, err := AccuracyOf(p); err == nil {
			t.Errorf("%+v accepted as %+v", p, a)
		}
	}
	if a := accuracy(t, interval.Point{Class: "en1434-1", DeclaredPct: percent(1.5)}); a.fixed != 0.015 {
		t.Errorf("class 1 with a declared figure gives %g", a.fixed)
	}
}
