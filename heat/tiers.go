package heat

import (
	"math"
	"slices"

	"thermie/interval"
)

// assumptionIDs name the causes of uncertainty that are no device; their
// order is that of the budget behind the devices.
var assumptionIDs = []string{"f_cap", "pue", "utilisation", "declared_total", "f_cap_learned", "cop_compressor", "cop_free_cooling"}

const (
	capturing = iota
	pueing
	utilising
	declaring
	learning
	compressing
	freeCooling
	assumptions
)

// Limits of what is assumed where a site says nothing, or only a number.
//
// Method: T4, T5.
const (
	lowPUE, highPUE   = 1.04, 1.60
	statedPUELimit    = 0.10
	lowUtilisation    = 0.3
	middleUtilisation = 0.5
	highUtilisation   = 0.7
)

// estimator turns one hour after the other into recoverable heat.
type estimator struct {
	*Balance
	tap      Tap
	hasTap   bool
	stated   conditions
	chillers *Chillers               // nil unless they are mode-resolved
	hall     *AirHall                // nil unless outdoor air cools it
	values   [assumptions]Assumption // in the order of assumptionIDs
	used     [assumptions]bool
	tally    tally
	notes    []string

	learned []LearnedCapture
	fill    [len(modeNames)]learnedSum // by mode
	filling filling
}

func newEstimator(b *Balance) (*estimator, error) {
	site := b.Site.Site
	e := &estimator{Balance: b, tally: b.ledger.newTally(), stated: statedConditions(site)}
	e.tap, e.hasTap = TapByID(site.Tap)
	if !e.hasTap && site.Tap != "" {
		return nil, NewFault("tap_unknown", `tap "{tap}" is unknown: say one of {taps}`, "tap", excerpt(site.Tap), "taps", tapNames())
	}
	if !e.hasTap {
		e.notes = append(e.notes, "tap_missing")
	}
	e.chillers = e.usableChillers(site.Cooling)
	e.values = [assumptions]Assumption{
		capturing: {Value: e.tap.Capture, Low: e.tap.Low, High: e.tap.High, Mark: e.tap.Mark, Source: e.tap.Source},
		pueing:    e.assumedPUE(site.PUE),
		utilising: {Value: middleUtilisation, Low: lowUtilisation, High: highUtilisation, Mark: Verified, Source: "mean utilisation 0.327 (REHO/EPFL), 0.49–0.68 (dc-eh)"},
		declaring: {Value: 1, Low: 1 - assumedElectricLimit, High: 1 + assumedElectricLimit, Mark: Unconfirmed, Source: "the yearly total as declared"},
	}
	e.hall = e.usableHall(site)
	if c := e.chillers; c != nil {
		e.values[compressing], e.values[freeCooling] = c.assumption(c.Compressor), c.assumption(c.Free)
	}
	for i := range e.values {
		e.values[i].ID, e.values[i].Unit = assumptionIDs[i], "1"
	}
	e.learn()
	return e, nil
}

// assumedPUE returns the PUE that a site states, or the middle of what data
// centers have.
func (e *estimator) assumedPUE(stated float64) Assumption {
	if stated >= 1 && stated <= 5 {
		return Assumption{Value: stated, Low: max(1, stated-statedPUELimit), High: stated + statedPUELimit, Mark: Unconfirmed, Source: "as the site states it"}
	}
	if stated != 0 {
		e.notes = append(e.notes, "pue_not_plausible")
	}
	return Assumption{Value: (lowPUE + highPUE) / 2, Low: lowPUE, High: highPUE, Mark: Computed, Source: "spread of measured PUE"}
}

// enoughOfHour is the coverage from which a tier speaks for an hour.
//
// Method: TM.
const enoughOfHour = 0.5

// choose returns the best tier that accounts for at least half of the hour,
// else the metered one that accounts for most of it, else what the site
// declares.
//
// Method: TM.
func (e *estimator) choose(h int, at *epoch) Tier {
	hour := &e.Balance.Hours[h]
	metered := [...]struct {
		tier     Tier
		coverage float64
	}{{T1, hour.Heat.Coverage}, {T3, hour.InRoom.Coverage}, {T2, hour.Cooling.Coverage}, {T4, hour.Total.Coverage}}
	if e.backwards && hour.Heat.Energy < 0 {
		metered[0].coverage = 0
	}
	if !e.hasTap {
		metered[1].coverage = 0
	}
	if metered[0].coverage < enoughOfHour && metered[1].coverage < enoughOfHour && !e.byCooling(hour) {
		metered[2].coverage = 0
	}
	if !e.hasTap || at.partial {
		metered[3].coverage = 0
	}
	best, most := TierNone, 0.0
	for _, m := range metered {
		if m.coverage >= enoughOfHour {
			return m.tier
		}
		if m.coverage > most {
			best, most = m.tier, m.coverage
		}
	}
	switch site := e.Site.Site; {
	case best != TierNone || !e.hasTap:
		return best
	case site.TotalKWh > 0:
		return T4
	case site.RatedITKW > 0:
		return T5
	}
	return TierNone
}

// heat returns one hour by a tier and enters its uncertainty.
func (e *estimator) heat(tier Tier, h int, at *epoch) Flow {
	hour := &e.Balance.Hours[h]
	switch {
	case tier == T1:
		return e.ledger.thermal(at.heat, h, &e.tally, e.stated)
	case tier == T2:
		return e.coolingHeat(h, at)
	case tier == T3 && e.fillOf(hour).known:
		return e.filled(h, e.fillOf(hour))
	case tier == T3:
		f := e.ledger.electric(at.inRoom, h, &e.tally, e.value(capturing))
		e.doubt(capturing, float64(f.Energy))
		return f
	case tier == T4 && hour.Total.Coverage > 0 && !at.partial:
		f := e.ledger.electric(at.total, h, &e.tally, e.value(capturing)/e.value(pueing))
		e.doubt(capturing, float64(f.Energy))
		e.doubt(pueing, -float64(f.Energy))
		return f
	}
	return e.declared(tier)
}

// declared returns an hour of a site of which no meter is read.
func (e *estimator) declared(tier Tier) Flow {
	site := e.Site.Site
	heat := e.value(capturing)
	if tier == T4 {
		year := YearOf(e.Period.From.Year(), site.UTCOffsetMin)
		heat *= site.TotalKWh * float64(interval.KilowattHour) / float64(year.Hours()) / e.value(pueing)
		e.doubt(pueing, -heat)
		e.value(declaring)
		e.doubt(declaring, heat)
	} else {
		heat *= site.RatedITKW * float64(interval.KilowattHour) * e.value(utilising)
		e.doubt(utilising, heat)
	}
	e.doubt(capturing, heat)
	return Flow{interval.Energy(heat), 1}
}

// DeclaredTotal returns the electricity that a site declares for a year, within
// the limits of a meter of which nothing is stated; unknown where it declares
// none.
//
// Method: T4, U7.
func DeclaredTotal(site interval.Site, simulated bool) Quantity {
	declared := site.TotalKWh * float64(interval.KilowattHour)
	if declared <= 0 {
		return Quantity{}
	}
	return Quantity{Value: declared, U: declared * rectangular(assumedElectricLimit), Known: true, Coverage: 1, Method: "T4", Simulated: simulated}
}

// fillOf returns what was learned in an hour's mode.
func (e *estimator) fillOf(hour *Hour) *learnedSum {
	return &e.fill[modeIndex(e.chillers.mode(hour))]
}

// remark notes a key once.
func (e *estimator) remark(key string) {
	if !slices.Contains(e.notes, key) {
		e.notes = append(e.notes, key)
	}
}

// mark remembers that an assumption was used.
func (e *estimator) mark(i int, used bool) { e.used[i] = e.used[i] || used }

// value returns an assumption's value and remembers that it was used.
func (e *estimator) value(i int) float64 {
	e.used[i] = true
	return e.values[i].Value
}

// doubt enters the uncertainty that an assumption gives to an energy that is
// proportional to it (or, negative, inversely so). It is the same all year.
func (e *estimator) doubt(i int, energy float64) {
	a := &e.values[i]
	relative := (a.High - a.Low) / math.Sqrt(12) / a.Value
	e.tally.budget.shared[len(e.ledger.devices)+i] += relative * energy
}

// temperatures returns those at the tap: measured with T1 where they are,
// else as stated.
func (e *estimator) temperatures(tier Tier, h int) (supply, ret interval.Temperature) {
	hour := &e.Balance.Hours[h]
	if tier == T1 && hour.Supply > hour.Return {
		return hour.Supply, hour.Return
	}
	return e.stated.supply, e.stated.ret
}

// assumed lists the assumptions that were used.
func (e *estimator) assumed() []Assumption {
	var list []Assumption
	if e.filling.room > 0 {
		e.values[learning] = e.filling.assumption()
		e.values[learning].ID, e.values[learning].Unit = assumptionIDs[learning], "1"
		e.used[learning] = true
		e.remark("gap_filled_by_learning")
	}
	for i, a := range e.values {
		if e.used[i] {
			list = append(list, a)
		}
	}
	return list
}
