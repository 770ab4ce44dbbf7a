package heat

import (
	"math"
	"testing"

	"thermie/interval"
)

// OpenModelica's reference pipe of 2 km.
func TestPressureDropAgainstOpenModelica(t *testing.T) {
	f := Fluid{Density: 998.206, Viscosity: 1.0016e-3}
	flow := FlowThrough(1.3821, f, 0.075, 0.1e-3)
	near(t, "Δp bar", flow.Gradient*2000/1e5, 0.363305, 3e-4)
	near(t, "Δp by Colebrook, bar", flow.Gradient*2000/1e5, 0.363355, 2e-5)
	near(t, "velocity", flow.Velocity, 0.31335, 3e-4)
}

// OpenModelica's cooling pipe: its cells stay a little warmer than the exact
// solution.
func TestCoolingAgainstOpenModelica(t *testing.T) {
	loss := 100 * math.Pi * 0.075 // 100 W/(m²·K) over the pipe's surface
	out := OutletTemperature(363.15, 293.15, 3, 4184.78, loss, 100)
	near(t, "exact", float64(out), 351.172, 3e-6)
	near(t, "OpenModelica", float64(out), 351.406, 1e-3)
}

func TestCapacityOfPipes(t *testing.T) {
	for _, c := range []struct {
		dn             int
		velocity, kwOf float64
	}{{50, 0.81, 229}, {65, 0.96, 453}, {80, 1.07, 707}, {100, 1.27, 1408}, {125, 1.45, 2466}} {
		pipe := pipeOf(t, c.dn)
		m := Capacity(Water60, pipe.Diameter(), PipeRoughness, 150)
		near(t, "v", FlowThrough(m, Water60, pipe.Diameter(), PipeRoughness).Velocity, c.velocity, 5e-3)
		near(t, "kW at 30 K", float64(m)*float64(Water60.SpecificHeat)*30/1000, c.kwOf, 1e-3)
	}
}

func pipeOf(t *testing.T, dn int) Pipe {
	for _, p := range Pipes() {
		if p.DN == dn {
			return p
		}
	}
	t.Fatalf("no DN %d", dn)
	return Pipe{}
}

// The worked connection: 1 MW at 70/40 °C.
func TestWorkedConnection(t *testing.T) {
	supply, ret, soil := interval.Celsius(70), interval.Celsius(40), interval.Celsius(10)
	c, err := SizeConnection(interval.Megawatt, supply, ret, Water60)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kg/s", float64(c.Mass), 7.971, 1e-4)
	near(t, "m³/h", float64(c.Mass)/float64(Water60.Density)*3600, 29.18, 1e-3)
	near(t, "DN", float64(c.Pipe.DN), 100, 0)
	near(t, "velocity", c.Velocity, 0.90, 5e-3)
	near(t, "λ", c.Friction, 0.02074, 1e-3)
	near(t, "Pa/m", c.Gradient, 77, 0.01)
	near(t, "DN80 Pa/m", FlowThrough(c.Mass, Water60, pipeOf(t, 80).Diameter(), PipeRoughness).Gradient, 295, 5e-3)
	loss, err := c.Pipe.LossPerMetre(ReinforcedOnce, supply, ret, soil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "W/m", float64(loss), 19.33, 1e-3)
	near(t, "MWh/a over 500 m", float64(loss)*500*8760/1e6, 84.7, 1e-3)
	near(t, "pump kW at 1 bar and 60 %", PumpPower(interval.VolumeFlow(29.18/3600), 1e5, 0.6).Kilowatts(), 1.351, 1e-3)
	near(t, "MWh/(m·a)", LinearDensity(15*interval.GigawattHour, 500)/WorthBuilding, 20, 1e-9)
}

func TestPipesOutsideTheTable(t *testing.T) {
	if _, err := SizeConnection(500*interval.Megawatt, 340, 335, Water60); err == nil {
		t.Error("500 MW at 5 K fit one pair of pipes")
	}
	if _, err := SizeConnection(1, 330, 340, Water60); err == nil {
		t.Error("return warmer than supply accepted")
	}
	if _, err := pipeOf(t, 700).LossPerMetre(ReinforcedTwice, 340, 320, 283); err == nil {
		t.Error("a loss that the maker does not give")
	}
	near(t, "laminar", FrictionFactor(1000, 0.1, 1e-4), 0.064, 1e-12)
	near(t, "standing still", 1+FlowThrough(0, Water60, 0.1, 1e-4).Gradient, 1, 1e-12)
}
