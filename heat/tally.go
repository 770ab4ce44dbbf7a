package heat

import (
	"math"

	"thermie/interval"
)

// The kinds of energy by order of preference.
//
// Method: B9.
var (
	electricKinds = []slot{electricEnergy, electricPower}
	thermalKinds  = []slot{thermalEnergy, circuitHeat, thermalPower}
	waterKinds    = []slot{waterVolume}
)

// tally adds up one energy over the hours of a period.
type tally struct {
	energy    float64
	cover     float64 // hours
	budget    budget
	simulated bool
}

func (l *ledger) newTally() tally { return tally{budget: l.newBudget()} }

// quantity closes a tally over the ledger's period.
func (l *ledger) quantity(t tally, method string) Quantity {
	if t.cover == 0 {
		return Quantity{Method: method}
	}
	return Quantity{
		Value: t.energy, U: t.budget.standard(), Coverage: t.cover / float64(l.hours),
		Method: method, Known: true, Simulated: t.simulated,
	}
}

// electric adds one hour of electricity, times factor, to t and returns it.
// The sum covers what its least covered part covers.
func (l *ledger) electric(parts []part, h int, t *tally, factor float64) Flow {
	return l.fixed(electricKinds, parts, h, t, factor)
}

// fixed is electric for any kinds whose accuracy asks for no conditions.
func (l *ledger) fixed(kinds []slot, parts []part, h int, t *tally, factor float64) Flow {
	f := Flow{Coverage: 1}
	for i := range parts {
		p := &parts[i]
		track := l.tracks[p.track]
		c := track.energy(kinds, h)
		t.enter(p, track, c, p.accuracy.fixed*math.Abs(c.sum), factor)
		f.Energy += interval.Energy(p.sign * c.sum)
		f.Coverage = min(f.Coverage, c.coverage())
	}
	return t.close(f, len(parts), factor)
}

// thermal adds one hour of metered heat, whose accuracy depends on flow and
// temperatures.
func (l *ledger) thermal(parts []part, h int, t *tally, stated conditions) Flow {
	f := Flow{Coverage: 1}
	for i := range parts {
		p := &parts[i]
		track := l.tracks[p.track]
		c := track.energy(thermalKinds, h)
		relative := p.accuracy.Relative(stated.at(track, c, h))
		t.enter(p, track, c, relative*math.Abs(c.sum), 1)
		f.Energy += interval.Energy(p.sign * c.sum)
		f.Coverage = min(f.Coverage, c.coverage())
	}
	return t.close(f, len(parts), 1)
}

// enter adds a part's energy with its systematic and random uncertainty.
func (t *tally) enter(p *part, from *track, c cell, systematic, factor float64) {
	t.energy += factor * p.sign * c.sum
	t.budget.shared[from.device] += factor * p.sign * systematic
	t.budget.random[p.track] += factor * factor * c.variance
	t.simulated = t.simulated || from.simulated && c.seconds > 0
}

// close ends an hour's sum of n parts.
func (t *tally) close(f Flow, n int, factor float64) Flow {
	if n == 0 {
		f.Coverage = 0
	}
	t.cover += f.Coverage
	f.Energy *= interval.Energy(factor)
	return f
}

// conditions are the temperatures that stand where no sensor says them.
type conditions struct{ supply, ret interval.Temperature }

// volumetricHeat of water, J/(m³·K), turns heat into flow well enough for an
// accuracy class.
const volumetricHeat = 4.15e6

// at returns the conditions of a heat meter in an hour, from its own
// sensors where they are recorded.
func (s conditions) at(t *track, c cell, h int) Conditions {
	at := Conditions{
		Flow:   interval.VolumeFlow(t.mean(volumeFlow, h)),
		Supply: interval.Temperature(t.mean(supplyTemperature, h)),
		Return: interval.Temperature(t.mean(returnTemperature, h)),
	}
	if !(at.Supply > at.Return) || at.Supply > boiling {
		at.Supply, at.Return = s.supply, s.ret
	}
	if math.IsNaN(float64(at.Flow)) && c.seconds > 0 {
		at.Flow = interval.VolumeFlow(c.sum / c.seconds / volumetricHeat / float64(at.Supply.Minus(at.Return)))
	}
	return at
}
