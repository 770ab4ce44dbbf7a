package heat

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"thermie/interval"
)

// Conditions are what a meter's accuracy depends on. NaN means unknown.
type Conditions struct {
	Flow           interval.VolumeFlow
	Supply, Return interval.Temperature
}

// Accuracy is a metering point's class, read from its card once and asked
// for each hour.
type Accuracy struct {
	fixed    float64 // relative standard uncertainty whatever the conditions
	flow     int     // EN 1434 class of the flow sensor, 0 for a fixed accuracy
	parts    bool    // three sub-assemblies, to be combined in quadrature
	probe    *probe  // plain probes in place of a matched pair
	nominal  interval.VolumeFlow
	minimumK interval.TemperatureDiff
}

// Limits where a card is silent: the smallest difference of a heat meter is
// the commonest one, and a flow meter beside plain probes is of class 3.
const (
	defaultMinimumK  = interval.TemperatureDiff(3)
	defaultFlowClass = 3
)

// Limits assumed for a meter of which nothing is stated. They have no
// source: they are there so that silence is never taken for exactness.
//
// Method: U7.
const (
	assumedElectricLimit = 0.03
	assumedHeatLimit     = 0.10
)

// AccuracyOf reads a point's class:
//
//	iec62053-0.2s, -0.5s, -1, -2   electricity meter
//	en1434-2, en1434-3             complete heat meter
//	en1434-2-parts                 the same, bought as three sub-assemblies
//	en1434-2+iec60751-b            flow sensor and two plain probes (aa, a, b)
//	iec60751-b                     plain probes beside an unknown flow meter
//
// Without a class the card's declared standard uncertainty holds. Errors name
// what the card should say.
//
// Method: U2, U3, U4.
func AccuracyOf(p interval.Point) (Accuracy, error) {
	if p.Class == "" || p.Class == "en1434-1" {
		return declaredAccuracy(p)
	}
	a := Accuracy{nominal: interval.VolumeFlow(p.NominalM3H) * interval.CubicMetrePerHour, minimumK: interval.TemperatureDiff(p.MinimumDTK)}
	if a.minimumK == 0 {
		a.minimumK = defaultMinimumK
	}
	if a.nominal < 0 || a.minimumK < 0 {
		return a, fmt.Errorf("qp_m3_per_h %g and delta_theta_min_k %g must not be negative", p.NominalM3H, p.MinimumDTK)
	}
	for _, part := range strings.Split(p.Class, "+") {
		if err := a.read(part); err != nil {
			return a, err
		}
	}
	if electric := strings.HasPrefix(p.Class, "iec62053"); p.Role != "" && electric != isElectric(p.Role) {
		return a, fmt.Errorf("class %s does not fit a point of role %s", p.Class, p.Role)
	}
	if a.probe != nil && a.flow == 0 {
		a.flow = defaultFlowClass
	}
	return a, nil
}

// declaredAccuracy takes the card's own figure. EN 1434 class 1 comes here
// too: no source that could be read gives the upper bound of its flow limit.
func declaredAccuracy(p interval.Point) (Accuracy, error) {
	switch {
	case p.DeclaredPct != nil && *p.DeclaredPct >= 0 && *p.DeclaredPct <= 100:
		return Accuracy{fixed: *p.DeclaredPct / 100}, nil
	case p.DeclaredPct != nil:
		return Accuracy{}, fmt.Errorf("u_declared_percent is %g: give a standard uncertainty between 0 and 100 %%", *p.DeclaredPct)
	case p.Class != "":
		return Accuracy{}, fmt.Errorf("the flow limit of class %s is « à confirmer »: give u_declared_percent from the meter's certificate", p.Class)
	}
	return Accuracy{}, fmt.Errorf("neither class nor u_declared_percent is given")
}

// read enters one part of a class.
func (a *Accuracy) read(part string) error {
	standard, class, _ := strings.Cut(part, "-")
	switch standard {
	case "iec62053":
		percent, err := strconv.ParseFloat(strings.TrimSuffix(class, "s"), 64)
		if err != nil || !(percent > 0 && percent <= 3) {
			return fmt.Errorf("class %q: IEC 62053 has 0.2s, 0.5s, 1 and 2", part)
		}
		a.fixed = rectangular(percent / 100)
		return nil
	case "en1434":
		number, form, _ := strings.Cut(class, "-")
		a.parts = form == "parts"
		if (number != "2" && number != "3") || (form != "" && form != "parts") {
			return fmt.Errorf("class %q: say en1434-2 or en1434-3, with -parts for three sub-assemblies", part)
		}
		a.flow = int(number[0] - '0')
		return nil
	case "iec60751":
		if p, ok := probes[class]; ok {
			a.probe = &p
			return nil
		}
		return fmt.Errorf("class %q: IEC 60751 has aa, a and b", part)
	}
	return fmt.Errorf("class %q is unknown: see METHODS.md U2 to U4 for the names", part)
}

// Relative returns the relative standard uncertainty (k=1) under c, at most
// 1. It is systematic: it does not average out over time.
//
// Method: U1, U2, U3, U4.
func (a Accuracy) Relative(c Conditions) float64 {
	if a.flow == 0 {
		return a.fixed
	}
	span := float64(c.Supply.Minus(c.Return))
	ef := FlowLimit(a.flow, float64(a.nominal)/float64(c.Flow))
	et, ec := PairLimit(float64(a.minimumK)/span), CalculatorLimit(float64(a.minimumK)/span)
	var u float64
	switch {
	case a.probe != nil:
		u = math.Hypot(rectangular(ef), a.probe.difference(c.Supply, c.Return)/span)
	case a.parts:
		u = rectangular(math.Sqrt(ef*ef + et*et + ec*ec))
	default:
		u = rectangular(ef + et + ec)
	}
	if !(u >= 0 && u <= 1) {
		return 1
	}
	return u
}

// probesOnly returns the part of Relative that plain probes bring, 0 for
// matched ones.
func (a Accuracy) probesOnly(c Conditions) float64 {
	if a.probe == nil {
		return 0
	}
	return a.probe.difference(c.Supply, c.Return) / float64(c.Supply.Minus(c.Return))
}

// rectangular returns the standard uncertainty of what lies anywhere within
// ±limit.
//
// Method: U1.
func rectangular(limit float64) float64 { return limit / math.Sqrt(3) }
