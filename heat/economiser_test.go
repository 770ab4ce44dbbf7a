package heat

import (
	"slices"
	"testing"

	"thermie/interval"
)

// The published model's vectors: a hall of 1 MW at a load of 0.68, floor 20 °C.
func TestEconomiserVectors(t *testing.T) {
	e := DefaultEconomiser(interval.Megawatt)
	const it = 0.68 * interval.Megawatt
	for _, v := range []struct{ outdoor, cooling, usable float64 }{
		{-5, 0.051976, 0.303284}, {0, 0.052646, 0.352834}, {10, 0.056231, 0.524167}, {16, 0.063986, 0.739897},
	} {
		a, err := e.Hour(interval.Celsius(v.outdoor), it, interval.Celsius(20))
		if err != nil || !a.Free {
			t.Fatalf("%g °C: free %v, %v", v.outdoor, a.Free, err)
		}
		near(t, "cooling", float64(a.Cooling/it), v.cooling, 3e-5)
		near(t, "usable", float64(a.Usable/it), v.usable, 3e-6)
		near(t, "return °C", a.Return.Celsius(), 33.6705, 2e-6)
	}
	for _, v := range []struct{ outdoor, cop, usable float64 }{{20, 4.3398, 1.2403}, {30, 3.5203, 1.2944}} {
		a, err := e.Hour(interval.Celsius(v.outdoor), it, interval.Celsius(20))
		if err != nil || a.Free {
			t.Fatalf("%g °C: free %v, %v", v.outdoor, a.Free, err)
		}
		near(t, "COP", a.COP, v.cop, 1e-5)
		near(t, "usable", float64(a.Usable/it), v.usable, 4e-5)
	}
	warm, _ := e.Hour(interval.Celsius(20), it, interval.Celsius(20))
	near(t, "cooling at 20 °C", float64(warm.Cooling/it), 0.264422, 3e-6)
}

func TestShareAboveFloor(t *testing.T) {
	near(t, "half", ShareAboveFloor(300, 280, 290), 0.5, 1e-12)
	near(t, "a floor below the intake adds nothing", ShareAboveFloor(300, 290, 280), 1, 1e-12)
	near(t, "exhaust below the floor", 1+ShareAboveFloor(288, 280, 290), 1, 1e-12)
	near(t, "no rise", 1+ShareAboveFloor(288, 288, 280), 1, 1e-12)
}

// A hall of 1 MW in a winter night: 0.80 of its heat leaves in the return
// air, but 0.30 is all that lies above the floor.
func TestEstimateStaysAboveTheFloor(t *testing.T) {
	build := func(outdoor float64) *site {
		s := newSite(24).meter("it", itPoint, interval.ElectricEnergy, 680)
		s.meter("weather", interval.Point{Role: interval.RoleClimate}, interval.OutdoorTemperature, 273.15+outdoor)
		s.Site.Tap, s.Site.RatedITKW, s.Site.Hall = "return_air", 1000, &interval.AirHall{FloorC: 20}
		return s
	}
	cold := estimate(t, build(-5).balance(t))
	near(t, "kWh at −5 °C", kwh(cold.Recoverable), 24*680*0.303284, 1e-5)
	if !slices.Contains(cold.Notes, "air_economiser_floor") {
		t.Errorf("notes %v", cold.Notes)
	}
	near(t, "kWh at 25 °C", kwh(estimate(t, build(25).balance(t)).Recoverable), 24*680*0.80, 1e-9)
	metered := build(-5).meter("heat", heatPoint, interval.ThermalEnergy, 500)
	near(t, "a heat meter's word stands", kwh(estimate(t, metered.balance(t)).Recoverable), 24*500, 1e-9)
}

func TestEconomiserRefuses(t *testing.T) {
	e := DefaultEconomiser(interval.Megawatt)
	for _, it := range []interval.Power{0, 2 * interval.Megawatt} {
		if _, err := e.Hour(280, it, 293); err == nil {
			t.Errorf("load of %g W accepted", float64(it))
		}
	}
}
