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
	colds := s.coldMeans(pump.SourcePinch)
	for h := range stages {
		stages[h] = stage{}
		if s.offers(h) {
			stages[h] = pump.against(s.Supply[h], s.Return[h], colds[h], &sinks[h], preheat)
		}
	}
}

// offers reports whether a source's heat and temperatures are known in an
// hour.
func (s *Source) offers(h int) bool {
	return s.Heat[h] > 0 && finite(float64(s.Supply[h])) && finite(float64(s.Return[h]))
}

// coldMeans returns the mean temperature that a heat pump sees in each hour.
//
// Method: HP1, HP2.
func (s *Source) coldMeans(pinch interval.TemperatureDiff) []interval.Temperature {
	means := make([]interval.Temperature, len(s.Heat))
	var in, out, mean interval.Temperature // most taps hold theirs for long
	for h := range means {
		if s.Supply[h] != in || s.Return[h] != out {
			in, out = s.Supply[h], s.Return[h]
			mean = logMean(in.Plus(-pinch), out.Plus(-pinch))
		}
		means[h] = mean
	}
	return means
}

// against returns the stage of a tap, whose mean the heat pump sees as cold,
// against one hour's sink.
//
// Method: AL3, HP1, HP6.
func (p *HeatPump) against(tap, back, cold interval.Temperature, k *sink, preheat bool) stage {
	reach := tap.Plus(-p.SourcePinch - p.SinkPinch) // the warmest that an exchanger can make
	if reach >= k.out {
		return stage{ideal: directCOP}
	}
	if !p.reaches(k.out) {
		return stage{}
	}
	if preheat && reach > k.in {
		return preheated(tap, back, k, p)
	}
	return p.stage(cold, k.mean, tap, k.out)
}

// stage returns the heat pump between two mean temperatures.
func (p *HeatPump) stage(cold, hot, sourceIn, sinkOut interval.Temperature) stage {
	limit := min(maxCOP, maxCarnotEfficiency*carnot(sourceIn, sinkOut))
	if hot <= cold {
		return stage{ideal: maxCOP, eta: math.MaxFloat32, limit: limit}
	}
	lift := hot.Minus(cold)
	return stage{ideal: float64(hot) / float64(lift), eta: p.efficiencyAt(lift), limit: limit}
}
