package disclosure

// reach is how far a target's amount can lie from the truth, one way, in the
// eyes of one attacker.
type reach struct {
	far    ratio
	world  world  // a world in which it lies that far
	rows   []int  // what keeps it from lying farther; empty if the goal was met
	prices sparse // what a unit of room in these rows would bring
}

// extreme looks for the farthest world, up to goal. It starts from the target
// and what stands closest to it, and lets ever more groups move of those that
// could help, so that a territory is never solved as a whole where a corner
// of it decides. When nobody could help any more, the last answer stands for
// all.
func (v *view) extreme(t target, attacker int, up bool, goal ratio) reach {
	s := v.newSearch(t, attacker, up)
	for few := 2; ; few *= 2 {
		r := s.solve(goal)
		if r.far.compare(goal) >= 0 || !s.widen(r.prices, few) {
			return r
		}
	}
}

// solve finds the farthest world in which the search's groups alone move, by
// the exact simplex. Its variables are the target's share of each group and
// the rest of the group; the attacker's own amounts are constants.
func (s *search) solve(goal ratio) reach {
	p := &programOf{view: s.view}
	for _, g := range s.moving {
		mine, rest, inMine, inRest := s.cut(g)
		if p.add(g, mine, inMine) {
			p.objective = append(p.objective, term{len(p.held) - 1, sign(s.up)})
		}
		p.add(g, rest, inRest)
	}
	for _, i := range p.used {
		p.low, p.high = append(p.low, s.rows[i].low), append(p.high, s.rows[i].high)
		s.local[i] = 0
	}
	found := p.solve(goal)
	w := world{}
	for i, change := range found.values {
		if change.sign() != 0 {
			s.spread(w, p.held[i], change)
		}
	}
	if !s.holds(w, s.attacker) {
		return reach{rows: p.used}
	}
	r := reach{far: found.reached, world: w}
	for _, price := range found.tight {
		r.rows = append(r.rows, p.used[price.index])
		r.prices = append(r.prices, term{p.used[price.index], price.by})
	}
	return r
}

// cut divides a group's atoms into the target's, the rest, and the attacker's,
// which fall away.
func (s *search) cut(g int) (mine, rest []int, inMine, inRest rooms) {
	for _, a := range s.groups[g].atoms {
		switch {
		case s.aims(a):
			mine = append(mine, a)
			inMine = inMine.plus(s.atoms[a].rooms())
		case s.atoms[a].operator != s.attacker:
			rest = append(rest, a)
			inRest = inRest.plus(s.atoms[a].rooms())
		}
	}
	return mine, rest, inMine, inRest
}

// programOf is a program with its way back to the view.
type programOf struct {
	program
	view *view
	held [][]int // the atoms of each variable
	used []int   // the view's row of each row
}

// add makes a variable of some atoms of a group, if there are any.
func (p *programOf) add(g int, atoms []int, r rooms) bool {
	if len(atoms) == 0 {
		return false
	}
	down := r.down.limit()
	down.at = down.at.neg()
	p.low, p.high = append(p.low, down), append(p.high, r.up.limit())
	p.held = append(p.held, atoms)
	for _, c := range p.view.groups[g].rows {
		i := &p.view.local[c.index]
		if *i == 0 {
			p.used = append(p.used, c.index)
			p.rows = append(p.rows, nil)
			*i = len(p.used)
		}
		p.rows[*i-1] = append(p.rows[*i-1], term{len(p.held) - 1, c.by})
	}
	return true
}

func sign(up bool) ratio {
	if up {
		return whole(1)
	}
	return whole(-1)
}
