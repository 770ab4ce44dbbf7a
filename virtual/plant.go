package virtual

import (
	"math"
	"time"
)

// The parts of a simulated plant. The numbers are engineering assumptions of
// a demonstration, chosen within the ranges that METHODS.md names; nothing
// measured is claimed of them.

// plantHour is what a plant does in one hour, as means: electricity and heat
// in W, flows in m³/s, temperatures in °C.
type plantHour struct {
	it, cooling, chain, auxiliary float64 // electricity by use

	heat, flow, hot, cold                      float64 // at the tapping point
	handover, handFlow, handSupply, handReturn float64 // given to the neighbour

	rejected, envelope float64 // heat to the outdoor air, and through the walls
	outdoor            float64
}

// total is the electricity that enters the data center.
func (h plantHour) total() float64 { return h.it + h.cooling + h.chain + h.auxiliary }

// upsLoss is the loss of double-conversion UPS of a capacity at a load, both
// in W: standing losses, and parts that grow with the load and its square.
func upsLoss(load, capacity float64) float64 {
	x := load / capacity
	return capacity * (0.008 + 0.020*x + 0.018*x*x)
}

// variableSpeed is the power of fans or pumps whose power grows with the
// 2.5th power of the flow, which cannot fall below a share least.
func variableSpeed(rated, flow, least float64) float64 {
	return rated * math.Pow(clamp(flow, least, 1), 2.5)
}

// services is the power of lighting and the rest: more in working hours.
func services(rated float64, at time.Time) float64 {
	working := at.Hour() >= 8 && at.Hour() < 18 && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
	if working {
		return rated
	}
	return rated / 2
}

// Temperatures of a chilled-water loop in °C, and how near to the outdoor
// air a dry cooler brings the water.
const (
	chilledHot   = 26.0
	chilledCold  = 18.0
	coolerMargin = 6.0
)

// freeShare is the share of a chilled-water loop's heat that dry coolers
// take without compressor: all of it up to 12 °C outdoors, none from 20 °C.
func freeShare(outdoor float64) float64 {
	return clamp((chilledHot-coolerMargin-outdoor)/(chilledHot-chilledCold), 0, 1)
}

// chillerCOP is 0.40 of Carnot's between an evaporation 4 K below the cold
// water and a condensation 16 K above the outdoor air, at least 20 K apart.
func chillerCOP(outdoor float64) float64 {
	evaporation := chilledCold - 4 + 273.15
	lift := max(20, outdoor+16-(chilledCold-4))
	return 0.40 * evaporation / lift
}

// chilledWater cools a heat in W: compressors and dry coolers' fans in W of
// electricity, and the heat that leaves with the outdoor air, the fans' own
// included.
func chilledWater(heat, outdoor float64) (electricity, rejected float64) {
	compressors := heat * (1 - freeShare(outdoor)) / chillerCOP(outdoor)
	fans := 0.022 * (heat + compressors)
	return compressors + fans, heat + compressors + fans
}

// water is ρ·cp in J/(m³·K) of the water that passes a flow meter at the
// temperature on its cold side, for a heat of enthalpies some kelvin above:
// within 0.01 % of IAPWS-IF97 at 0.6 MPa from 15 to 40 °C.
func water(cold float64) float64 {
	x := (cold - 18) / 17
	return 4.1769e6 - 0.0233e6*x
}

// spread is a loop's temperature difference at a load (share of the rated
// one): as designed at the usual load, wider above, narrower below, because
// valves and pumps do not follow the load wholly.
func spread(design, load, usual float64) float64 {
	return design * (1 + 0.2*(load-usual))
}

// circulate gives flow and hot temperature of a loop that carries heat at a
// wanted difference; below least m³/s the difference falls instead.
func circulate(heat, cold, difference, least float64) (flow, hot float64) {
	flow = max(least, heat/(water(cold)*difference))
	return flow, cold + heat/(water(cold)*flow)
}

func clamp(v, low, high float64) float64 { return min(max(v, low), high) }
