package heat

import (
	"math"

	"thermie/interval"
)

// Defaults of the heat pump between a source and a network.
//
// Method: HP1, HP2.
const (
	DefaultSourcePinch      interval.TemperatureDiff = 3
	DefaultNetworkPinch     interval.TemperatureDiff = 5
	DefaultLorenzEfficiency                          = 0.50
	lowLorenzEfficiency                              = 0.40
	highLorenzEfficiency                             = 0.60
)

// Limits of what a heat pump is believed to do.
//
// Method: HP4.
const (
	maxCarnotEfficiency = 0.75
	maxCOP              = 20
)

// DefaultHighestSink is how hot the heat pumps of the trade deliver, where a
// network states nothing else.
//
// Method: HP6.
const DefaultHighestSink = interval.Temperature(273.15 + 100)

// HeatPump is a machine between two streams that both change temperature.
type HeatPump struct {
	Efficiency             float64                  // share of the Lorenz COP, annual
	SourcePinch, SinkPinch interval.TemperatureDiff // lost in the exchangers on both sides
	Highest                interval.Temperature     // that it delivers; zero means no bound

	anchors []anchor // a maker's points, by lift; see WithPoints
}

// COP returns the coefficient of performance for a source cooled from
// sourceIn to sourceOut and a sink heated from sinkIn to sinkOut, capped by
// what is believable.
//
// Method: HP1, HP2, HP4.
func (p HeatPump) COP(sourceIn, sourceOut, sinkIn, sinkOut interval.Temperature) float64 {
	cold := logMean(sourceIn.Plus(-p.SourcePinch), sourceOut.Plus(-p.SourcePinch))
	hot := logMean(sinkIn.Plus(p.SinkPinch), sinkOut.Plus(p.SinkPinch))
	return p.stage(cold, hot, sourceIn, sinkOut).cop(0)
}

// LorenzCOP returns the COP of the ideal heat pump between two streams that
// change temperature; infinite when the sink's mean is not above the
// source's.
//
// Method: HP1.
func LorenzCOP(sourceIn, sourceOut, sinkIn, sinkOut interval.Temperature) float64 {
	cold, hot := logMean(sourceIn, sourceOut), logMean(sinkIn, sinkOut)
	if hot <= cold {
		return math.Inf(1)
	}
	return float64(hot) / float64(hot-cold)
}

// Believable reports whether a published COP stays within what machines do:
// at most 0.75 of Carnot, which is taken between the source's inlet and the
// sink's outlet.
//
// Method: HP4.
func Believable(cop float64, sourceIn, sinkOut interval.Temperature) bool {
	return cop >= 1 && cop <= maxCarnotEfficiency*carnot(sourceIn, sinkOut)
}

// JesperCOP returns the COP of the regression of Jesper et al. (2021) over
// 33 large heat pumps, for a lift from the source's inlet to the sink's
// outlet. It ignores glide and so is 20–36 % low for a sink with a large
// temperature rise: a cross-check of COP and cost, never a bound on heat. ok
// is false outside its validity.
//
// Method: HP3.
func JesperCOP(sourceIn, sinkOut interval.Temperature) (cop float64, ok bool) {
	lift := float64(sinkOut.Minus(sourceIn))
	source, sink := sourceIn.Celsius(), sinkOut.Celsius()
	if sink <= 100 {
		return 1.4480e12 * math.Pow(lift+2*88.730, -4.9460),
			lift >= 10 && lift <= 78 && source >= -10 && source <= 60
	}
	return 1.9118 * math.Pow(lift+2*0.044189, -0.89094) * math.Pow(float64(sinkOut)+0.044189, 0.67895),
		lift >= 25 && lift <= 95 && source >= 25 && source <= 110 && sink <= 160
}

// reaches reports whether the heat pump delivers a sink's outlet.
//
// Method: HP6.
func (p *HeatPump) reaches(sinkOut interval.Temperature) bool {
	return p.Highest == 0 || sinkOut.Plus(p.SinkPinch) <= p.Highest
}

// carnot returns the COP of the ideal heat pump between two fixed
// temperatures, infinite without a lift.
func carnot(cold, hot interval.Temperature) float64 {
	if hot <= cold {
		return math.Inf(1)
	}
	return float64(hot) / float64(hot-cold)
}

// logMean returns the entropic mean (a−b)/ln(a/b), by which a stream between
// a and b exchanges heat reversibly.
//
// With z = (a−b)/(a+b) the logarithm is 2·artanh z, whose series has no
// singularity at a = b and is exact to 1e-12 for the spans of heat pumps.
func logMean(a, b interval.Temperature) interval.Temperature {
	z := float64((a - b) / (a + b))
	z *= z
	if z > 0.01 {
		return interval.Temperature(float64(a-b) / math.Log(float64(a/b)))
	}
	return (a + b) / 2 / interval.Temperature(1+z*(1./3+z*(1./5+z*(1./7+z*(1./9)))))
}
