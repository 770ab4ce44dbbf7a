package heat

import "thermie/interval"

// Defaults of the demand profile (METHODS.md D1).
const (
	DefaultBaseShare       = 0.30
	DefaultHeatingBaseTemp = interval.Temperature(273.15 + 15.5)
)

// Demand spreads a network's yearly heat over the hours (D1): baseShare of
// it evenly (hot water and losses), the rest in proportion to the degrees by
// which the trailing 24-hour mean of the outdoor temperature falls short of
// base. With no such degree in the series all of it is spread evenly.
func Demand(annual interval.Energy, baseShare float64, outdoor []interval.Temperature, base interval.Temperature) []interval.Power {
	return nil
}
