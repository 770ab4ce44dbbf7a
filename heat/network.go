package heat

import "thermie/interval"

// The fluids of heat networks.
const (
	HotWater         = "hot_water"
	SuperheatedWater = "superheated_water"
	Steam            = "steam"
	TemperateLoop    = "loop"
)

// Network is a heat network as the allocation sees it: hourly series of one
// length, the first hour the same as that of the sources.
type Network struct {
	ID           string
	Fluid        string
	Curve        HeatingCurve
	Demand       []interval.Power       // hourly, at the plant
	Outdoor      []interval.Temperature // hourly
	MustRunShare float64                // share of the yearly demand that existing EnR&R covers first, 0..1

	SourcePinch, NetworkPinch interval.TemperatureDiff // see DefaultSourcePinch
	LorenzEfficiency          float64                  // see DefaultLorenzEfficiency
}

// Defaults of the match with a network (METHODS.md HP2).
const (
	DefaultSourcePinch      interval.TemperatureDiff = 3
	DefaultNetworkPinch     interval.TemperatureDiff = 5
	DefaultLorenzEfficiency                          = 0.50
)
