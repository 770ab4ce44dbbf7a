package heat

import (
	"errors"
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

// NewAirHall reads a site's card; what it does not say is that of
// DefaultEconomiser. A hall without a rated power, or whose floor lies above
// its own air, is refused.
//
// Method: EA1, EA2.
func NewAirHall(h interval.AirHall, rated interval.Power) (AirHall, error) {
	e := DefaultEconomiser(rated)
	celsius := func(into *interval.Temperature, t *float64) {
		if t != nil {
			*into = interval.Celsius(*t)
		}
	}
	kelvin := func(into *interval.TemperatureDiff, d *float64) {
		if d != nil {
			*into = interval.TemperatureDiff(*d)
		}
	}
	celsius(&e.Supply, h.SupplyC)
	celsius(&e.FreeBelow, h.FreeBelowC)
	kelvin(&e.Rise, h.RiseK)
	kelvin(&e.Approach, h.ApproachK)
	if h.BypassPct != nil {
		e.Bypass = *h.BypassPct / 100
	}
	hall := AirHall{e, interval.Celsius(h.FloorC)}
	switch {
	case !(rated > 0):
		return hall, errors.New("air hall: the rated IT power is missing: it sizes the fans")
	case !(e.Rise > 0 && e.Rise <= 60 && e.Approach >= 0 && e.Approach < e.Rise && e.Bypass >= 0 && e.Bypass < 1):
		return hall, errors.New("air hall: the rise must be positive, the exchanger's approach below it, the bypass a share below 1")
	case !(hall.Floor < e.Supply.Plus(e.Rise)):
		return hall, errors.New("air hall: the floor lies above the hall's own return air")
	case !(e.FreeBelow < e.Supply.Plus(e.Rise-e.Approach)):
		return hall, errors.New("air hall: outdoor air that warm cools nothing through the exchanger")
	}
	return hall, nil
}

// usableHall returns the site's air-cooled hall, and remarks when its card
// cannot be used.
func (e *estimator) usableHall(site interval.Site) *AirHall {
	if site.Hall == nil {
		return nil
	}
	hall, err := NewAirHall(*site.Hall, interval.Power(site.RatedITKW)*interval.Kilowatt)
	if err != nil {
		e.remark("air_hall_refused")
		return nil
	}
	return &hall
}

// aboveFloor limits an hour of the return-air tap to what lies above the
// floor while outdoor air cools the hall. A heat meter's word stands. A load
// above the rated one is taken at the full flow.
//
// Method: EA2.
func (e *estimator) aboveFloor(h int, tier Tier, heat interval.Energy) interval.Energy {
	const seen, oneHour = 0.9, time.Hour
	hour := &e.Balance.Hours[h]
	if e.hall == nil || tier == T1 || e.tap.ID != returnAir || hour.IT.Coverage < seen || math.IsNaN(float64(hour.Outdoor)) {
		return heat
	}
	it := hour.IT.Energy.Over(oneHour)
	hall := *e.hall
	hall.RatedIT = max(hall.RatedIT, it)
	air, err := hall.Hour(hour.Outdoor, it, hall.Floor)
	if err != nil || !air.Free || air.Usable.For(oneHour) >= heat {
		return heat
	}
	e.remark("air_economiser_floor")
	return air.Usable.For(oneHour)
}
