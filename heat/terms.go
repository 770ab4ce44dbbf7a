package heat

import (
	"errors"
	"math"

	"thermie/interval"
)

// Terms are the prices and bounds by which the connections of a territory
// are compared. Prices of energy are in €/J, see EuroPerMWh.
type Terms struct {
	HeatPump    float64 // €/W of heat delivered
	Station     float64 // exchanger station, €/W
	PlantYears  float64
	FixedOM     float64 // of the heat pump, share of its cost a year
	Pipe        []PipePrice
	PipeYears   float64
	Detour      float64 // trench length over the straight distance
	Discount    float64
	Aid         float64 // share of the investment paid by others
	VariableOM  float64
	Electricity float64
	SourceHeat  float64 // price of the heat captured

	LeastSCOP    float64
	LeastDensity float64 // J a year and m of trench; zero means no bound
	MostCost     float64 // of heat delivered; zero means no bound
}

// PipePrice is what a metre of trench costs up to a power.
type PipePrice struct {
	UpTo  interval.Power
	Price float64 // €/m
}

// check refuses terms that price nothing.
func (t Terms) check() error {
	switch {
	case !(t.PlantYears > 0 && t.PipeYears > 0 && t.Discount >= 0 && t.Discount < 1):
		return errors.New("terms: lives must be positive and the discount rate within 0..1")
	case len(t.Pipe) == 0:
		return errors.New("terms: no price of a pipe is given")
	case !(t.Detour >= 1):
		return errors.New("terms: the trench cannot be shorter than the straight distance: detour is 1 or more")
	case !(t.Aid >= 0 && t.Aid <= 1):
		return errors.New("terms: the aid is a share of the investment within 0..1")
	}
	return nil
}

// pipe returns the price of a metre of trench for a power; beyond the table
// that of its last line, in proportion.
func (t Terms) pipe(p interval.Power) float64 {
	for _, line := range t.Pipe {
		if p <= line.UpTo {
			return line.Price
		}
	}
	last := t.Pipe[len(t.Pipe)-1]
	return last.Price * float64(p/last.UpTo)
}

// Price returns the cost of the heat of a connection over a straight distance
// in m, €/J; NaN where nothing is delivered.
//
// Method: EC2, TE3.
func (t Terms) Price(d Delivery, distance float64) float64 {
	if d.DeliveredHeat.Value <= 0 {
		return math.NaN()
	}
	return t.Connection(d, distance).Levelised()
}

// Connection returns what a delivery over a straight distance in m takes a
// year: its heat pump, station and pipe are of its highest hour.
//
// Method: EC2, TE3.
func (t Terms) Connection(d Delivery, distance float64) HeatCost {
	c := t.cost(d.Peak(), distance)
	c.Captured, c.Electricity, c.Delivered = interval.Energy(d.CapturedHeat.Value), interval.Energy(d.PumpEnergy.Value), interval.Energy(d.DeliveredHeat.Value)
	return c
}

// Peak returns the most that is delivered in an hour.
func (d Delivery) Peak() (peak interval.Power) {
	for _, p := range d.Delivered {
		peak = max(peak, p)
	}
	return peak
}

// cost returns the cost of a connection of a peak power over a distance.
//
// Method: EC2, TE3.
func (t Terms) cost(peak interval.Power, distance float64) HeatCost {
	power := float64(peak)
	return HeatCost{
		Investments: []Investment{
			{Name: "heat pump", Cost: t.HeatPump * power, Years: t.PlantYears, FixedOM: t.FixedOM, Aid: t.Aid},
			{Name: "station", Cost: t.Station * power, Years: t.PlantYears, Aid: t.Aid},
			{Name: "pipe", Cost: t.pipe(peak) * t.Detour * distance, Years: t.PipeYears, Aid: t.Aid},
		},
		Discount: t.Discount, VariableOM: t.VariableOM, ElectricityPrice: t.Electricity, SourcePrice: t.SourceHeat,
	}
}
