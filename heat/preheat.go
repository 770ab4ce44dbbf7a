package heat

import "thermie/interval"

// preheated returns the stage of a tap that is warmer than what it has to
// heat, but not warm enough: an exchanger does the lower part, the heat pump
// the rest, from what the exchanger leaves of the source.
//
// Method: AL6.
func preheated(tap, back interval.Temperature, k *sink, pump *HeatPump) stage {
	pinches := pump.SourcePinch + pump.SinkPinch
	reach := tap.Plus(-pinches)
	middle := max(back, k.in.Plus(pinches)) // as far as the exchanger cools the source
	cold := logMean(middle.Plus(-pump.SourcePinch), back.Plus(-pump.SourcePinch))
	hot := logMean(reach.Plus(pump.SinkPinch), k.out.Plus(pump.SinkPinch))
	s := pump.stage(cold, hot, middle, k.out)
	s.warm = float32(float64(reach.Minus(k.in)) / float64(k.out.Minus(k.in)))
	if tap > back {
		s.shallow = float32(float64(tap.Minus(middle)) / float64(tap.Minus(back)))
	}
	return s
}

// preheat passes through exchangers what can be passed, before any heat pump
// runs; sources share the lower part of the demand.
//
// Method: AL6.
func (m *matcher) preheat(d *desk, h int) {
	if !m.network.Preheat {
		return
	}
	whole := d.demand
	for s := range m.sources {
		stage := &m.stages[s][h]
		served := whole - d.demand
		open := whole*interval.Power(stage.warm) - served
		if stage.ideal == directCOP || open <= 0 {
			continue
		}
		d.pass(s, min(open, d.heat[s]*interval.Power(stage.shallow)))
	}
}
