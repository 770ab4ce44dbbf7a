package virtual

import (
	"math"
	"testing"
)

// Every joule of electricity that enters leaves as heat: through the walls,
// to the neighbour, or to the outdoor air.
func TestTheEnergyBalanceOfEachSimulatedHourCloses(t *testing.T) {
	for _, s := range simulations {
		hours, err := s.hours(2025)
		if err != nil {
			t.Fatal(err)
		}
		if len(hours) != 8760 {
			t.Fatalf("%s: %d hours", s.id, len(hours))
		}
		for i, h := range hours {
			out := h.rejected + h.envelope + h.handover
			if math.Abs(h.total()-out) > 1e-9*h.total() {
				t.Fatalf("%s hour %d: %.3f W in, %.3f W out", s.id, i, h.total(), out)
			}
			if h.it > s.ratedIT || h.it < 0.2*s.ratedIT {
				t.Errorf("%s hour %d: IT %.0f W of %.0f", s.id, i, h.it, s.ratedIT)
			}
			carried := water(h.cold) * h.flow * (h.hot - h.cold)
			if math.Abs(carried-h.heat) > 1e-9*h.heat {
				t.Errorf("%s hour %d: flow and temperatures carry %.0f W, the meter %.0f", s.id, i, carried, h.heat)
			}
		}
	}
}

func TestTheSimulatedYearsArePlausible(t *testing.T) {
	want := map[string]struct{ lowPUE, highPUE, hot, cold, leastHeat float64 }{
		"air-5mw": {1.25, 1.40, 26, 18, 0.95},
		"dlc-2mw": {1.08, 1.15, 45, 35, 0.84},
	}
	for _, s := range simulations {
		hours, err := s.hours(2025)
		if err != nil {
			t.Fatal(err)
		}
		var sum, heatHot, heatCold plantHour
		var total, peak float64
		for _, h := range hours {
			total += h.total()
			sum.it += h.it
			sum.cooling += h.cooling
			sum.chain += h.chain
			sum.auxiliary += h.auxiliary
			sum.heat += h.heat
			sum.handover += h.handover
			heatHot.heat += h.heat * h.hot
			heatCold.heat += h.heat * h.cold
			peak = max(peak, h.it)
			if h.handover > 250e3 || h.handover > 0 && h.outdoor >= 15 {
				t.Errorf("%s hands over %.0f W at %.1f °C", s.id, h.handover, h.outdoor)
			}
		}
		w := want[s.id]
		pue, hot, cold := total/sum.it, heatHot.heat/sum.heat, heatCold.heat/sum.heat
		t.Logf("%s: PUE %.3f, IT %.0f MWh (peak %.0f kW), cooling %.1f %%, chain %.1f %%, aux %.1f %%, heat/IT %.3f, %.2f/%.2f °C, handed over %.0f MWh",
			s.id, pue, sum.it/1e6, peak/1e3, 100*sum.cooling/sum.it, 100*sum.chain/sum.it, 100*sum.auxiliary/sum.it, sum.heat/sum.it, hot, cold, sum.handover/1e6)
		if pue < w.lowPUE || pue > w.highPUE {
			t.Errorf("%s: PUE %.3f, want %.2f to %.2f", s.id, pue, w.lowPUE, w.highPUE)
		}
		if math.Abs(hot-w.hot) > 0.2 || math.Abs(cold-w.cold) > 0.01 || sum.heat/sum.it < w.leastHeat {
			t.Errorf("%s: heat/IT %.3f at %.2f/%.2f °C", s.id, sum.heat/sum.it, hot, cold)
		}
	}
}
