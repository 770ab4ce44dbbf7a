package heat

import (
	"math"
	"testing"

	"thermie/interval"
)

// referenceNetwork is the 20 GWh network of the reference runs: 6 GWh of
// base, heating below 17 °C, weather of zone H1a.
func referenceNetwork(t testing.TB) Network {
	outdoor := typicalYear(t, "H1a")
	return Network{
		ID: "reference", Fluid: HotWater, Curve: DefaultCurve(), Outdoor: outdoor,
		Demand: Demand(20*interval.GigawattHour, 0.30, outdoor, interval.Celsius(17)),
	}
}

// constantSource gives power at 28 → 20 °C all year.
func constantSource(id string, power interval.Power, hours int) Source {
	s := Source{ID: id}
	for range hours {
		s.Heat = append(s.Heat, power)
		s.Supply = append(s.Supply, interval.Celsius(28))
		s.Return = append(s.Return, interval.Celsius(20))
	}
	return s
}

func allocate(t testing.TB, n Network, sources ...Source) *Allocation {
	t.Helper()
	a, err := Allocate(sources, n)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mwh(q Quantity) float64 { return interval.Energy(q.Value).MWh() }

func TestBareReferenceRun(t *testing.T) {
	n := referenceNetwork(t)
	a := allocate(t, n, constantSource("2mw", 2*interval.Megawatt, 8760))
	peak := interval.Power(0)
	for _, p := range n.Demand {
		peak = max(peak, p)
	}
	near(t, "peak demand MW", float64(peak/interval.Megawatt), 6.0217, 1e-4)
	near(t, "full-load hours", float64(a.Demand)/float64(peak)/3600, 3321, 1e-3)
	near(t, "delivered MWh", mwh(a.Delivered), 15794, 1e-3)
	near(t, "captured MWh", mwh(a.Captured), 12573, 1e-3)
	near(t, "electricity MWh", mwh(a.Electricity), 3220.7, 1e-3)
	near(t, "coverage", a.Coverage, 0.790, 1e-3)
	near(t, "SCOP", a.Deliveries[0].SCOP, 4.904, 1e-3)
	near(t, "use rate", a.UseRate([]Source{constantSource("2mw", 2*interval.Megawatt, 8760)}), 0.718, 1e-3)
	near(t, "full-load hours of the heat pump", a.Deliveries[0].FullLoadHours(), 15794/2.677, 1e-3)
	near(t, "peak heat pump MW", float64(a.Deliveries[0].PeakPump/interval.Megawatt), 2.677, 1e-3)
}

func TestReferenceRunWithDefaultPinches(t *testing.T) {
	n := referenceNetwork(t)
	n.SourcePinch, n.NetworkPinch = DefaultSourcePinch, DefaultNetworkPinch
	a := allocate(t, n, constantSource("2mw", 2*interval.Megawatt, 8760))
	near(t, "delivered MWh", mwh(a.Delivered), 16357, 1e-3)
	near(t, "electricity MWh", mwh(a.Electricity), 4070.8, 1e-3)
	near(t, "SCOP", a.Deliveries[0].SCOP, 4.018, 1e-3)
}

func TestReferenceRunAfterMustRun(t *testing.T) {
	n := referenceNetwork(t)
	n.MustRunShare = 0.5
	a := allocate(t, n, constantSource("2mw", 2*interval.Megawatt, 8760))
	near(t, "delivered MWh", mwh(a.Delivered), 9118, 1e-3)
	near(t, "must-run MWh", a.MustRun.MWh(), 10000, 1e-6)
}

// The mistakes that the reference lists give these numbers, so a change
// that makes one of them is recognised.
func TestOtherReadingsOfTheReferenceRun(t *testing.T) {
	n := referenceNetwork(t)
	source := constantSource("2mw", 2*interval.Megawatt, 8760)
	n.Demand = Demand(20*interval.GigawattHour, 0.30, n.Outdoor, interval.Celsius(15.5))
	near(t, "base 15.5 °C", mwh(allocate(t, n, source).Delivered), 15062, 1e-3)

	n = referenceNetwork(t)
	source.PumpLimit = 2.51 * interval.Megawatt
	capped := allocate(t, n, source)
	near(t, "heat pump of 2.51 MW", mwh(capped.Delivered), 15644, 1e-3)
	near(t, "its SCOP", capped.Deliveries[0].SCOP, 4.9092, 1e-3)
	near(t, "its coverage", capped.Coverage, 0.7822, 1e-3)
}

// Several sources share one demand: never the sum of pairs.
func TestJointAllocationCountsNoDemandTwice(t *testing.T) {
	n := referenceNetwork(t)
	cool := constantSource("cool", 3*interval.Megawatt, 8760)
	warm := constantSource("warm", 2*interval.Megawatt, 8760)
	for h := range warm.Supply {
		warm.Supply[h], warm.Return[h] = interval.Celsius(45), interval.Celsius(35)
	}
	together := allocate(t, n, cool, warm)
	alone := allocate(t, n, cool).Delivered.Value + allocate(t, n, warm).Delivered.Value
	if together.Delivered.Value > float64(together.Demand)*(1+1e-12) {
		t.Errorf("delivered %g J exceeds the demand %g J", together.Delivered.Value, float64(together.Demand))
	}
	if together.Delivered.Value >= alone {
		t.Errorf("joint delivery %g J is not below the sum of pairs %g J", together.Delivered.Value, alone)
	}
	if first := allocate(t, n, warm); first.Delivered.Value != together.Deliveries[1].DeliveredHeat.Value {
		t.Errorf("the warmer source should come first and give all it can")
	}
	energyBalance(t, together, n)
}

// energyBalance checks delivered = captured + electricity, in every hour and
// in sum, and that no hour takes more than its demand.
func energyBalance(t *testing.T, a *Allocation, n Network) {
	t.Helper()
	for h := range n.Demand {
		var sum interval.Power
		for _, d := range a.Deliveries {
			near(t, "hour's balance", float64(d.Delivered[h]), float64(d.Captured[h]+d.Electricity[h]), 1e-9)
			sum += d.Delivered[h]
		}
		if sum > n.Demand[h]*(1+1e-9) {
			t.Fatalf("hour %d: %g W delivered to a demand of %g W", h, float64(sum), float64(n.Demand[h]))
		}
	}
	near(t, "year's balance", a.Delivered.Value, a.Captured.Value+a.Electricity.Value, 1e-9)
}

func TestDirectUseWhereTheTapIsHotEnough(t *testing.T) {
	n := referenceNetwork(t)
	n.SourcePinch, n.NetworkPinch = DefaultSourcePinch, DefaultNetworkPinch
	hot := constantSource("immersion", interval.Megawatt, 8760)
	for h := range hot.Supply {
		hot.Supply[h], hot.Return[h] = interval.Celsius(73.5), interval.Celsius(60)
	}
	d := allocate(t, n, hot).Deliveries[0]
	if d.DirectHours == 0 || d.PumpHours == 0 {
		t.Fatalf("direct %d h, heat pump %d h: want both", d.DirectHours, d.PumpHours)
	}
	for h := range d.Captured {
		supply, _ := n.Curve.At(n.Outdoor[h])
		direct := d.Electricity[h] == 0
		if want := supply.Celsius() <= 73.5-8; d.Captured[h] > 0 && direct != want {
			t.Fatalf("hour %d, supply %.2f °C: direct use is %v", h, supply.Celsius(), direct)
		}
	}
}

func TestUnknownHoursLowerCoverageAndDeliverNothing(t *testing.T) {
	n := referenceNetwork(t)
	s := constantSource("gappy", interval.Megawatt, 8760)
	for h := range 876 {
		s.Heat[h] = interval.Power(math.NaN())
	}
	d := allocate(t, n, s).Deliveries[0]
	near(t, "coverage", d.CapturedHeat.Coverage, 0.9, 1e-12)
	if d.Delivered[10] != 0 {
		t.Errorf("an unknown hour delivered %g W", float64(d.Delivered[10]))
	}
}

func TestAllocateRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Network, *Source){
		"no fluid":        func(n *Network, _ *Source) { n.Fluid = "" },
		"steam":           func(n *Network, _ *Source) { n.Fluid = Steam },
		"no temperatures": func(n *Network, _ *Source) { n.Curve = HeatingCurve{} },
		"8,759 hours":     func(_ *Network, s *Source) { s.Heat = s.Heat[1:] },
		"NaN demand":      func(n *Network, _ *Source) { n.Demand[7] = interval.Power(math.NaN()) },
		"kelvin mix-up":   func(n *Network, _ *Source) { n.Outdoor[7] = 12 },
		"swapped probes":  func(_ *Network, s *Source) { s.Supply, s.Return = s.Return, s.Supply },
		"negative heat":   func(_ *Network, s *Source) { s.Heat[3] = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			n, s := referenceNetwork(t), constantSource("s", interval.Megawatt, 8760)
			spoil(&n, &s)
			if _, err := Allocate([]Source{s}, n); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func BenchmarkAllocateYear(b *testing.B) {
	n := referenceNetwork(b)
	source := constantSource("2mw", 2*interval.Megawatt, 8760)
	b.ReportAllocs()
	for b.Loop() {
		allocate(b, n, source)
	}
}
