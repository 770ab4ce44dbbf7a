package trajectory

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// state is one point being computed.
type state struct {
	*world
	point   *Point
	streams map[*Site][]stream
	spent   map[*Site]string // by which networks a site was drawn from before, as keys
}

// stream is a site's heat at one pair of temperatures. Liquid cooling parts a
// site into two.
type stream struct {
	source heat.Source
	key    string // what makes it differ from another
}

// at computes the point of a year with some hypotheses.
//
// Method: TR1, AL1.
func (w *world) at(scenario string, year int, hypotheses []configs.Hypothesis) (*Point, error) {
	s := &state{world: w, streams: map[*Site][]stream{}, spent: map[*Site]string{},
		point: &Point{Scenario: scenario, Year: year, GridFactor: gridIn(year, hypotheses)}}
	var here []*Site
	for _, site := range w.sites {
		if c, open := siteIn(site, year, w.year, hypotheses); open {
			s.streams[site] = streamsOf(site, c)
			here = append(here, site)
			s.point.Running = append(s.point.Running, Running{site, c.factor})
		}
	}
	factors := map[*place]float64{}
	var open []*place
	for _, n := range w.networks {
		if factor, is := demandIn(n, year, w.year, hypotheses); is {
			factors[n] = factor
			open = append(open, n)
		}
	}
	members := w.membersAt(open, here)
	for _, n := range open {
		if err := s.network(n, factors[n], members[n]); err != nil {
			return nil, fmt.Errorf("trajectories, %d: network %s: %w", year, n.config.ID, err)
		}
	}
	s.point.total()
	w.progress()
	return s.point, nil
}

// streamsOf is a site's heat after a change.
func streamsOf(s *Site, c change) []stream {
	part := func(share float64, supply, ret []interval.Temperature, what string) stream {
		source := s.offer
		source.Heat = slices.Clone(s.offer.Heat)
		for h := range source.Heat {
			source.Heat[h] *= interval.Power(share)
		}
		if supply != nil {
			source.Supply, source.Return = supply, ret
		}
		return stream{source, fmt.Sprintf("%s×%.9g%s", s.ID, share, what)}
	}
	if c.share == 0 {
		return []stream{part(c.factor, nil, nil, "")}
	}
	hours := len(s.offer.Heat)
	liquid := part(c.factor*c.share, slices.Repeat([]interval.Temperature{c.supply}, hours), slices.Repeat([]interval.Temperature{c.back}, hours),
		fmt.Sprintf("@%g/%g", float64(c.supply), float64(c.back)))
	if c.share == 1 {
		return []stream{liquid}
	}
	return []stream{part(c.factor*(1-c.share), nil, nil, ""), liquid}
}

// network allocates the members' heat that earlier networks left.
func (s *state) network(n *place, factor float64, members []*Site) error {
	var sources []heat.Source
	var of []*Site
	key := []string{n.config.ID, fmt.Sprintf("%.9g", factor)}
	for _, site := range members {
		for _, one := range s.streams[site] {
			sources, of, key = append(sources, one.source), append(of, site), append(key, one.key+s.spent[site])
		}
	}
	out := &Network{Config: n.config}
	s.point.Networks = append(s.point.Networks, out)
	model := n.model
	if model.Demand = slices.Clone(n.model.Demand); factor != 1 {
		for h := range model.Demand {
			model.Demand[h] *= interval.Power(factor)
		}
	}
	for _, p := range model.Demand {
		out.Demand += p.For(time.Hour)
	}
	if len(sources) == 0 {
		out.total()
		return nil
	}
	name := strings.Join(key, " ")
	a := s.known[name]
	if a == nil {
		var err error
		if a, err = heat.Allocate(sources, model); err != nil {
			return err
		}
		s.lean(a, of)
		s.known[name] = a
	}
	for i, site := range of {
		out.add(site, a.Deliveries[i])
	}
	s.take(members, of, a, name)
	out.jointly(a)
	return nil
}

// lean drops the hours of an allocation, but what a later network must know:
// an outlook has hundreds of allocations.
func (w *world) lean(a *heat.Allocation, of []*Site) {
	for i := range a.Deliveries {
		d := &a.Deliveries[i]
		d.Delivered, d.Electricity = nil, nil
		if w.several[of[i]] {
			d.Captured = slices.Clone(d.Captured) // the three share one block
		} else {
			d.Captured = nil
		}
	}
}

// take leaves the sites with what the network did not draw.
func (s *state) take(members, of []*Site, a *heat.Allocation, name string) {
	next := map[*Site]int{}
	for i, site := range of {
		one := &s.streams[site][next[site]]
		next[site]++
		if !s.several[site] {
			continue
		}
		one.source.Heat = slices.Clone(one.source.Heat)
		for h, p := range a.Deliveries[i].Captured {
			if !math.IsNaN(float64(one.source.Heat[h])) {
				one.source.Heat[h] = max(0, one.source.Heat[h]-p)
			}
		}
	}
	for _, site := range members {
		s.spent[site] += " after (" + name + ")"
	}
}
