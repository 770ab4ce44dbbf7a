package heat

import (
	"testing"

	"thermie/interval"
)

// The two ways to UA, by the logarithmic mean and by transfer units, agree.
func TestExchangerTwoWays(t *testing.T) {
	for _, c := range [][4]float64{{45, 35, 32, 42}, {45, 35, 30, 35}, {60, 40, 35, 55}, {28, 20, 17, 25}} {
		x, err := SizeExchanger(interval.Megawatt, interval.Celsius(c[0]), interval.Celsius(c[1]), interval.Celsius(c[2]), interval.Celsius(c[3]))
		if err != nil {
			t.Fatal(err)
		}
		least := 1e6 / max(c[0]-c[1], c[3]-c[2]) // the smaller heat capacity flow, W/K
		near(t, "UA", x.NTU*least, x.UA, 1e-6)
		near(t, "effectiveness", Effectiveness(x.NTU, x.CapacityRatio), x.Effectiveness, 1e-9)
	}
	// 3 K on both sides: 1 MW over 3 K.
	x, _ := SizeExchanger(interval.Megawatt, interval.Celsius(45), interval.Celsius(35), interval.Celsius(32), interval.Celsius(42))
	near(t, "UA", x.UA, 1e6/3, 1e-9)
	near(t, "NTU", x.NTU, 10./3, 1e-9)
	near(t, "pinch", float64(x.Pinch), 3, 1e-9)
	near(t, "m²", x.Area(4000), 1e6/3/4000, 1e-9)
}

func TestExchangerRefuses(t *testing.T) {
	for _, c := range [][4]float64{{45, 35, 36, 42}, {45, 35, 30, 46}, {35, 45, 30, 32}, {45, 35, 32, 32}} {
		if _, err := SizeExchanger(interval.Megawatt, interval.Celsius(c[0]), interval.Celsius(c[1]), interval.Celsius(c[2]), interval.Celsius(c[3])); err == nil {
			t.Errorf("%v accepted", c)
		}
	}
}
