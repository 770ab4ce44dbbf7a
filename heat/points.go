package heat

import (
	"cmp"
	"math"
	"slices"

	"thermie/interval"
)

// part is a point's share in a sum: +1, or −1 where its energy is inside a
// point that was counted and does not belong to the sum.
type part struct {
	track    int
	sign     float64
	accuracy Accuracy
}

// layout says which points make up which energy for a span of hours.
type layout struct {
	total, it, cooling, other, inRoom []part // electricity
	heat, handover                    []part
	water                             []part
	climate                           []int // tracks with an outdoor temperature
	partial                           bool  // total is a sum of parts
}

// epoch is a span of hours over which no card changes.
type epoch struct {
	end int // first hour after it
	layout
}

// epochs turns the versions of the cards into layouts by hour. A card holds
// from the first whole hour that it covers; before its first version a point
// is what that version says, so that imported history is described too.
//
// Method: B7.
func (l *ledger) epochs(cards []interval.Card) []epoch {
	versions := byPoint(cards)
	changes := []int{l.hours}
	for _, list := range versions {
		for _, c := range list[1:] {
			if h := l.hourFrom(c.ValidFrom); h > 0 && h < l.hours {
				changes = append(changes, h)
			}
		}
	}
	slices.Sort(changes)
	changes = slices.Compact(changes)
	all := make([]epoch, 0, len(changes))
	start := 0
	for _, end := range changes {
		all = append(all, epoch{end, l.layout(versions, l.first+int64(start)*3600)})
		start = end
	}
	return all
}

// hourFrom returns the first hour that starts at or after a Unix second.
func (l *ledger) hourFrom(unix int64) int {
	return int(math.Ceil(float64(unix-l.first) / 3600))
}

// byPoint groups the cards of points by meter, in order of validity, the
// last revision of each only.
func byPoint(cards []interval.Card) map[string][]interval.Card {
	versions := map[string][]interval.Card{}
	for _, c := range cards {
		if c.Point != nil {
			versions[c.Meter] = append(versions[c.Meter], c)
		}
	}
	for meter, list := range versions {
		slices.SortFunc(list, func(a, b interval.Card) int {
			return cmp.Or(cmp.Compare(a.ValidFrom, b.ValidFrom), cmp.Compare(b.Rev, a.Rev))
		})
		versions[meter] = slices.CompactFunc(list, func(a, b interval.Card) bool { return a.ValidFrom == b.ValidFrom })
	}
	return versions
}

// layout assigns the points as they are at one instant.
func (l *ledger) layout(versions map[string][]interval.Card, at int64) layout {
	tree := plant{ledger: l, points: map[string]*interval.Point{}}
	for meter, list := range versions {
		valid := list[0]
		for _, c := range list[1:] {
			if c.ValidFrom <= at {
				valid = c
			}
		}
		tree.points[meter] = valid.Point
	}
	var out layout
	out.it = tree.sum(roles(interval.RoleIT))
	out.cooling = tree.sum(roles(interval.RoleCooling))
	out.other = tree.net(roles(interval.RolePower, interval.RoleAuxiliary))
	out.total = tree.sum(roles(interval.RoleTotal))
	if len(out.total) == 0 {
		out.partial = true
		out.total = tree.sum(roles(interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleAuxiliary))
	}
	out.inRoom = tree.sum(func(p *interval.Point) bool { return p.Role == interval.RoleIT || p.InRoom && isElectric(p.Role) })
	out.heat = tree.sum(roles(interval.RoleHeat))
	out.handover = tree.sum(tree.reused)
	out.water = tree.sum(roles(interval.RoleWater))
	for id, p := range tree.points {
		if p.Role == interval.RoleHandover && p.OwnCooling {
			l.note("own_cooling_excluded:" + id)
		}
	}
	for n, t := range l.tracks {
		if t.kinds[outdoorTemperature] != nil {
			out.climate = append(out.climate, n)
		}
	}
	return out
}

// plant is the points' tree at one instant.
type plant struct {
	*ledger
	points map[string]*interval.Point
}

// sum lists the points that member accepts, without those inside another
// point of the list: nothing is counted twice.
func (p plant) sum(member func(*interval.Point) bool) []part {
	var parts []part
	for n, t := range p.tracks {
		if member(p.points[t.id]) && !p.inside(t.id, member) {
			parts = append(parts, p.part(n, 1))
		}
	}
	return parts
}

// net is sum less the energy of points of another role inside it: a UPS
// input less the IT load behind it is what the UPS loses.
func (p plant) net(member func(*interval.Point) bool) []part {
	parts := p.sum(member)
	stranger := func(q *interval.Point) bool { return isElectric(q.Role) && !member(q) }
	for n, t := range p.tracks {
		if stranger(p.points[t.id]) && p.inside(t.id, member) && !p.inside(t.id, stranger) {
			parts = append(parts, p.part(n, -1))
		}
	}
	return parts
}

// inside reports whether a point upstream of the named one is a member.
// Cards that form a ring end the search.
func (p plant) inside(id string, member func(*interval.Point) bool) bool {
	for range p.tracks {
		id = p.points[id].Under
		upstream := p.points[id]
		if upstream == nil {
			return false
		}
		if member(upstream) {
			return true
		}
	}
	p.note("ring_of_points:" + id)
	return false
}

// part describes a point's share with its accuracy.
func (p plant) part(n int, sign float64) part {
	point := p.points[p.tracks[n].id]
	accuracy, err := AccuracyOf(*point)
	if err != nil {
		p.note("accuracy_unknown:" + p.tracks[n].id)
		accuracy = Accuracy{fixed: rectangular(assumedElectricLimit)}
		if !isElectric(point.Role) {
			accuracy.fixed = rectangular(assumedHeatLimit)
		}
	}
	return part{n, sign, accuracy}
}

// reused accepts heat that is handed over. What cools the data center itself
// is no reuse, and still there for a network.
//
// Method: P3.
func (plant) reused(p *interval.Point) bool { return p.Role == interval.RoleHandover && !p.OwnCooling }

// roles returns the test for any of the given roles.
func roles(wanted ...interval.Role) func(*interval.Point) bool {
	return func(p *interval.Point) bool { return slices.Contains(wanted, p.Role) }
}

// isElectric reports whether a role's energy is electricity.
func isElectric(r interval.Role) bool {
	switch r {
	case interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RolePower, interval.RoleAuxiliary:
		return true
	}
	return false
}
