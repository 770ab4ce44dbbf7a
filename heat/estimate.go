package heat

import (
	"errors"

	"thermie/interval"
)

// HeatHour is the heat that could be drawn at the tap in one hour.
type HeatHour struct {
	Heat           interval.Energy
	Coverage       float64 // share of the hour for which Heat accounts
	Tier           Tier
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
}

// Estimate returns the recoverable heat of the balance's period.
func (b *Balance) Estimate() (*Estimate, error) {
	return nil, errors.New("estimate: not yet")
}
