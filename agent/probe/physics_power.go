package probe

import (
	"fmt"
	"math"
)

// Power is what an electricity meter shows at one instant.
type Power struct {
	Point  string
	Watts  float64
	Volts  []float64 // of each phase, to neutral
	Amps   []float64
	CosPhi float64            // NaN: not shown
	Others map[string]float64 // the power in other orders of words, W
}

// The band of cosφ where a meter does not show it: a data center's supplies
// are corrected.
const (
	lowestCosPhi = 0.6
	usualCosPhi  = 0.95
)

// leastAmps is the current below which a power is not judged: a meter's class
// says nothing there.
const leastAmps = 0.1

// JudgePower compares an active power with the sum of U·I·cosφ.
func JudgePower(p Power) Finding {
	f := Finding{Point: p.Point, Check: powerCheck, Outcome: Lacking, Said: "voltages and currents are not shown"}
	apparent, amps := 0.0, 0.0
	for i, u := range p.Volts {
		if i < len(p.Amps) {
			apparent += u * p.Amps[i]
			amps = max(amps, p.Amps[i])
		}
	}
	if len(p.Volts) == 0 || len(p.Volts) != len(p.Amps) {
		return f
	}
	if amps < leastAmps || apparent <= 0 {
		f.Outcome, f.Said = Undecided, fmt.Sprintf("%.3g A flow, too little to judge by", amps)
		return f
	}
	expected, low, high := apparent*usualCosPhi, apparent*lowestCosPhi, apparent*(1+powerTolerance)
	shown := "cosφ not shown"
	if c := math.Abs(p.CosPhi); c > 0 && c <= 1 {
		expected, shown = apparent*c, fmt.Sprintf("cosφ %.3f", c)
		low, high = expected/(1+powerTolerance), expected*(1+powerTolerance)
	}
	f.Said = fmt.Sprintf("the power is %s, ΣU·I is %s, %s", watts(p.Watts), voltAmperes(apparent), shown)
	within := func(w float64) bool { return w >= low && w <= high }
	if within(p.Watts) {
		f.Outcome = Agrees
		return f
	}
	return explainPower(f, p, expected, within)
}

// explainPower names the probable cause of a power that is not the expected.
func explainPower(f Finding, p Power, expected float64, within func(float64) bool) Finding {
	f.Outcome = Differs
	for _, order := range sortedKeys(p.Others) {
		if within(p.Others[order]) {
			return f.caused(WordOrder, "%s it is %s: set word_order (or byte_order) of the template", order, watts(p.Others[order]))
		}
	}
	if within(-p.Watts) {
		return f.caused(ReversedCT, "turn the current transformers round (P1 towards the source), or exchange S1 and S2")
	}
	ratio := p.Watts / expected
	if !near(ratio, 1, 0.5) {
		for n := -9; n <= 9; n++ {
			if n != 0 && within(p.Watts*math.Pow10(-n)) {
				return f.caused(ScaleFactor, "it is %g times what it should be: the register's scale or unit is wrong by that (or, at 10 and 100, a transformer 50/5 or 500/5 that is not set)", math.Pow10(n))
			}
		}
	}
	if len(p.Volts) == 3 && (within(3*p.Watts) || within(p.Watts/3)) {
		return f.caused(OnePhase, "it is the power of one phase where the sum belongs, or the other way round: check the register's address")
	}
	if primary, ok := ctRatio(ratio, powerTolerance); ok {
		return f.caused(CTRatio, "the ratio of a transformer %s lies between them: one of the two is on its secondary side; set it in the meter", primary)
	}
	f.Advice = "compare voltages, currents and power with the meter's display, one after the other"
	return f
}
