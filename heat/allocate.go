package heat

import (
	"errors"

	"thermie/interval"
)

// Source is a site's recoverable heat as a network sees it. The series have
// the network's length; a NaN of heat means that the hour is not known.
type Source struct {
	ID             string
	Heat           []interval.Power
	Supply, Return []interval.Temperature
	U              float64 // relative standard uncertainty of Heat, systematic
	Simulated      bool
}

// Delivery is what one source gives to the network, by hour and in sum.
// Delivered = Captured + Electricity in every hour.
type Delivery struct {
	Source                           string
	Captured, Delivered, Electricity []interval.Power

	CapturedHeat  Quantity // J, « captée »
	DeliveredHeat Quantity // J, « livrée »
	PumpEnergy    Quantity // J of electricity

	SCOP                   float64        // delivered by the heat pump over its electricity; NaN when it never ran
	PeakPump               interval.Power // largest heat-pump output
	DirectHours, PumpHours int
}

// Allocation is the joint match of several sources with one network.
type Allocation struct {
	Network     string
	Deliveries  []Delivery // in the sources' order
	Demand      interval.Energy
	MustRun     interval.Energy // what existing EnR&R delivers first
	Coverage    float64         // delivered over demand
	Captured    Quantity
	Delivered   Quantity
	Electricity Quantity
	Assumptions []Assumption
	Notes       []string
}

// Allocate matches the sources with the network's residual demand, hour by
// hour, the cheapest first (AL1), so that no demand is counted twice.
func Allocate(sources []Source, n Network) (*Allocation, error) {
	return nil, errors.New("allocate: not yet")
}
