package heat

import (
	"math"
	"sync"

	"thermie/interval"
)

// outcome is a pair's year.
type outcome struct {
	captured, electricity, direct       interval.Energy
	limitedCaptured, limitedElectricity interval.Energy // in hours in which all heat is used
	peak                                interval.Power
	heat, demand                        interval.Energy // that there was
}

func (o outcome) delivered() interval.Energy { return o.captured + o.electricity }

// scop returns the heat pump's seasonal COP; what needs no heat pump has the
// best there is.
func (o outcome) scop() float64 {
	if o.electricity <= 0 {
		return math.Inf(1)
	}
	return float64((o.captured + o.electricity - o.direct) / o.electricity)
}

// leastPower is what is left to be worth counting; below it is rounding.
const leastPower = 1 * interval.Watt

// work matches a pair with what is left on both sides. With keep the heat
// and the demand that it takes are gone.
//
// Method: AL1, AL3.
func (t *territory) work(p *pair, shift float64, keep bool) outcome {
	heat, demand, sinks := t.heat[p.source], t.demand[p.network], t.sinks[p.network]
	if spent(heat) || spent(demand) {
		return outcome{heat: total(heat), demand: total(demand)}
	}
	source, pump := &t.sources[p.source].Source, &t.pumps[p.network]
	colds := t.colds[p.source][pump.SourcePinch]
	var o outcome
	for h, ask := range demand {
		available := heat[h]
		gives, asks := available >= leastPower, ask >= leastPower
		if gives {
			o.heat += interval.Energy(available)
		}
		if asks {
			o.demand += interval.Energy(ask)
		}
		if !gives || !asks || !source.offers(h) {
			continue
		}
		cop := pump.against(source.Supply[h], source.Return[h], colds[h], &sinks[h], false).cop(shift)
		if cop <= 1 {
			continue
		}
		x := transferOf(available, ask, source.PumpLimit, cop)
		o.add(x)
		if keep {
			heat[h], demand[h] = available-x.captured, max(0, ask-x.captured-x.electricity)
		}
	}
	o.toJoules()
	return o
}

// spent reports whether nothing is left in a series.
func spent(left []interval.Power) bool {
	for _, p := range left {
		if p >= leastPower {
			return false
		}
	}
	return true
}

// total returns what is left in a series.
func total(left []interval.Power) interval.Energy {
	var sum interval.Energy
	for _, p := range left {
		if p >= leastPower {
			sum += p.For(hour)
		}
	}
	return sum
}

// transferOf returns what one source gives to an ask at a COP.
//
// Method: AL1, AL3.
func transferOf(available, ask, bound interval.Power, cop float64) transfer {
	if cop == directCOP {
		q := min(available, ask)
		return transfer{captured: q, direct: q, limited: q == available}
	}
	q := min(available*interval.Power(cop/(cop-1)), ask)
	if bound > 0 {
		q = min(q, bound)
	}
	electricity := q / interval.Power(cop)
	captured := min(q-electricity, available)
	return transfer{captured: captured, electricity: electricity, limited: available-captured <= exhausted*available}
}

// add enters an hour's transfer, in W·h.
func (o *outcome) add(x transfer) {
	captured, electricity := interval.Energy(x.captured), interval.Energy(x.electricity)
	o.captured, o.electricity, o.direct = o.captured+captured, o.electricity+electricity, o.direct+interval.Energy(x.direct)
	if x.limited {
		o.limitedCaptured, o.limitedElectricity = o.limitedCaptured+captured, o.limitedElectricity+electricity
	}
	o.peak = max(o.peak, x.captured+x.electricity)
}

func (o *outcome) toJoules() {
	for _, e := range []*interval.Energy{&o.captured, &o.electricity, &o.direct, &o.limitedCaptured, &o.limitedElectricity, &o.heat, &o.demand} {
		*e *= interval.WattHour
	}
}

// conclude takes the pair's heat and demand away and describes the match.
//
// Method: AL5, TE2.
func (t *territory) conclude(p *pair, left outcome, cost float64) Match {
	step := t.pumps[p.network].doubt()
	less, more := t.work(p, -step, false), t.work(p, step, false)
	t.work(p, 0, true)
	source := &t.sources[p.source]
	quantity := func(value, limited, low, high interval.Energy) Quantity {
		return Quantity{
			Value: float64(value), U: math.Hypot(source.U*float64(limited), float64(high-low)/2),
			Coverage: knownShare(source.Heat), Method: methodTerritory, Known: true, Simulated: source.Simulated,
		}
	}
	return Match{
		Source: source.ID, Network: t.networks[p.network].ID, Distance: p.distance,
		Captured:    quantity(left.captured, left.limitedCaptured, less.captured, more.captured),
		Delivered:   quantity(left.delivered(), left.limitedCaptured+left.limitedElectricity, less.delivered(), more.delivered()),
		Electricity: left.electricity, SCOP: finiteOrNaN(left.scop()), Peak: left.peak, Cost: cost, Density: t.density(p, left),
	}
}

// knownShare returns the share of a series' hours that are known.
func knownShare(p []interval.Power) float64 {
	known := 0
	for _, v := range p {
		if !math.IsNaN(float64(v)) {
			known++
		}
	}
	return float64(known) / float64(len(p))
}

func finiteOrNaN(v float64) float64 {
	if !finite(v) {
		return math.NaN()
	}
	return v
}

// steps counts the pairings that are done and tells of every hundredth part.
type steps struct {
	mutex       sync.Mutex
	done, total int
	tell        func(done, total int)
}

func newSteps(total int, tell func(done, total int)) *steps { return &steps{total: total, tell: tell} }

func (s *steps) one() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.done++
	if s.tell != nil && (s.done*100/s.total != (s.done-1)*100/s.total) {
		s.tell(s.done, s.total)
	}
}

// finish tells that there was nothing to do.
func (s *steps) finish() {
	if s.tell != nil && s.total == 0 {
		s.tell(0, 0)
	}
}
