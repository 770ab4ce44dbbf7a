package heat

import (
	"math"

	"thermie/interval"
)

// flowLimits are those of EN 1434's flow sensors by class: a + b·qp/q
// percent. Class 1 is missing on purpose, see declaredAccuracy.
var flowLimits = map[int]struct{ a, b float64 }{2: {2, 0.02}, 3: {3, 0.05}}

// maxFlowLimit bounds the flow sensor's limit of classes 2 and 3.
const maxFlowLimit = 0.05

// FlowLimit returns the relative error limit of a flow sensor at qp/q, its
// nominal over its actual flow; the bound where the ratio is not known.
//
// Method: U2.
func FlowLimit(class int, ratio float64) float64 {
	c := flowLimits[class]
	if !(ratio > 0) {
		return maxFlowLimit
	}
	return min((c.a+c.b*ratio)/100, maxFlowLimit)
}

// PairLimit returns the relative error limit of a matched pair of probes at
// Δθmin/Δθ.
//
// Method: U2.
func PairLimit(ratio float64) float64 { return (0.5 + 3*ratio) / 100 }

// CalculatorLimit returns the relative error limit of a heat meter's
// calculator at Δθmin/Δθ.
//
// Method: U2.
func CalculatorLimit(ratio float64) float64 { return (0.5 + ratio) / 100 }

// probe is a platinum resistance's tolerance: ±(base + slope·|t|) in °C.
type probe struct{ base, slope float64 }

// probes holds the tolerance classes of IEC 60751.
//
// Method: U3.
var probes = map[string]probe{
	"aa": {0.1, 0.0017},
	"a":  {0.15, 0.002},
	"b":  {0.3, 0.005},
}

// limit returns the tolerance at a temperature, in K.
func (p probe) limit(t interval.Temperature) float64 {
	return p.base + p.slope*math.Abs(t.Celsius())
}

// difference returns the standard uncertainty, in K, of the difference
// between two probes that are not matched.
//
// Method: U3.
func (p probe) difference(a, b interval.Temperature) float64 {
	return rectangular(math.Hypot(p.limit(a), p.limit(b)))
}
