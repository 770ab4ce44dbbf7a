package heat

import (
	"slices"
	"testing"

	"thermie/interval"
)

// A heat meter whose probes are swapped says that nothing can be recovered:
// the IT electricity knows better.
func TestSwappedProbesAreNoZero(t *testing.T) {
	s := newSite(48).
		meter("it", itPoint, interval.ElectricEnergy, 100).
		meter("heat", heatPoint, interval.ThermalEnergy, -88)
	b := s.balance(t)
	e := estimate(t, b)
	if e.Recoverable.Method != "T3" || !slices.Contains(b.Notes, "probes_swapped:heat") {
		t.Errorf("method %s, notes %v", e.Recoverable.Method, b.Notes)
	}
	near(t, "kWh", kwh(e.Recoverable), 48*85, 1e-9)
}

// A trickle backwards while the pumps stand is what it is.
func TestATrickleAtStandstillIsNoSwap(t *testing.T) {
	s := newSite(48).meter("it", itPoint, interval.ElectricEnergy, 100)
	s.Cards = append(s.Cards, pointCard("heat", heatPoint))
	s.record("heat", interval.ThermalEnergy, 88, 0, 40).record("heat", interval.ThermalEnergy, -0.5, 40, 48)
	b := s.balance(t)
	e := estimate(t, b)
	if e.Recoverable.Method != "T1" || slices.Contains(b.Notes, "probes_swapped:heat") {
		t.Errorf("method %s, notes %v", e.Recoverable.Method, b.Notes)
	}
}

func TestASupplyThatBoilsIsRemarked(t *testing.T) {
	s := newSite(24).meter("heat", heatPoint, interval.ThermalEnergy, 88)
	s.record("heat", interval.SupplyTemperature, 273.15+120, 3, 4).record("heat", interval.ReturnTemperature, 273.15+30, 3, 4)
	if b := s.balance(t); !slices.Contains(b.Notes, "supply_above_100_c:heat") {
		t.Errorf("notes %v", b.Notes)
	}
}

// Superheated hours are out of a heat pump's reach; direct use is not.
func TestNetworkHotterThanHeatPumpsReach(t *testing.T) {
	n := referenceNetwork(t)
	n.NetworkPinch, n.HighestSink = DefaultNetworkPinch, interval.Celsius(80)
	d := allocate(t, n, constantSource("s", interval.Megawatt, 8760)).Deliveries[0]
	for h := range d.Delivered {
		supply, _ := n.Curve.At(n.Outdoor[h])
		if d.Delivered[h] > 0 && supply.Celsius() > 75 {
			t.Fatalf("hour %d is served at %.1f °C", h, supply.Celsius())
		}
	}
	if d.PumpHours == 0 || d.PumpHours == 8760 {
		t.Errorf("%d hours of the heat pump", d.PumpHours)
	}
}

// A supply that boils moves neither the temperatures at the tap nor the
// accuracy, a negative flow widens and is remarked.
func TestReadingsThatNobodyBelieves(t *testing.T) {
	metered := interval.Point{Role: interval.RoleHeat, Class: "en1434-2", NominalM3H: 60}
	build := func(supply, flow float64) *Balance {
		s := newSite(24).meter("heat", metered, interval.ThermalEnergy, 277.38)
		s.Site.SupplyC, s.Site.ReturnC = 38, 30
		s.record("heat", interval.SupplyTemperature, 273.15+supply, 0, 24).record("heat", interval.ReturnTemperature, 273.15+30, 0, 24)
		return s.record("heat", interval.VolumeFlowRate, flow/3600, 0, 24).balance(t)
	}
	good, hot, reversed := build(38, 30), build(125, 30), build(38, -30)
	near(t, "supply, °C", estimate(t, hot).Supply.Celsius(), 38, 1e-9)
	near(t, "U with a supply that boils", hot.Rejected.U, good.Rejected.U, 1e-9)
	if !(reversed.Rejected.U > good.Rejected.U) || !slices.Contains(reversed.Notes, "flow_negative:heat") {
		t.Errorf("negative flow: U %g, against %g; notes %v", reversed.Rejected.U, good.Rejected.U, reversed.Notes)
	}
}
