package probe

import (
	"math"
	"time"

	"thermie/interval"
)

// counters are each kind of counter, and the power beside it.
var counters = []struct{ counter, power interval.Kind }{
	{interval.ElectricEnergy, interval.ElectricPower},
	{interval.ThermalEnergy, interval.ThermalPower},
}

// pointRounds is what a point said, round after round.
func pointRounds(rounds [][]Meter, point string) (all []registers) {
	for _, meters := range rounds {
		all = append(all, byPoint(meters)[point])
	}
	return all
}

// judgeCounters compares the growth of a point's counters with the power
// beside them.
func judgeCounters(point string, rounds []registers) (findings []Finding) {
	first, last := rounds[0], rounds[len(rounds)-1]
	for _, c := range counters {
		if len(last.of(c.counter)) == 0 || len(last.of(c.power)) == 0 {
			continue
		}
		g := Growth{Point: point, Kind: string(c.counter), Joules: last.sum(c.counter) - first.sum(c.counter),
			Step: stepOf(last.of(c.counter)), Power: integral(rounds, c.power), Others: map[string]float64{}}
		g.Over = last.of(c.counter)[0].answer.At.Sub(first.of(c.counter)[0].answer.At)
		before := first.others(c.counter)
		for order, after := range last.others(c.counter) {
			if was, known := before[order]; known {
				g.Others[order] = after - was
			}
		}
		findings = append(findings, JudgeGrowth(g))
	}
	return findings
}

// integral is ∫P dt over the rounds, by trapezoids; NaN where a value lacks.
func integral(rounds []registers, kind interval.Kind) (joules float64) {
	at := func(rs registers) (float64, time.Time) {
		some := rs.of(kind)
		if len(some) == 0 {
			return math.NaN(), time.Time{}
		}
		return rs.sum(kind), some[0].answer.At
	}
	before, since := at(rounds[0])
	for _, rs := range rounds[1:] {
		now, until := at(rs)
		joules += (before + now) / 2 * until.Sub(since).Seconds()
		before, since = now, until
	}
	return joules
}

// stepOf is the smallest by which the counters can move together, in J: a raw
// count, and of a float the step at its present value.
func stepOf(parts registers) (step float64) {
	for _, r := range parts {
		one, zero := r.answer, r.answer
		one.Value, zero.Value = math.Abs(r.of.Scale), 0
		if r.of.Type == "f32" {
			raw := float32(r.answer.Value / r.of.Scale)
			one.Value = math.Abs(r.of.Scale) * float64(math.Nextafter32(raw, math.MaxFloat32)-raw)
		}
		if r.of.Type == "f64" {
			one.Value = 0
		}
		step += si(r.of, one) - si(r.of, zero)
	}
	return step
}
