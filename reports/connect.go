package reports

import (
	"math"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// ModelOf turns a network's description, whose defaults the configuration
// has filled in, into what the match computes with; an error where it does
// not carry a match.
func ModelOf(n configs.Network, year heat.Period) (heat.Network, DemandBasis, error) {
	demand, outdoor, basis, err := demandOf(n, year)
	if err != nil {
		return heat.Network{}, basis, err
	}
	m := heat.Network{
		ID: n.ID, Fluid: n.Fluid, Outdoor: outdoor, Demand: demand,
		Curve: heat.HeatingCurve{
			Cold: interval.Celsius(n.ColdC), Mild: interval.Celsius(n.MildC),
			SupplyCold: interval.Celsius(n.SupplyColdC), SupplyMild: interval.Celsius(n.SupplyMildC),
			ReturnCold: interval.Celsius(n.ReturnColdC), ReturnMild: interval.Celsius(n.ReturnMildC),
		},
		MustRunShare:     stated(n.EnRRShare) / 100,
		SourcePinch:      interval.TemperatureDiff(n.SourcePinchK),
		NetworkPinch:     interval.TemperatureDiff(n.NetworkPinchK),
		LorenzEfficiency: n.LorenzEfficiency,
	}
	design(&m, n.NetworkDesign)
	return m, basis, nil
}

// design enters how sources are tied into a network.
func design(m *heat.Network, d configs.NetworkDesign) {
	m.Injection, m.Rise, m.Preheat = heat.Injection(d.Injection), interval.TemperatureDiff(d.InjectionRiseK), d.Preheat
	m.Storage = heat.Storage{
		Capacity: interval.Energy(d.StorageMWh) * interval.MegawattHour,
		Power:    interval.Power(d.StorageMW) * interval.Megawatt,
		Loss:     1 - math.Pow(1-d.StorageLossPctDay/100, 1./24), // an hour's
	}
	if d.HighestSinkC != 0 {
		m.HighestSink = interval.Celsius(d.HighestSinkC)
	}
	for _, p := range d.HeatPump {
		m.Points = append(m.Points, heat.COPPoint{
			SourceIn: interval.Celsius(p.SourceInC), SourceOut: interval.Celsius(p.SourceOutC),
			SinkIn: interval.Celsius(p.SinkInC), SinkOut: interval.Celsius(p.SinkOutC), COP: p.COP,
		})
	}
}

// stated is what was stated, 0 where nothing was: a network of which no rate
// is known is computed without must-run heat, which its page says.
func stated(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}
