package virtual

import (
	"math"
	"time"
)

// directToChip is a hall of 2 MW whose chips give 85 % of their heat to
// water at 45/35 °C, which dry coolers bring down the year round; the rest
// stays in the air and goes to a small chilled-water loop. A neighbour takes
// heat from the water first.
func directToChip(at time.Time, it, outdoor float64) plantHour {
	const (
		rated     = 2e6
		liquid    = 0.85
		throughUp = 0.10
		loopHot   = 45.0
		loopCold  = 35.0
	)
	h := plantHour{it: it, outdoor: outdoor}
	h.chain = upsLoss(it, 1.25*rated) + 0.010*it
	h.auxiliary = services(14e3, at)

	loopPumps := variableSpeed(30e3, it/rated, 0.5)
	h.heat = liquid*it + loopPumps
	h.cold = max(loopCold, outdoor+4) // no nearer to the air on the hottest days
	h.flow, h.hot = circulate(h.heat, h.cold, spread(loopHot-loopCold, it/rated, 0.66), 0.012)
	h.neighbour()
	outside := h.heat - h.handover
	coolers := dryCooler(outside, liquid*rated, (h.hot+h.cold)/2, outdoor)

	fans := variableSpeed(24e3, it/rated, 0.6)
	room := (1-liquid)*it + h.chain + h.auxiliary + fans
	h.envelope = throughUp * room
	airPumps := variableSpeed(7e3, it/rated, 0.5)
	machines, rejected := chilledWater(room-h.envelope+airPumps, outdoor)

	h.cooling = loopPumps + coolers + fans + airPumps + machines
	h.rejected = outside + coolers + rejected
	return h
}

// dryCooler is the electricity of a dry cooler's fans that take a heat from
// water of a mean temperature: their flow grows with the heat and shrinks
// with the distance to the outdoor air, their power with its cube. Rated for
// 35 °C outdoors.
func dryCooler(heat, rated, water, outdoor float64) float64 {
	flow := heat / rated * (water - 35) / max(water-outdoor, 1)
	return 0.03 * rated * math.Pow(clamp(flow, 0.15, 1), 3)
}

// neighbour takes heat for a swimming pool through an exchanger: none from
// 15 °C outdoors on, 250 kW at and below freezing.
func (h *plantHour) neighbour() {
	const (
		most       = 250e3
		supply     = 43.0 // 2 K below the loop
		back       = 33.0
		warmest    = 15.0
		leastShare = 0.3 // the water of the pool itself
	)
	h.handSupply, h.handReturn = supply, back
	if h.outdoor >= warmest {
		return
	}
	share := leastShare + (1-leastShare)*clamp((warmest-h.outdoor)/warmest, 0, 1)
	h.handover = min(most*share, h.heat)
	h.handFlow, _ = circulate(h.handover, back, supply-back, 0)
}
