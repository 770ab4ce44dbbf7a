package heat

import (
	"fmt"
	"math"
	"slices"

	"thermie/interval"
)

// The fluids of heat networks.
const (
	HotWater         = "hot_water"
	SuperheatedWater = "superheated_water"
	Steam            = "steam"
	TemperateLoop    = "loop"
)

// servable holds the fluids that a heat pump of the trade can feed.
//
// Method: AL4.
var servable = []string{HotWater, TemperateLoop}

// Serves reports whether a heat pump can feed a network of that fluid.
//
// Method: AL4.
func Serves(fluid string) bool { return slices.Contains(servable, fluid) }

// Network is a heat network as the allocation sees it: hourly series of one
// length, the first hour the same as that of the sources.
type Network struct {
	ID           string
	Fluid        string
	Curve        HeatingCurve
	Demand       []interval.Power       // hourly, at the plant
	Outdoor      []interval.Temperature // hourly
	MustRunShare float64                // share of the yearly demand that existing EnR&R covers first, 0..1

	SourcePinch, NetworkPinch interval.TemperatureDiff // see DefaultSourcePinch; zero means none
	LorenzEfficiency          float64                  // zero takes DefaultLorenzEfficiency
	Points                    []COPPoint               // a maker's, in place of the Lorenz efficiency
	HighestSink               interval.Temperature     // that the heat pumps deliver; zero takes DefaultHighestSink

	Injection Injection                // zero is ReturnToSupply
	Rise      interval.TemperatureDiff // of the schemes that end in the return; zero takes DefaultInjectionRise
	Preheat   bool                     // a tap too cool for the supply still warms the return through an exchanger
	Storage   Storage
}

// pump returns the heat pump that stands between any source and the network.
// The points were checked by Check.
func (n Network) pump() HeatPump {
	p := HeatPump{Efficiency: n.LorenzEfficiency, SourcePinch: n.SourcePinch, SinkPinch: n.NetworkPinch}
	if p.Efficiency == 0 {
		p.Efficiency = DefaultLorenzEfficiency
	}
	if p.Highest = n.HighestSink; p.Highest == 0 {
		p.Highest = DefaultHighestSink
	}
	p.anchors, _ = anchors(n.Points)
	return p
}

// Check refuses a network that cannot be matched, saying why.
//
// Method: AL4.
func (n Network) Check() error {
	_, points := anchors(n.Points)
	for _, err := range []error{n.checkShares(), n.Curve.check(), n.checkInjection(), n.Storage.check(), points, n.checkHours()} {
		if err != nil {
			return fmt.Errorf("network %s: %w", n.ID, err)
		}
	}
	return nil
}

// checkShares refuses a fluid that no heat pump feeds, and single numbers that
// cannot be.
func (n Network) checkShares() error {
	switch {
	case n.Fluid == "":
		return NewFault("fluid_unstated", "its fluid is not stated: ask the operator (hot_water, superheated_water, steam or loop)")
	case !Serves(n.Fluid):
		return NewFault("fluid_unserved", "a heat pump cannot serve {fluid}", "fluid", n.Fluid)
	case !(n.MustRunShare >= 0 && n.MustRunShare <= 1):
		return NewFault("must_run_share", "must-run share {share} is not within 0..1", "share", n.MustRunShare)
	case !(n.LorenzEfficiency >= 0 && n.LorenzEfficiency < 1):
		return NewFault("lorenz_efficiency", "Lorenz efficiency {efficiency} is not within 0..1", "efficiency", n.LorenzEfficiency)
	case n.SourcePinch < 0 || n.NetworkPinch < 0:
		return NewFault("pinch", "a pinch is negative")
	}
	return nil
}

// checkHours refuses series that do not fit each other, or no network.
func (n Network) checkHours() error {
	switch {
	case len(n.Demand) == 0:
		return NewFault("demand_missing", "it has no hourly demand")
	case len(n.Outdoor) != len(n.Demand):
		return NewFault("hours_differ", "{outdoor} hours of outdoor temperature for {demand} hours of demand", "outdoor", len(n.Outdoor), "demand", len(n.Demand))
	}
	for h := range n.Demand {
		if !finite(float64(n.Demand[h])) || n.Demand[h] < 0 {
			return NewFault("demand_hour", "hour {hour}: demand {power_w} W", "hour", h, "power_w", float64(n.Demand[h]))
		}
		if t := n.Outdoor[h].Celsius(); !(t > -60 && t < 60) {
			return NewFault("outdoor_hour", "hour {hour}: outdoor temperature {outdoor_c} °C", "hour", h, "outdoor_c", tenth(t))
		}
	}
	return nil
}

// finite reports whether v is a number and not infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
