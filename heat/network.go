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
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("network %s: %s", n.ID, fmt.Sprintf(format, args...))
	}
	switch {
	case n.Fluid == "":
		return refuse("its fluid is not stated: ask the operator (hot_water, superheated_water, steam or loop)")
	case !Serves(n.Fluid):
		return refuse("a heat pump cannot serve %s", n.Fluid)
	case len(n.Demand) == 0:
		return refuse("it has no hourly demand")
	case len(n.Outdoor) != len(n.Demand):
		return refuse("%d hours of outdoor temperature for %d hours of demand", len(n.Outdoor), len(n.Demand))
	case !(n.MustRunShare >= 0 && n.MustRunShare <= 1):
		return refuse("must-run share %g is not within 0..1", n.MustRunShare)
	case !(n.LorenzEfficiency >= 0 && n.LorenzEfficiency < 1):
		return refuse("Lorenz efficiency %g is not within 0..1", n.LorenzEfficiency)
	case n.SourcePinch < 0 || n.NetworkPinch < 0:
		return refuse("a pinch is negative")
	}
	_, points := anchors(n.Points)
	for _, err := range []error{n.Curve.check(), n.checkInjection(), n.Storage.check(), points} {
		if err != nil {
			return refuse("%v", err)
		}
	}
	for h := range n.Demand {
		if !finite(float64(n.Demand[h])) || n.Demand[h] < 0 {
			return refuse("hour %d: demand %g W", h, float64(n.Demand[h]))
		}
		if t := n.Outdoor[h].Celsius(); !(t > -60 && t < 60) {
			return refuse("hour %d: outdoor temperature %g °C", h, t)
		}
	}
	return nil
}

// finite reports whether v is a number and not infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
