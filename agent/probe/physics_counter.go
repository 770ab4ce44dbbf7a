package probe

import (
	"fmt"
	"math"
	"time"
)

// Growth is how a counter moved while the power beside it was watched.
type Growth struct {
	Point  string
	Kind   string             // of the counter
	Joules float64            // by which the counter grew
	Step   float64            // J, the counter's smallest; 0: not known
	Power  float64            // J, ∫P dt over the same time
	Over   time.Duration      // watched
	Others map[string]float64 // the growth in other orders of words, J
}

// leastSteps is how often a counter must have moved to be judged.
const leastSteps = 5

// JudgeGrowth compares a counter's growth with the integral of the power.
func JudgeGrowth(g Growth) Finding {
	f := Finding{Point: g.Point, Check: g.Kind + " against ∫P dt", Outcome: Differs,
		Said: fmt.Sprintf("in %s the counter grew by %s, the power gave %s", g.Over.Round(time.Second), wattHours(g.Joules), wattHours(g.Power))}
	seen := math.Max(math.Abs(g.Joules), math.Abs(g.Power))
	share := counterTolerance
	if g.Step > 0 {
		share += 2 * g.Step / math.Max(math.Abs(g.Joules), g.Step)
	}
	switch {
	case math.IsNaN(g.Joules + g.Power):
		f.Outcome, f.Said = Lacking, "the counter or the power had no value"
		return f
	case seen < leastSteps*g.Step || g.Power == 0 && g.Joules == 0:
		f.Outcome, f.Advice = Undecided, "the counter has moved too few steps: watch for longer (-watch)"
		return f
	case near(g.Joules/g.Power, 1, share):
		f.Outcome = Agrees
		return f
	}
	return explainGrowth(f, g, share)
}

// explainGrowth names the probable cause of a counter that grows otherwise
// than its power says.
func explainGrowth(f Finding, g Growth, share float64) Finding {
	for _, order := range sortedKeys(g.Others) {
		if near(g.Others[order]/g.Power, 1, share) {
			return f.caused(WordOrder, "%s it grew by %s: set the register's word_order or byte_order", order, wattHours(g.Others[order]))
		}
	}
	ratio := g.Joules / g.Power
	switch n, ten := powerOfTen(ratio, share); {
	case g.Joules == 0:
		return f.caused(OtherCounter, "it stands still: it may count another direction or tariff, or in steps larger than configured")
	case ratio < 0:
		return f.caused(OtherCounter, "it moves against the power: it may be the counter of the other direction")
	case n == 3 && ten:
		return f.caused(WhForKWh, "the counter is in Wh where kWh is configured (or the power in kW where W is)")
	case n == -3 && ten:
		return f.caused(WhForKWh, "the counter is in kWh where Wh is configured (or the power in W where kW is)")
	case ten:
		return f.caused(ScaleFactor, "the counter grows %g times as fast as the power: its scale or the power's is wrong by that", math.Pow10(n))
	case near(ratio, 1.0/3, share), near(ratio, 3, share):
		return f.caused(OnePhase, "one of the two is of one phase only: check the register's address")
	case near(ratio, 3.6, share), near(ratio, 1/3.6, share):
		return f.caused(ScaleFactor, "MJ and kWh are confused: check the counter's unit on the display")
	}
	if primary, ok := ctRatio(ratio, share); ok {
		return f.caused(CTRatio, "the ratio of a transformer %s lies between them: counter and power are not on the same side of it", primary)
	}
	f.Advice = "compare counter and power with the meter's display; watch for longer where the power varies"
	return f
}
