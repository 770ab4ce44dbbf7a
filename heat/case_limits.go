package heat

import (
	"fmt"
	"strings"

	"thermie/interval"
)

// The rows of caseQuantities about the limits of meters.

// flowLimit is that of the case's flow sensor.
func (w *worked) flowLimit() (float64, error) {
	v, err := w.need("qp", "flow")
	if err != nil {
		return 0, err
	}
	a, err := AccuracyOf(interval.Point{Class: w.words["class"]})
	return FlowLimit(a.flow, v[0]/v[1]), err
}

// ofDifference is the limit of a matched pair, or of a calculator.
func ofDifference(limit func(ratio float64) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("smallest difference", "supply", "return")
		if err != nil {
			return 0, err
		}
		return limit(v[0] / (v[1] - v[2])), nil
	}
}

// plainProbes returns the case's probes with their two temperatures.
func (w *worked) plainProbes() (p probe, supply, ret interval.Temperature, err error) {
	v, err := w.need("supply", "return")
	if err != nil {
		return p, 0, 0, err
	}
	_, class, _ := strings.Cut(w.words["class"], "iec60751-")
	p, known := probes[class]
	if !known {
		return p, 0, 0, fmt.Errorf("class %q has no plain probes: say iec60751-aa, -a or -b", w.words["class"])
	}
	return p, interval.Temperature(v[0]), interval.Temperature(v[1]), nil
}

func (w *worked) probesU() (float64, error) {
	p, supply, ret, err := w.plainProbes()
	return 2 * p.difference(supply, ret) / float64(supply.Minus(ret)), err
}

func (w *worked) probesStandard() (float64, error) {
	p, supply, ret, err := w.plainProbes()
	return p.difference(supply, ret), err
}

func (w *worked) freezing() (float64, error) {
	v, err := w.need("glycol")
	if err != nil {
		return 0, err
	}
	return float64(w.glycol().Freezing(v[0])), nil
}

// nextSensor is the expanded uncertainty of the recoverable heat with the
// best meter on offer.
func (w *worked) nextSensor() (float64, error) {
	e, err := w.estimate()
	if err != nil {
		return 0, err
	}
	list, err := w.formed.NextSensor(e, Offers())
	if err != nil || len(list) == 0 {
		return 2 * e.Recoverable.Relative(), err
	}
	return list[0].After, nil
}
