package heat

import (
	"math"

	"thermie/interval"
)

// stage is what one source can do for a network in one hour, before
// anything is dispatched.
type stage struct {
	ideal float64 // Lorenz COP of the heat pump; directCOP where an exchanger is enough, 0 where heat or temperatures are not known
	eta   float64 // share of it that the machine reaches
	limit float64 // highest COP believed

	warm    float32 // share of the demand that an exchanger can serve before the heat pump
	shallow float32 // share of the source's heat that such an exchanger can draw
}

// directCOP stands for heat that needs no heat pump: it comes before all.
const directCOP = 1e9

// cop returns the COP with the machine's efficiency shifted.
//
// Method: HP1, HP4.
func (s stage) cop(shift float64) float64 {
	if s.ideal == 0 || s.ideal == directCOP {
		return s.ideal
	}
	return max(1, min((s.eta+shift)*s.ideal, s.limit))
}

// fillStages computes a source's stages against a network's sinks.
//
// Method: AL3, HP1, HP2.
func fillStages(stages []stage, s *Source, sinks []sink, pump HeatPump, preheat bool) {
	var in, out, cold interval.Temperature // of the last mean: most taps hold theirs for long
	for h := range stages {
		tap, back := s.Supply[h], s.Return[h]
		if !(s.Heat[h] > 0) || !finite(float64(tap)) || !finite(float64(back)) {
			stages[h] = stage{}
			continue
		}
		k := &sinks[h]
		reach := tap.Plus(-pump.SourcePinch - pump.SinkPinch) // the warmest that an exchanger can make
		if reach >= k.out {
			stages[h] = stage{ideal: directCOP}
			continue
		}
		if tap != in || back != out {
			in, out = tap, back
			cold = logMean(in.Plus(-pump.SourcePinch), out.Plus(-pump.SourcePinch))
		}
		if preheat && reach > k.in {
			stages[h] = preheated(tap, back, k, pump)
			continue
		}
		stages[h] = pump.stage(cold, k.mean, tap, k.out)
	}
}

// stage returns the heat pump between two mean temperatures.
func (p HeatPump) stage(cold, hot, sourceIn, sinkOut interval.Temperature) stage {
	limit := min(maxCOP, maxCarnotEfficiency*carnot(sourceIn, sinkOut))
	if hot <= cold {
		return stage{ideal: maxCOP, eta: math.MaxFloat32, limit: limit}
	}
	lift := hot.Minus(cold)
	return stage{ideal: float64(hot) / float64(lift), eta: p.efficiencyAt(lift), limit: limit}
}
