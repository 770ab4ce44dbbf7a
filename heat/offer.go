package heat

import (
	"math"

	"thermie/interval"
)

// Offer returns the estimate as a network sees it: without what is handed
// over already. An hour seen in part offers only the energy that was seen, so
// that « captée » never exceeds the gisement. An hour whose temperatures are
// swapped is one of unknown heat: it must not take the other sites of a
// network down.
//
// Method: HO1.
func (b *Balance) Offer(e *Estimate, id string) Source {
	s := e.Source(id)
	for h := range s.Heat {
		if given := b.Hours[h].HandedOver; given.Coverage > 0 {
			s.Heat[h] = max(0, s.Heat[h]-given.Energy.Over(hour))
		}
		if !(s.Supply[h] >= s.Return[h]) {
			s.Heat[h] = interval.Power(math.NaN())
		}
	}
	return s
}
