package probe

import (
	"fmt"
	"math"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// Heat is what a heat meter shows at one instant, in SI units.
type Heat struct {
	Point          string
	Watts          float64
	Flow           float64 // m³/s
	FlowUnit       string  // as configured
	Supply, Return float64 // K; supply is the hot side
	Circuit        interval.Circuit
	Others         []HeatOther
}

// HeatOther is the same heat with one register read in another order.
type HeatOther struct {
	Register, Order             string
	Watts, Flow, Supply, Return float64
}

// leastDT is the temperature difference below which heat is not judged: the
// probes' own error is a large part of it (EN 1434-1 allows 3 K at the least).
const leastDT = 1.0

// JudgeTemperatures looks at the sign of the temperature difference. Inlet
// and outlet are the meter's view, and its probes are often exchanged.
func JudgeTemperatures(h Heat) Finding {
	f := Finding{Point: h.Point, Check: "sign of ΔT", Outcome: Agrees,
		Said: fmt.Sprintf("supply %.2f °C, return %.2f °C", interval.Temperature(h.Supply).Celsius(), interval.Temperature(h.Return).Celsius())}
	switch dt := h.Supply - h.Return; {
	case math.IsNaN(dt):
		f.Outcome, f.Said = Lacking, "one of the temperatures has no value"
	case !kindSpans[interval.SupplyTemperature].holds(h.Supply) || !kindSpans[interval.ReturnTemperature].holds(h.Return):
		f.Outcome, f.Advice = Differs, "no water has such a temperature: look at the registers' verdicts first"
		for _, o := range h.Others {
			if o.Supply != h.Supply && kindSpans[interval.SupplyTemperature].holds(o.Supply) || o.Return != h.Return && kindSpans[interval.ReturnTemperature].holds(o.Return) {
				return f.caused(WordOrder, "%s is plausible %s: set its word_order or byte_order", o.Register, o.Order)
			}
		}
	case math.Abs(dt) < leastDT:
		f.Outcome = Undecided
	case dt < 0:
		return f.caused(SwappedProbes, "supply is the hot side, which leaves the data center's process: exchange the probes, or the two kinds in the template")
	}
	return f
}

// JudgeHeat compares a heat meter's power with ρ·cp·V̇·ΔT (method C1).
func JudgeHeat(h Heat) Finding {
	f := Finding{Point: h.Point, Check: "power against ρ·cp·V̇·ΔT", Outcome: Lacking, Said: "power, flow and both temperatures are needed"}
	if math.IsNaN(h.Watts + h.Flow + h.Supply + h.Return) {
		return f
	}
	expected, err := computed(h)
	switch {
	case err != nil:
		f.Outcome, f.Said = Differs, err.Error()
	case math.Abs(h.Supply-h.Return) < leastDT || h.Flow == 0:
		f.Outcome, f.Said = Undecided, fmt.Sprintf("%.3g m³/h at %.2f K is too little to judge by", h.Flow*3600, h.Supply-h.Return)
		return f
	default:
		f.Outcome, f.Said = Differs, fmt.Sprintf("the meter's power is %s, %.4g m³/h at %.2f K are %s", watts(h.Watts), h.Flow*3600, h.Supply-h.Return, watts(expected))
		if near(math.Abs(h.Watts), math.Abs(expected), heatTolerance) {
			f.Outcome = Agrees // in size; the sign is another check's
			return f
		}
	}
	return explainHeat(f, h, math.Abs(h.Watts)/math.Abs(expected))
}

// computed is the heat by flow and temperatures.
func computed(h Heat) (float64, error) {
	w, err := heat.CircuitHeat(h.Circuit, interval.VolumeFlow(h.Flow), interval.Temperature(h.Supply), interval.Temperature(h.Return))
	return float64(w), err
}

// explainHeat names the probable cause of a ratio of the meter's power to the
// computed one.
func explainHeat(f Finding, h Heat, ratio float64) Finding {
	for _, o := range h.Others {
		other := h
		other.Watts, other.Flow, other.Supply, other.Return = o.Watts, o.Flow, o.Supply, o.Return
		expected, err := computed(other)
		if err == nil && math.Abs(other.Supply-other.Return) >= leastDT && near(math.Abs(other.Watts), math.Abs(expected), heatTolerance) {
			return f.caused(WordOrder, "%s read %s agrees: set its word_order or byte_order", o.Register, o.Order)
		}
	}
	if n, ok := powerOfTen(ratio, heatTolerance); ok {
		return f.caused(ScaleFactor, "the power is %g times what flow and temperatures say: the scale or unit of one of the three is wrong by that (such as W for kW, L/h for m3/h, tenths of a degree)", math.Pow10(n))
	}
	if unit, ok := otherFlowUnit(h.FlowUnit, ratio); ok {
		return f.caused(FlowUnit, "the flow is configured in %s, and in %s it agrees: set the register's unit", h.FlowUnit, unit)
	}
	if near(ratio, 5.0/9, 0.04) {
		return f.caused(ScaleFactor, "the temperature difference is 1.8 times too large: the probes' unit may be °F")
	}
	f.Advice = "compare flow, temperatures and power with the meter's display; check the circuit's medium and glycol share"
	return f
}

// otherFlowUnit returns the unit in which the flow would explain the ratio.
func otherFlowUnit(configured string, ratio float64) (string, bool) {
	now, err := configs.UnitFor(interval.VolumeFlowRate, configured)
	if err != nil {
		return "", false
	}
	for _, unit := range []string{"m3/h", "L/s", "L/min", "L/h"} {
		other, _ := configs.UnitFor(interval.VolumeFlowRate, unit)
		if unit != configured && near(ratio, other.Factor/now.Factor, heatTolerance) {
			return unit, true
		}
	}
	return "", false
}
