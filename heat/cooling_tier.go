package heat

import (
	"math"

	"thermie/interval"
)

// coolingHeat returns an hour's heat at the tap by the cooling electricity,
// and enters its uncertainty.
//
// Method: T2.
func (e *estimator) coolingHeat(h int, at *epoch) Flow {
	hour := &e.Balance.Hours[h]
	mode := e.chillers.mode(hour)
	cop, byCompressor, byFree := e.chillers.cop(mode)
	share := 1.0
	if e.tap.ID == directToChip || e.tap.ID == immersion { // the plant cools the air of the hall as well
		share = e.value(capturing)
	}
	factor, lever := share*cop, 1.0
	if e.tap.ID == condenser {
		factor, lever = cop+1, cop/(cop+1)
	}
	factor *= e.plausible(hour, factor)
	f := e.ledger.electric(at.cooling, h, &e.tally, factor)
	heat := float64(f.Energy)
	if share != 1 {
		e.doubt(capturing, heat)
	}
	e.mark(compressing, byCompressor > 0)
	e.mark(freeCooling, byFree > 0)
	e.doubt(compressing, heat*lever*byCompressor)
	e.doubt(freeCooling, heat*lever*byFree)
	return f
}

// plausible returns the share of a heat, cooling electricity times factor,
// that the hall can have given: what it takes in, by up to the closure's
// allowance, and the compressors' own electricity at the condenser.
//
// Method: T2, B10.
func (e *estimator) plausible(hour *Hour, factor float64) float64 {
	const seen = 0.9
	heat := float64(hour.Cooling.Energy) * factor
	if hour.InRoom.Coverage < seen || hour.Cooling.Coverage < seen || heat <= 0 {
		return 1
	}
	most := highClosure * float64(hour.InRoom.Energy)
	if e.tap.ID == condenser {
		most += float64(hour.Cooling.Energy)
	}
	if heat <= most {
		return 1
	}
	e.remark("cooling_heat_capped")
	return most / heat
}

// byCooling reports whether an hour's heat can be told from the cooling
// electricity: the mode is known, and where the tap is the condenser the
// compressors run.
//
// Method: T2.
func (e *estimator) byCooling(hour *Hour) bool {
	if e.chillers == nil || !e.hasTap || hour.Cooling.Coverage == 0 {
		return false
	}
	mode := float64(e.chillers.mode(hour))
	if math.IsNaN(mode) {
		e.remark("cooling_mode_unknown")
		return false
	}
	return e.tap.ID != condenser || mode == 1
}

// usableChillers returns the site's cooling plant if it is mode-resolved, and
// remarks when it is not.
func (e *estimator) usableChillers(p *interval.CoolingPlant) *Chillers {
	if p == nil {
		return nil
	}
	c, err := NewChillers(*p)
	if err != nil {
		e.remark("cooling_cop_refused")
		return nil
	}
	return &c
}
