package heat

import (
	"fmt"
	"math"
	"slices"

	"thermie/interval"
)

// COPPoint is one line of a maker's data sheet, at the machine's own
// terminals.
type COPPoint struct {
	SourceIn, SourceOut, SinkIn, SinkOut interval.Temperature
	COP                                  float64
}

// makerLimit is how far a machine strays from its data sheet (auxiliaries,
// fouling, part load), as a share.
//
// Method: HP5.
const makerLimit = 0.10

// anchor is a maker's point as share of the Lorenz COP at a lift.
type anchor struct {
	lift interval.TemperatureDiff
	eta  float64
}

// anchors turns points into efficiencies by lift. It refuses a COP that no
// machine reaches, with the point's number.
//
// Method: HP4, HP5.
func anchors(points []COPPoint) ([]anchor, error) {
	list := make([]anchor, len(points))
	for i, p := range points {
		if !(p.SourceIn >= p.SourceOut && p.SinkOut >= p.SinkIn) {
			return nil, NewFault("cop_point", "COP point {point}: the source must cool down and the sink warm up", "point", i+1)
		}
		cold, hot := logMean(p.SourceIn, p.SourceOut), logMean(p.SinkIn, p.SinkOut)
		if hot <= cold || !Believable(p.COP, p.SourceIn, p.SinkOut) {
			return nil, NewFault("cop_unlikely", "COP point {point}: {cop} from {source_c} to {sink_c} °C is not believable (above {most} of Carnot, or below 1)",
				"point", i+1, "cop", p.COP, "source_c", math.Round(p.SourceIn.Celsius()), "sink_c", math.Round(p.SinkOut.Celsius()), "most", maxCarnotEfficiency)
		}
		list[i] = anchor{hot.Minus(cold), p.COP * float64(hot.Minus(cold)) / float64(hot)}
	}
	slices.SortFunc(list, func(a, b anchor) int { return int(math.Copysign(1, float64(a.lift-b.lift))) })
	return list, nil
}

// efficiencyAt returns the share of the Lorenz COP at a lift of the mean
// temperatures: between a maker's points linear, beyond them constant;
// without points the general one.
//
// Method: HP1, HP5.
func (p *HeatPump) efficiencyAt(lift interval.TemperatureDiff) float64 {
	if len(p.anchors) == 0 {
		return p.Efficiency
	}
	first, last := p.anchors[0], p.anchors[len(p.anchors)-1]
	switch {
	case lift <= first.lift:
		return first.eta
	case lift >= last.lift:
		return last.eta
	}
	i := 1
	for p.anchors[i].lift < lift {
		i++
	}
	a, b := p.anchors[i-1], p.anchors[i]
	return a.eta + (b.eta-a.eta)*float64((lift-a.lift)/(b.lift-a.lift))
}

// WithPoints returns the heat pump with a maker's points in place of the
// general efficiency. The pinches still come on top: they are of the plant's
// exchangers, not the machine's.
//
// Method: HP5.
func (p HeatPump) WithPoints(points []COPPoint) (HeatPump, error) {
	list, err := anchors(points)
	if err != nil {
		return p, fmt.Errorf("heat pump: %w", err)
	}
	p.anchors = list
	return p, nil
}

// doubt returns the standard uncertainty of the efficiency.
//
// Method: AL5, HP5.
func (p HeatPump) doubt() float64 {
	if len(p.anchors) == 0 {
		return (highLorenzEfficiency - lowLorenzEfficiency) / math.Sqrt(12)
	}
	var mean float64
	for _, a := range p.anchors {
		mean += a.eta / float64(len(p.anchors))
	}
	return rectangular(makerLimit * mean)
}
