package heat

import (
	"math"
	"math/rand/v2"
	"testing"

	"thermie/interval"
)

// randomNetwork has two days of any demand, scheme, tank and heat pump.
func randomNetwork(r *rand.Rand) Network {
	n := Network{
		ID: "n", Fluid: HotWater, Curve: DefaultCurve(), SourcePinch: 3, NetworkPinch: 5,
		MustRunShare: 0.5 * r.Float64(), Preheat: r.IntN(2) == 0,
		Injection: []Injection{"", ReturnToSupply, ReturnToReturn, SupplyToReturn}[r.IntN(4)],
	}
	if r.IntN(2) == 0 {
		n.Storage = Storage{Capacity: interval.Energy(r.Float64()) * 5 * interval.MegawattHour, Power: interval.Power(r.IntN(2)) * 1e6 * interval.Power(r.Float64()), Loss: 0.01 * r.Float64()}
	}
	if r.IntN(2) == 0 {
		n.Points = []COPPoint{{interval.Celsius(30), interval.Celsius(20), interval.Celsius(50), interval.Celsius(85), 4.35}}
	}
	for range 48 {
		n.Demand = append(n.Demand, interval.Power(max(0, 4e6*r.Float64()-1e6)))
		n.Outdoor = append(n.Outdoor, interval.Celsius(-10+35*r.Float64()))
	}
	return n
}

func randomSource(r *rand.Rand, id string) Source {
	s := Source{ID: id, U: 0.05, PumpLimit: interval.Power(r.IntN(2)) * 0.5e6}
	tap := 15 + 70*r.Float64()
	for range 48 {
		heat, in := 2e6*r.Float64(), tap+5*r.Float64()
		if r.IntN(10) == 0 {
			heat = math.NaN()
		}
		s.Heat = append(s.Heat, interval.Power(heat))
		s.Supply = append(s.Supply, interval.Celsius(in))
		s.Return = append(s.Return, interval.Celsius(in-12*r.Float64()))
	}
	return s
}

// Whatever the scheme, the tank and the taps: heat and electricity close to
// 1e-9, nothing exceeds its source, its heat pump or its demand.
func TestAnyNetworkBalances(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 400 {
		n := randomNetwork(r)
		sources := []Source{randomSource(r, "a"), randomSource(r, "b"), randomSource(r, "c")}
		a := allocate(t, n, sources...)
		for h := range n.Demand {
			var delivered interval.Power
			for s, d := range a.Deliveries {
				near(t, "hour", float64(d.Delivered[h]), float64(d.Captured[h]+d.Electricity[h]), 1e-9)
				if d.Captured[h] > 0 && d.Captured[h] > sources[s].Heat[h]*(1+1e-9) || d.Captured[h] < 0 || d.Electricity[h] < 0 {
					t.Fatalf("hour %d of %s: %g W of %g", h, d.Source, float64(d.Captured[h]), float64(sources[s].Heat[h]))
				}
				delivered += d.Delivered[h]
			}
			if n.Storage.Capacity == 0 && delivered > n.Demand[h]*(1+1e-9) {
				t.Fatalf("hour %d: %g W delivered to %g", h, float64(delivered), float64(n.Demand[h]))
			}
		}
		y := a.Store
		near(t, "year", a.Delivered.Value, a.Captured.Value+a.Electricity.Value, 1e-9)
		near(t, "tank", float64(y.Charged)+1, float64(y.Discharged+y.Lost+y.Final)+1, 1e-9)
		near(t, "served", float64(a.Served)+1, a.Delivered.Value-float64(y.Lost+y.Final)+1, 1e-9)
		if float64(a.Served+a.MustRun) > float64(a.Demand)*(1+1e-9)+1 {
			t.Fatalf("served %g and %g of %g J", float64(a.Served), float64(a.MustRun), float64(a.Demand))
		}
		for s, d := range a.Deliveries {
			if limit := sources[s].PumpLimit; limit > 0 && d.PeakPump > limit*(1+1e-9) {
				t.Fatalf("a heat pump of %g W gave %g", float64(limit), float64(d.PeakPump))
			}
			if !finite(d.CapturedHeat.U) || !finite(float64(a.ReturnRise)) {
				t.Fatalf("u %g, return rise %g", d.CapturedHeat.U, float64(a.ReturnRise))
			}
		}
	}
}
