package heat

import (
	"math"
	"testing"

	"thermie/interval"
)

func water(t testing.TB, celsius, mpa float64) Water {
	t.Helper()
	w, err := WaterAt(interval.Celsius(celsius), interval.Pressure(mpa)*interval.Megapascal)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// The check values of IAPWS-IF97, table 5.
func TestWaterCheckValues(t *testing.T) {
	for _, c := range []struct{ kelvin, mpa, volume, enthalpy, cp float64 }{
		{300, 3, 0.100215168e-2, 0.115331273e6, 0.417301218e4},
		{300, 80, 0.971180894e-3, 0.184142828e6, 0.401008987e4},
		{500, 3, 0.120241800e-2, 0.975542239e6, 0.465580682e4},
	} {
		w := water(t, c.kelvin-273.15, c.mpa)
		near(t, "v", 1/float64(w.Density), c.volume, 5e-9)
		near(t, "h", float64(w.Enthalpy), c.enthalpy, 5e-9)
		near(t, "cp", float64(w.SpecificHeat), c.cp, 5e-9)
	}
}

// The check values of IAPWS-IF97, table 35.
func TestSaturationCheckValues(t *testing.T) {
	for kelvin, mpa := range map[interval.Temperature]float64{300: 0.353658941e-2, 500: 0.263889776e1, 600: 0.123443146e2} {
		near(t, "psat", float64(SaturationPressure(kelvin)/interval.Megapascal), mpa, 5e-9)
	}
}

func TestWaterTableAt6Bar(t *testing.T) {
	for _, c := range []struct{ celsius, density, cp, enthalpy float64 }{
		{10, 999.940, 4193.56, 42.605}, {15, 999.334, 4187.40, 63.5563}, {20, 998.434, 4183.24, 84.4823},
		{25, 997.272, 4180.46, 105.391}, {30, 995.874, 4178.67, 126.2885}, {38, 993.192, 4177.39, 159.7116},
		{45, 990.440, 4177.58, 188.9533}, {50, 988.264, 4178.40, 209.843}, {60, 983.428, 4181.65, 251.6415},
		{70, 977.999, 4187.00, 293.4831}, {80, 972.026, 4194.42, 335.3885}, {90, 965.546, 4203.91, 377.3784},
	} {
		w := water(t, c.celsius, 0.6)
		near(t, "ρ", float64(w.Density), c.density, 6e-7)
		near(t, "cp", float64(w.SpecificHeat), c.cp, 2e-6)
		near(t, "h", float64(w.Enthalpy), 1000*c.enthalpy, 2e-5)
	}
}

func TestWaterRefusesWhatIsNotLiquid(t *testing.T) {
	for name, c := range map[string]struct{ celsius, mpa float64 }{
		"steam at 1 bar": {120, 0.1}, "ice": {-5, 0.6}, "pascal taken for MPa": {20, 600000},
		"no temperature": {math.NaN(), 0.6}, "no pressure": {20, 0}, "not a number": {20, math.NaN()},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := WaterAt(interval.Celsius(c.celsius), interval.Pressure(c.mpa)*interval.Megapascal); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func BenchmarkWater(b *testing.B) {
	for b.Loop() {
		water(b, 38, 0.6)
	}
}

// Another way to the density of water: Kell 1975 at one atmosphere, whose
// last coefficient is often printed with two digits swapped (16.897850e-3).
func TestWaterDensityByKell(t *testing.T) {
	kell := func(c float64) float64 {
		top := horner([]float64{999.83952, 16.945176, -7.9870401e-3, -46.170461e-6, 105.56302e-9, -280.54253e-12}, c)
		return top / (1 + 16.879850e-3*c)
	}
	for c, want := range map[float64]float64{4: 999.9720, 20: 998.2041, 60: 983.1989} {
		near(t, "Kell", kell(c), want, 1e-7)
		near(t, "IF97", float64(water(t, c, 0.101325).Density), want, 2e-5)
	}
}
