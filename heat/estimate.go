package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// HeatHour is the heat that could be drawn at the tap in one hour.
type HeatHour struct {
	Heat           interval.Energy
	Coverage       float64 // share of the hour for which Heat accounts
	Tier           Tier
	Learned        bool                 // T3 by a fraction learned from the heat meter: estimated, never measured
	Supply, Return interval.Temperature // at the tap
}

// Estimate is the heat that could be drawn from a site (« gisement »), each
// hour by the best tier that it allows.
type Estimate struct {
	Hours          []HeatHour
	Recoverable    Quantity // J over the period; what is handed over already is within it
	ByTier         map[Tier]interval.Energy
	Supply, Return interval.Temperature // means, weighted by energy
	Assumptions    []Assumption
	Budget         []Contribution // of Recoverable's uncertainty, the greatest first
	Learned        []LearnedCapture
	Notes          []string // stable keys, see METHODS.md
}

// Estimate returns the recoverable heat of the balance's period. An hour of
// which nothing is known stays unknown. The error names a tap that does not
// exist.
//
// Method: T1, T2, T3, T4, T5, TM.
func (b *Balance) Estimate() (*Estimate, error) {
	e, err := newEstimator(b)
	if err != nil {
		return nil, fmt.Errorf("estimate of site %s: %w", b.Site.ID, err)
	}
	out := &Estimate{Hours: make([]HeatHour, len(b.Hours)), ByTier: map[Tier]interval.Energy{}}
	var cover float64
	b.eachHour(func(h int, at *epoch) {
		tier := e.choose(h, at)
		if tier == TierNone {
			out.Hours[h] = HeatHour{Supply: e.stated.supply, Return: e.stated.ret}
			return
		}
		learned := tier == T3 && e.fillOf(&b.Hours[h]).known
		flow := e.heat(tier, h, at)
		flow.Energy = e.aboveFloor(h, tier, max(0, flow.Energy))
		supply, ret := e.temperatures(tier, h)
		out.Hours[h] = HeatHour{flow.Energy, flow.Coverage, tier, learned, supply, ret}
		out.ByTier[tier] += flow.Energy
		cover += flow.Coverage
	})
	out.Supply, out.Return = weightedTemperatures(out.Hours)
	out.Assumptions = e.assumed()
	out.Notes, out.Learned = e.notes, e.learned
	out.Budget = b.ledger.contributions(e.tally.budget)
	out.Recoverable = b.recoverable(out, e.tally, cover)
	return out, nil
}

// recoverable closes the year's sum.
func (b *Balance) recoverable(e *Estimate, t tally, cover float64) Quantity {
	q := Quantity{Method: methodMixed, Simulated: t.simulated || b.Site.Site.Data == interval.SimulatedData}
	for tier := T1; tier <= T5; tier++ { // in one order, so that the last bit is always the same
		energy, used := e.ByTier[tier]
		q.Value += float64(energy)
		if used && len(e.ByTier) == 1 {
			q.Method = tier.String()
		}
	}
	if q.Known = cover > 0; q.Known {
		q.U, q.Coverage = t.budget.standard(), cover/float64(len(b.Hours))
	}
	return q
}

// Power returns the hourly recoverable power for a duration curve: NaN where
// nothing is known; an hour seen in part counts with the mean power of what
// was seen.
func (e *Estimate) Power() []interval.Power {
	p := make([]interval.Power, len(e.Hours))
	for h, x := range e.Hours {
		p[h] = interval.Power(float64(x.Heat) / (3600 * x.Coverage)) // 0/0 is NaN
	}
	return p
}

// Source returns the estimate as an allocation sees it. An hour seen in part
// offers only the energy that was seen, so that « captée » never exceeds the
// gisement.
func (e *Estimate) Source(id string) Source {
	s := Source{
		ID: id, U: e.Recoverable.Relative(), Simulated: e.Recoverable.Simulated,
		Heat:   make([]interval.Power, len(e.Hours)),
		Supply: make([]interval.Temperature, len(e.Hours)),
		Return: make([]interval.Temperature, len(e.Hours)),
	}
	for h, x := range e.Hours {
		s.Heat[h], s.Supply[h], s.Return[h] = x.Heat.Over(hour), x.Supply, x.Return
		if x.Coverage == 0 {
			s.Heat[h] = interval.Power(math.NaN())
		}
	}
	return s
}

// weightedTemperatures returns the means of supply and return over the
// energy drawn, NaN without any.
func weightedTemperatures(hours []HeatHour) (supply, ret interval.Temperature) {
	var s, r, weight float64
	for _, h := range hours {
		if w := float64(h.Heat); w > 0 && !math.IsNaN(float64(h.Supply+h.Return)) {
			s, r, weight = s+w*float64(h.Supply), r+w*float64(h.Return), weight+w
		}
	}
	return interval.Temperature(s / weight), interval.Temperature(r / weight)
}
