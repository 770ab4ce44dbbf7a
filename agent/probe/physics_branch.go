package probe

import (
	"fmt"
	"math"
	"strings"
)

// Branch is a main meter and the meters under it, at one instant.
type Branch struct {
	Main  string
	Watts float64
	Under []PointPower
}

// PointPower is the power of one metering point, in W.
type PointPower struct {
	Point string
	Watts float64
}

// branchCheck is the name of the check of a main meter.
const branchCheck = "sub-meters against the main meter"

// JudgeBranch compares the sum of the sub-meters with their main meter: it
// may be less, never more.
func JudgeBranch(b Branch) Finding {
	sum, names := 0.0, []string{}
	for _, u := range b.Under {
		sum += u.Watts
		names = append(names, u.Point)
	}
	f := Finding{Point: b.Main, Check: branchCheck, Outcome: Agrees,
		Said: fmt.Sprintf("%s shows %s, below it %s show %s together", b.Main, watts(b.Watts), strings.Join(names, ", "), watts(sum))}
	switch {
	case math.IsNaN(sum + b.Watts):
		f.Outcome, f.Said = Lacking, "one of the meters has no power to show"
		return f
	case b.Watts <= 0 && sum <= 0:
		f.Outcome = Undecided
		return f
	case sum <= b.Watts*(1+branchTolerance):
		return f
	case b.Watts < 0 && near(-b.Watts, sum, 0.5):
		return f.caused(ReversedCT, "the main meter shows a power that flows back: turn its current transformers round")
	}
	return explainBranch(f, b, sum)
}

// explainBranch names the probable cause of sub-meters above their main meter:
// one of them that shows too much, or the main meter too little.
func explainBranch(f Finding, b Branch, sum float64) Finding {
	f.Outcome = Differs
	for _, u := range b.Under {
		rest := b.Watts - (sum - u.Watts)
		if len(b.Under) > 1 && rest > 0 && u.Watts > rest {
			return explainFactor(f, u.Watts/rest, u.Point+" shows too much")
		}
	}
	if b.Watts <= 0 {
		f.Advice = fmt.Sprintf("%s shows nothing: is it this point's meter?", b.Main)
		return f
	}
	return explainFactor(f, sum/b.Watts, b.Main+" shows too little, or one below it too much")
}

// explainFactor names the cause of a factor of at least this size.
func explainFactor(f Finding, factor float64, who string) Finding {
	if n, ok := powerOfTen(factor, heatTolerance); ok {
		return f.caused(ScaleFactor, "%s, by %g: check its scale and unit, and at 10 and 100 its current transformers (50/5, 500/5)", who, math.Pow10(n))
	}
	if primary, ok := ctRatio(factor, powerTolerance); ok {
		return f.caused(CTRatio, "%s, by the ratio of a transformer %s: set it in the meter", who, primary)
	}
	if factor >= ctRatios[0] {
		return f.caused(CTRatio, "%s, by %.3g or more: check the ratio of its current transformers, then its unit", who, factor)
	}
	f.Advice = fmt.Sprintf("%s, by %.3g or more: check that each stands under the right meter, and its current transformers", who, factor)
	return f
}
