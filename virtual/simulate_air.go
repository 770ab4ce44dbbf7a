package virtual

import "time"

// airCooled is a hall of 5 MW with air handlers on a chilled-water loop
// 18/26 °C, dry coolers for free cooling, chillers, and two UPS feeds, each
// able to carry the whole.
func airCooled(at time.Time, it, outdoor float64) plantHour {
	const (
		rated     = 5e6
		throughUp = 0.05 // share of the hall's heat that leaves by walls and fresh air
	)
	h := plantHour{it: it, outdoor: outdoor}
	h.chain = upsLoss(it, 2*rated) + 0.030*it // and distribution
	h.auxiliary = services(90e3, at)
	fans := variableSpeed(340e3, it/rated, 0.7)
	room := it + h.chain + h.auxiliary + fans
	h.envelope = throughUp * room
	pumps := variableSpeed(130e3, room/(1.15*rated), 0.6)
	h.heat = room - h.envelope + pumps // the pumps warm their water
	h.cold = chilledCold
	h.flow, h.hot = circulate(h.heat, h.cold, spread(chilledHot-chilledCold, it/rated, 0.5), 0.06)
	machines, rejected := chilledWater(h.heat, outdoor)
	h.cooling = fans + pumps + machines
	h.rejected = rejected
	return h
}
