package heat

import (
	"math"
	"testing"

	"thermie/interval"
)

func celsius(t ...float64) []interval.Temperature {
	out := make([]interval.Temperature, len(t))
	for i := range t {
		out[i] = interval.Celsius(t[i])
	}
	return out
}

// The published installations: source in, source out, sink in, sink out.
func TestPublishedHeatPumps(t *testing.T) {
	for _, c := range []struct {
		name                            string
		at                              []interval.Temperature
		lorenz, published, eff, byTable float64
	}{
		{"Kajaani", celsius(30, 20, 50, 85), 8.060, 33.5 / 7.7, 0.540, 2.863},
		{"CBS", celsius(26, 18, 60, 80), 7.159, 4.5, 0.629, 2.925},
		{"Brunswick", celsius(25, 18, 40, 70), 9.852, 0, 0, 3.558},
	} {
		lorenz := LorenzCOP(c.at[0], c.at[1], c.at[2], c.at[3])
		near(t, c.name+" Lorenz", lorenz, c.lorenz, 1e-4)
		jesper, ok := JesperCOP(c.at[0], c.at[3])
		if near(t, c.name+" Jesper", jesper, c.byTable, 0.01); !ok {
			t.Errorf("%s is outside Jesper's validity", c.name)
		}
		if c.published == 0 {
			continue
		}
		near(t, c.name+" efficiency", c.published/lorenz, c.eff, 1e-3)
		if !Believable(c.published, c.at[0], c.at[3]) {
			t.Errorf("%s: published COP %g is refused", c.name, c.published)
		}
	}
	if Believable(6, interval.Celsius(30), interval.Celsius(85)) {
		t.Error("a COP of 6 over 55 K is believed")
	}
}

func TestJesper(t *testing.T) {
	for lift, want := range map[float64]float64{10: 8.2978, 20: 6.4170, 30: 5.0259, 40: 3.9819, 50: 3.1880, 60: 2.5769, 70: 2.1013} {
		cop, ok := JesperCOP(interval.Celsius(25), interval.Celsius(25+lift))
		if near(t, "conventional", cop, want, 0.01); !ok {
			t.Errorf("lift %g K is outside the validity", lift)
		}
	}
	for lift, want := range map[float64]float64{50: 3.3782, 70: 2.5043} {
		cop, ok := JesperCOP(interval.Celsius(120-lift), interval.Celsius(120))
		if near(t, "very high temperature", cop, want, 1e-4); !ok {
			t.Errorf("lift %g K is outside the validity", lift)
		}
	}
	for _, c := range [][]interval.Temperature{celsius(25, 30), celsius(10, 95), celsius(70, 95), celsius(20, 120), celsius(60, 180)} {
		if _, ok := JesperCOP(c[0], c[1]); ok {
			t.Errorf("%v is said to be within the validity", c)
		}
	}
}

func TestCOPStaysBelievable(t *testing.T) {
	pump := HeatPump{Efficiency: 0.5}
	for _, c := range [][]interval.Temperature{
		celsius(28, 20, 42, 65), celsius(60, 50, 42, 65), celsius(64, 40, 42, 65), celsius(70, 60, 42, 65), celsius(20, 20, 20, 20),
	} {
		cop := pump.COP(c[0], c[1], c[2], c[3])
		if !(cop >= 1 && cop <= maxCOP) {
			t.Errorf("COP %g for %v", cop, c)
		}
	}
}

func TestLogMeanHasNoSeam(t *testing.T) {
	for _, span := range []float64{0, 1e-12, 1e-3, 10, 50, 69.9, 70.1, 150} {
		a, b := 350.0, 350-span
		want := a
		if span > 1e-6 {
			want = span / math.Log(a/b)
		}
		near(t, "mean", float64(logMean(interval.Temperature(a), interval.Temperature(b))), want, 1e-9)
	}
}
