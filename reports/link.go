package reports

import (
	"errors"
	"math"
	"slices"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// SourceLink is the connection between a source and the network that the
// joint match gives it to: a pair of pipes that carries what the heat pump,
// standing at the source, delivers.
type SourceLink struct {
	Network  configs.Network
	Length   float64 // m, as the crow flies: a trench is longer
	Delivery heat.Delivery

	// The hour of the largest flow sizes the pipes.
	Design         interval.Power
	Supply, Return interval.Temperature // of the network in that hour
	Pair           *heat.Connection     // nil when no pair of pipes of the table carries the flow
}

// Link finds and sizes a site's connection, nil when no network takes
// its heat.
func (d *Dossier) Link(r *SiteResult) (*SourceLink, error) {
	for _, n := range d.Networks {
		member := slices.Index(n.Members, r)
		if member < 0 {
			continue
		}
		delivery, ok := n.Delivery(member)
		if !ok {
			return nil, nil
		}
		l := &SourceLink{Network: n.Network, Length: n.DistanceKM[member] * 1000, Delivery: delivery}
		l.Size(n.Model.Curve, n.Model.Outdoor)
		return l, nil
	}
	return nil, nil
}

// Size finds the hour of the largest mass flow and the pipes for it. Where
// nothing flows all year there is no such hour: its temperatures are NaN.
func (l *SourceLink) Size(curve heat.HeatingCurve, outdoor []interval.Temperature) {
	largest := 0.0
	l.Supply, l.Return = interval.Temperature(math.NaN()), interval.Temperature(math.NaN())
	for h, p := range l.Delivery.Delivered {
		supply, ret := curve.At(outdoor[h])
		if flow := float64(p) / float64(supply.Minus(ret)); flow > largest {
			largest = flow
			l.Design, l.Supply, l.Return = p, supply, ret
		}
	}
	if pair, err := heat.SizeConnection(l.Design, l.Supply, l.Return, heat.Water60); err == nil {
		l.Pair = &pair
	}
}

// Soil is the temperature of the ground around the pipes.
var Soil = interval.Celsius(10)

// WallLoss returns what a metre of one pipe, standard insulation, loses for a
// kelvin above the soil, in W/(m·K).
func (l *SourceLink) WallLoss() (float64, error) {
	if l.Pair == nil {
		return 0, errors.New("no pipes")
	}
	loss, err := l.Pair.Pipe.LossPerMetre(heat.StandardInsulation, Soil.Plus(1), Soil, Soil)
	return float64(loss), err
}
