package probe

import (
	"fmt"
	"math"
)

// Cause is what most often makes a figure wrong on site.
type Cause string

// The causes that physics can tell apart.
const (
	WordOrder     Cause = "word order"
	ScaleFactor   Cause = "scale factor"
	CTRatio       Cause = "CT ratio"
	ReversedCT    Cause = "current transformers reversed"
	OnePhase      Cause = "one phase for three"
	SwappedProbes Cause = "swapped probes"
	FlowUnit      Cause = "flow unit"
	WhForKWh      Cause = "Wh for kWh"
	OtherCounter  Cause = "another counter"
)

// Outcome is whether a figure agrees with what physics expects of it.
type Outcome string

// The outcomes.
const (
	Agrees    Outcome = "agrees"
	Differs   Outcome = "differs"
	Undecided Outcome = "undecided" // no load, too short a watch, or another fault to be put right first
	Lacking   Outcome = "lacking"   // a register that the check needs has no value
)

// Finding is one check of the physics of an installation.
type Finding struct {
	Point   string  `json:"point"`
	Check   string  `json:"check"`
	Outcome Outcome `json:"outcome"`
	Said    string  `json:"said"`            // what was compared, with figures
	Cause   Cause   `json:"cause,omitempty"` // the probable one; empty where it agrees, or none is known
	Advice  string  `json:"advice,omitempty"`
}

// caused is the finding with its probable cause.
func (f Finding) caused(c Cause, format string, args ...any) Finding {
	f.Outcome, f.Cause, f.Advice = Differs, c, fmt.Sprintf(format, args...)
	return f
}

// Tolerances of the checks, as a share: wide enough for registers that were
// not read at one instant, narrow enough to tell the causes apart.
const (
	powerTolerance   = 0.05 // P against ΣU·I·cosφ
	heatTolerance    = 0.10 // power against ρ·cp·V̇·ΔT
	counterTolerance = 0.05 // growth against ∫P dt
	branchTolerance  = 0.03 // sub-meters above their main meter
)

// near reports whether a ratio is want, within a share.
func near(ratio, want, share float64) bool {
	return ratio > 0 && want > 0 && math.Abs(math.Log(ratio/want)) <= math.Log(1+share)
}

// powerOfTen returns the n of a ratio 10^n other than 1.
func powerOfTen(ratio, share float64) (n int, ok bool) {
	if ratio <= 0 {
		return 0, false
	}
	n = int(math.Round(math.Log10(ratio)))
	return n, n != 0 && near(ratio, math.Pow10(n), share)
}

// ctRatios are the ratios of current transformers to 5 A (IEC 61869-2,
// preferred values from 40 A to 5000 A) that are no power of ten.
var ctRatios = []float64{8, 12, 15, 16, 20, 25, 30, 32, 40, 50, 60, 80, 120, 150, 160, 200, 240, 250, 300, 320, 400, 500, 600, 800}

// ctRatio returns the transformer whose ratio, or its inverse, this is.
func ctRatio(ratio, share float64) (primary string, ok bool) {
	for _, r := range ctRatios {
		if near(ratio, r, share) || near(ratio, 1/r, share) {
			return fmt.Sprintf("%g/5", 5*r), true
		}
	}
	return "", false
}
