package disclosure

import (
	"cmp"
	"slices"
)

// search is for the farthest world of one target in the eyes of one attacker.
// Only some groups may move in it; the others stay as they are.
type search struct {
	*view
	target   target
	attacker int
	up       bool
	moving   []int
	joined   map[int]int // by moving group: the round in which it came
	round    int
	waiting  []int // the target's groups that do not move yet, those with most room first
}

// closest is how many of the target's own groups a search starts from.
const closest = 2

func (v *view) newSearch(t target, attacker int, up bool) *search {
	s := &search{view: v, target: t, attacker: attacker, up: up, joined: map[int]int{}}
	for _, a := range t.atoms { // which stand by group
		if g := v.groupOf[a]; len(s.waiting) == 0 || s.waiting[len(s.waiting)-1] != g {
			s.waiting = append(s.waiting, g)
		}
	}
	slices.SortStableFunc(s.waiting, v.compareRoom)
	var prices sparse // before anything was solved: room in its rows lets the target move
	for _, g := range s.waiting[:min(closest, len(s.waiting))] {
		for _, c := range v.groups[g].rows {
			prices = append(prices, term{c.index, c.by.times(sign(up))})
		}
	}
	s.wake(closest)
	s.ease(prices, closest)
	return s
}

// wake lets more of the target's own groups move.
func (s *search) wake(few int) {
	for few > 0 && len(s.waiting) > 0 {
		if s.join(s.waiting[0]) {
			few--
		}
		s.waiting = s.waiting[1:]
	}
}

// join lets a group move and, with it, what only one operator's links tie it
// to: alone it could not. It reports false if the group does already.
func (s *search) join(g int) bool {
	if _, in := s.joined[g]; in {
		return false
	}
	s.joined[g] = s.round
	s.moving = append(s.moving, g)
	for _, tied := range s.clusters[s.clusterOf[g]] {
		if tied != g {
			s.joined[tied] = s.round
			s.moving = append(s.moving, tied)
		}
	}
	return true
}

// widen lets more groups move: some of the target's own, and for each row that
// has a price some of those that could ease it. It reports false if there are
// none: by the duality of linear programs the last answer then is that for all
// groups, since moving any of the others would not raise it.
func (s *search) widen(prices sparse, few int) bool {
	before := len(s.moving)
	s.wake(few)
	s.ease(prices, few)
	return len(s.moving) > before
}

// ease lets a few groups of each row that has a price move that help, at most
// half of them of one kind, counting those that came for another row just now.
func (s *search) ease(prices sparse, few int) {
	s.round++
	price := map[int]ratio{}
	for _, p := range prices {
		price[p.index] = p.by
	}
	for _, p := range prices {
		came, kinds := 0, map[int]int{}
		for _, g := range s.company(p.index) {
			if came == few {
				break
			}
			if kind := s.groups[g].kind; kinds[kind] < few/2 && (s.came(g) || s.helps(g, price) && s.join(g)) {
				came++
				kinds[kind]++
			}
		}
	}
}

// came reports whether a group moves since this round.
func (s *search) came(g int) bool {
	round, moves := s.joined[g]
	return moves && round == s.round
}

// aims reports whether an atom is one of the target's.
func (s *search) aims(a int) bool {
	_, found := slices.BinarySearchFunc(s.target.atoms, a, func(b, a int) int { return cmp.Or(s.groupOf[b]-s.groupOf[a], b-a) })
	return found
}

// helps reports whether the objective would grow if a group moved that does
// not yet: what its change would cost in the rows that have a price, against
// the room that others than the attacker have in it.
func (s *search) helps(g int, price map[int]ratio) bool {
	var gain ratio
	for _, c := range s.groups[g].rows {
		if p, tight := price[c.index]; tight {
			gain = gain.minus(p.times(c.by))
		}
	}
	r := s.groups[g].rooms.minus(s.groups[g].byOperator[s.attacker])
	switch with, against := r.towards(true); gain.sign() {
	case 1:
		return with.amount() > 0
	case -1:
		return against.amount() > 0
	}
	return false
}

// company lists the groups in a row, those with most room first.
func (v *view) company(row int) []int {
	if v.richest[row] == nil {
		groups := make([]int, 0, len(v.rows[row].terms))
		for _, t := range v.rows[row].terms {
			groups = append(groups, v.groupOf[t.index])
		}
		slices.Sort(groups)
		groups = slices.Compact(groups)
		slices.SortStableFunc(groups, v.compareRoom)
		v.richest[row] = groups
	}
	return v.richest[row]
}

// compareRoom puts groups first that can give most.
func (v *view) compareRoom(a, b int) int {
	return cmp.Compare(v.groups[b].rooms.down.finite, v.groups[a].rooms.down.finite)
}
