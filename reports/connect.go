package reports

import (
	"fmt"
	"math"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// SourceOf is a site's heat as a network sees it: without what is handed over
// already. An hour whose temperatures make no sense is one of unknown heat:
// it must not take the other sites of the network down.
func SourceOf(s *SiteResult) heat.Source {
	src := s.Estimate.Source(s.ID)
	for h := range src.Heat {
		if given := s.Balance.Hours[h].HandedOver; given.Coverage > 0 {
			src.Heat[h] = max(0, src.Heat[h]-given.Energy.Over(time.Hour))
		}
		if !(src.Supply[h] >= src.Return[h]) {
			src.Heat[h] = interval.Power(math.NaN())
		}
	}
	return src
}

// modelOf is what a match computes a network with; an error where its
// description does not carry one.
func modelOf(n configs.Network, year heat.Period) (heat.Network, error) {
	if n.Demand <= 0 {
		return heat.Network{}, fmt.Errorf("network %s: nothing states its demand\nhint: demand_mwh takes the heat delivered in a normal year", n.ID)
	}
	outdoor, err := TypicalYear(n.ClimateZone, year)
	if err != nil {
		return heat.Network{}, fmt.Errorf("network %s: %w", n.ID, err)
	}
	return NetworkOf(n, outdoor), nil
}

// NetworkOf turns a network's description, whose defaults the configuration
// has filled in, into what the match computes with.
func NetworkOf(n configs.Network, outdoor []interval.Temperature) heat.Network {
	annual := interval.Energy(n.Demand) * interval.MegawattHour
	return heat.Network{
		ID: n.ID, Fluid: n.Fluid, Outdoor: outdoor,
		Curve: heat.HeatingCurve{
			Cold: interval.Celsius(n.ColdC), Mild: interval.Celsius(n.MildC),
			SupplyCold: interval.Celsius(n.SupplyColdC), SupplyMild: interval.Celsius(n.SupplyMildC),
			ReturnCold: interval.Celsius(n.ReturnColdC), ReturnMild: interval.Celsius(n.ReturnMildC),
		},
		Demand:           heat.Demand(annual, n.BaseShare/100, outdoor, heat.DefaultHeatingBaseTemp),
		MustRunShare:     stated(n.EnRRShare) / 100,
		SourcePinch:      interval.TemperatureDiff(n.SourcePinchK),
		NetworkPinch:     interval.TemperatureDiff(n.NetworkPinchK),
		LorenzEfficiency: n.LorenzEfficiency,
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
