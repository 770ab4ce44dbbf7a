package heat

import (
	"math"
	"time"

	"thermie/interval"
)

// AirHall says that a site's hall is cooled by outdoor air, and to what
// temperature its exhaust can usefully be cooled.
type AirHall struct {
	Economiser
	Floor interval.Temperature
}

// aboveFloor limits an hour of the return-air tap to what lies above the
// floor while outdoor air cools the hall. A heat meter's word stands.
//
// Method: EA2.
func (e *estimator) aboveFloor(h int, tier Tier, heat interval.Energy) interval.Energy {
	const seen, oneHour = 0.9, time.Hour
	hall, hour := e.Site.Hall, &e.Balance.Hours[h]
	if hall == nil || tier == T1 || e.tap.ID != returnAir || hour.IT.Coverage < seen || math.IsNaN(float64(hour.Outdoor)) {
		return heat
	}
	air, err := hall.Hour(hour.Outdoor, hour.IT.Energy.Over(oneHour), hall.Floor)
	if err != nil || !air.Free || air.Usable.For(oneHour) >= heat {
		return heat
	}
	e.remark("air_economiser_floor")
	return air.Usable.For(oneHour)
}
