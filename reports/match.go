package reports

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"thermie/heat"
	"thermie/interval"
)

// match finds which networks each site's heat goes to: every annual site
// against every network within reach, once and jointly (method TE2). Each
// network is then computed hour by hour with the sites that it got, on the
// heat that cheaper connections left (method AL1), so that neither heat nor
// demand is counted twice.
func (d *Dossier) match(ctx context.Context) error {
	inputs, err := StudyInputs()
	if err != nil {
		return err
	}
	terms := inputs.Terms(interval.Megawatt)
	m := d.newMatcher()
	matching, err := heat.MatchAll(ctx, m.sources, m.networks, terms, d.Options.step("match"))
	if err != nil {
		return err
	}
	d.Failures = matching.Failures
	for _, one := range matching.Matches { // the cheapest heat first
		m.connect(one)
	}
	for i, n := range m.order {
		n.Turn = i
		m.allocate(n, inputs)
	}
	d.Left = m.left(matching.Failures)
	return nil
}

// matcher is the match of a dossier's sites being made.
type matcher struct {
	dossier  *Dossier
	sources  []heat.PlacedSource // of the annual sites
	networks []heat.PlacedNetwork
	free     map[string]heat.Source    // by site: what no network has taken yet
	sites    map[string]*SiteResult    // the annual ones
	results  map[string]*NetworkResult // by network
	order    []*NetworkResult          // by their cheapest connection
}

func (d *Dossier) newMatcher() *matcher {
	m := &matcher{dossier: d, free: map[string]heat.Source{}, sites: map[string]*SiteResult{}, results: map[string]*NetworkResult{}}
	for _, s := range d.Sites {
		if !s.Annual() {
			continue
		}
		m.sites[s.ID], m.free[s.ID] = s, s.Offer
		m.sources = append(m.sources, heat.PlacedSource{Source: s.Offer, Position: heat.Position{Latitude: s.Place.Latitude, Longitude: s.Place.Longitude}})
	}
	for _, c := range d.Area.Networks {
		n := &NetworkResult{Network: c}
		d.Networks, m.results[c.ID] = append(d.Networks, n), n
		n.Model, n.Basis, n.Fault = ModelOf(c, d.Year)
		if n.Fault == nil && heat.Serves(c.Fluid) { // a fluid that no heat pump serves is a reason, not a fault
			n.Fault = n.Model.Check()
		}
		if c.Demand == 0 { // its own hours say it
			n.Network.Demand = float64(n.Basis.Annual / interval.MegawattHour)
		}
		m.networks = append(m.networks, heat.PlacedNetwork{Network: n.Model, Reach: c.ReachKM * 1000,
			Position: heat.Position{Latitude: c.Latitude, Longitude: c.Longitude}})
		m.networks[len(m.networks)-1].ID = c.ID
	}
	return m
}

// connect makes a site a member of a network.
func (m *matcher) connect(one heat.Match) {
	n := m.results[one.Network]
	if len(n.Members) == 0 {
		m.order = append(m.order, n)
	}
	n.Members = append(n.Members, m.sites[one.Source])
	n.DistanceKM = append(n.DistanceKM, m.distance(one)/1000)
}

// distance is what a study states of the pair, else the one between the two
// positions, m.
func (m *matcher) distance(one heat.Match) float64 {
	if own, ok := (StudyTable{}).With(m.dossier.Area.StudyOf(one.Source, one.Network)).Lookup("distance", 0); ok {
		return own
	}
	return one.Distance
}

// allocate computes one network and takes what it gets out of what is free.
// Its members are put in the order of their ids, so that the figures do not
// move with the prices.
func (m *matcher) allocate(n *NetworkResult, inputs StudyTable) {
	byID := slices.Clone(n.Members)
	slices.SortFunc(byID, func(a, b *SiteResult) int { return cmp.Compare(a.ID, b.ID) })
	distances := make([]float64, len(byID))
	for i, s := range byID {
		distances[i] = n.DistanceKM[slices.Index(n.Members, s)]
		n.Sources = append(n.Sources, m.free[s.ID])
		n.Cost = append(n.Cost, math.NaN())
	}
	n.Members, n.DistanceKM = byID, distances
	var err error
	if n.Allocation, err = heat.Allocate(n.Sources, n.Model); err != nil {
		n.Fault = fmt.Errorf("network %s: %w", n.Network.ID, err)
		return
	}
	for i, delivery := range n.Allocation.Deliveries {
		n.Cost[i] = inputs.Terms(largestOf(delivery.Delivered)).Price(delivery, n.DistanceKM[i]*1000)
		m.take(n.Members[i].ID, delivery)
	}
}

// largestOf is the power that a connection is built for: prices hold up to
// a power.
func largestOf(delivered []interval.Power) interval.Power {
	var most interval.Power
	for _, p := range delivered {
		most = max(most, p)
	}
	return most
}

// take removes what a network captures from what a site still offers.
func (m *matcher) take(id string, delivery heat.Delivery) {
	rest := m.free[id]
	rest.Heat = slices.Clone(rest.Heat)
	for h, p := range delivery.Captured {
		rest.Heat[h] = max(0, rest.Heat[h]-p)
		if math.IsNaN(float64(p)) {
			rest.Heat[h] = interval.Power(math.NaN())
		}
	}
	m.free[id] = rest
}

// left lists the sites that no network takes heat from, each with the reason
// that came nearest to a connection.
func (m *matcher) left(failures []heat.Failure) []Unmatched {
	var left []Unmatched
	for _, s := range m.dossier.Sites {
		if slices.ContainsFunc(m.order, func(n *NetworkResult) bool { return slices.Contains(n.Members, s) }) {
			continue
		}
		u := Unmatched{Site: s, Reason: ReasonNoNetwork, DistanceKM: math.NaN()}
		if !s.Annual() {
			u.Reason = ReasonNoYear
		}
		for _, f := range failures {
			if f.Source == s.ID {
				u.consider(f)
			}
		}
		left = append(left, u)
	}
	return left
}

// obstacles are the reasons of a failed pair, those that keep it farthest
// from a connection first.
var obstacles = []heat.Reason{ReasonNoNetwork, heat.NoPosition, heat.TooFar, heat.NetworkUnready, heat.WrongFluid, heat.BadSource,
	heat.NoHeat, heat.TooHot, heat.TooThin, heat.TooDear, heat.NoDemandLeft, heat.NoHeatLeft}

// Obstacles are the reasons why a pair fails, those that keep it farthest
// from a connection first.
func Obstacles() []heat.Reason { return slices.Clone(obstacles) }

// consider keeps the failure that came nearer to a connection.
func (u *Unmatched) consider(f heat.Failure) {
	if slices.Index(obstacles, f.Reason) > slices.Index(obstacles, u.Reason) {
		u.Reason = f.Reason
	}
	if km := f.Distance / 1000; !(km >= u.DistanceKM) {
		u.DistanceKM = km
	}
}
