package reports

import (
	"fmt"
	"math"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// Why a site is matched with no network. The ids are the keys of the words
// that say so; pcaet.md asks for the reasons of what is not mobilised.
const (
	ReasonNoYear     = "no_year"     // no annual profile yet
	reasonNoPosition = "no_position" // distance unknown
	reasonOutOfReach = "out_of_reach"
	reasonFluid      = "fluid" // a network is near, but a heat pump cannot serve its fluid
	ReasonNoNetwork  = "no_network"
	reasonNoDemand   = "no_demand" // the network's demand or climate is not described
)

// NetworkResult is one network and what the sites near it could give it.
type NetworkResult struct {
	Network    configs.Network
	Members    []*SiteResult // the sites matched with it
	DistanceKM []float64     // as the crow flies, by member
	Allocation *heat.Allocation
	Fault      error // why no match could be computed
}

// Delivery returns what member i gives, with ok false when nothing was
// computed.
func (n *NetworkResult) Delivery(i int) (heat.Delivery, bool) {
	if n.Allocation == nil || i >= len(n.Allocation.Deliveries) {
		return heat.Delivery{}, false
	}
	return n.Allocation.Deliveries[i], true
}

// Unmatched is a site that no network can take heat from, and why.
type Unmatched struct {
	Site       *SiteResult
	Reason     string
	DistanceKM float64 // to the nearest network; NaN where unknown
}

// match assigns each site to the nearest network within reach that a heat
// pump can serve, so that no heat is offered twice.
func match(sites []*SiteResult, networks []configs.Network) ([]*NetworkResult, []Unmatched) {
	results := make([]*NetworkResult, len(networks))
	for i, n := range networks {
		results[i] = &NetworkResult{Network: n}
	}
	var left []Unmatched
	for _, s := range sites {
		best, km, reason := nearest(s, networks)
		if reason != "" {
			left = append(left, Unmatched{s, reason, km})
			continue
		}
		results[best].Members = append(results[best].Members, s)
		results[best].DistanceKM = append(results[best].DistanceKM, km)
	}
	return results, left
}

// nearest returns the index of the network for a site and the distance, or
// the reason why there is none.
func nearest(s *SiteResult, networks []configs.Network) (best int, km float64, reason string) {
	best, km = -1, math.NaN()
	switch {
	case !s.Annual():
		return best, km, ReasonNoYear
	case len(networks) == 0:
		return best, km, ReasonNoNetwork
	}
	reason = reasonNoPosition
	rank := map[string]int{reasonNoPosition: 0, reasonOutOfReach: 1, reasonNoDemand: 2, reasonFluid: 3}
	nearestKM := math.Inf(1)
	for i, n := range networks {
		d := distanceKM(s.Place.Latitude, s.Place.Longitude, n.Latitude, n.Longitude)
		why := obstacle(n, d)
		if why == "" && (best < 0 || d < km) {
			best, km = i, d
		}
		if rank[why] > rank[reason] {
			reason = why
		}
		nearestKM = math.Min(nearestKM, d)
	}
	if best >= 0 {
		return best, km, ""
	}
	if math.IsInf(nearestKM, 1) {
		nearestKM = math.NaN()
	}
	return best, nearestKM, reason
}

// obstacle says what keeps a site at distance km from network n.
func obstacle(n configs.Network, km float64) string {
	switch {
	case math.IsNaN(km):
		return reasonNoPosition
	case km > n.ReachKM:
		return reasonOutOfReach
	case !heat.Serves(n.Fluid):
		return reasonFluid
	case n.Demand <= 0:
		return reasonNoDemand
	}
	return ""
}

// distanceKM is heat.Distance in km: NaN when a position is not known.
func distanceKM(lat1, lon1, lat2, lon2 float64) float64 {
	return heat.Distance(heat.Position{Latitude: lat1, Longitude: lon1}, heat.Position{Latitude: lat2, Longitude: lon2}) / 1000
}

// allocate computes the joint match of the network's members for the year.
func (n *NetworkResult) allocate(year heat.Period) {
	if len(n.Members) == 0 {
		return
	}
	outdoor, err := TypicalYear(n.Network.ClimateZone, year)
	if err != nil {
		n.Fault = fmt.Errorf("network %s: %w", n.Network.ID, err)
		return
	}
	sources := make([]heat.Source, len(n.Members))
	for i, s := range n.Members {
		sources[i] = SourceOf(s)
	}
	n.Allocation, err = heat.Allocate(sources, NetworkOf(n.Network, outdoor))
	if err != nil {
		n.Fault = fmt.Errorf("network %s: %w", n.Network.ID, err)
	}
}

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
		MustRunShare:     n.EnRRShare / 100,
		SourcePinch:      interval.TemperatureDiff(n.SourcePinchK),
		NetworkPinch:     interval.TemperatureDiff(n.NetworkPinchK),
		LorenzEfficiency: n.LorenzEfficiency,
	}
}
