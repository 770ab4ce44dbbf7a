package disclosure

import "slices"

// reach is how far a target's amount can lie from the truth, one way, in the
// eyes of one attacker.
type reach struct {
	far   ratio
	world world // a world in which it lies that far
	rows  []int // what keeps it from lying farther; empty if the goal was met
}

// extreme looks for the farthest world, up to goal: first among all groups of
// the operators that stand nearest to the target's, for links tie an
// operator's amounts together, then among all that rows join to it. Only the
// last answer can say that there is no such world.
func (v *view) extreme(t target, attacker int, up bool, goal ratio) reach {
	tried := 0
	for _, few := range []int{2, 6, 18} {
		some := v.partners(t, attacker, few)
		if len(some) == tried {
			break
		}
		tried = len(some)
		if r := v.extremeAmong(some, t, attacker, up, goal); r.far.compare(goal) >= 0 {
			return r
		}
	}
	return v.extremeAmong(v.nearest(t), t, attacker, up, goal)
}

// nearest lists the groups of the target's parts by how many rows they share
// with the target's own, which come first.
func (v *view) nearest(t target) []int {
	score := map[int]int{}
	rows := map[int]bool{}
	for _, a := range t.atoms {
		g := v.groupOf[a]
		score[g] = len(v.rows) + 1
		for _, c := range v.groups[g].rows {
			rows[c.index] = true
		}
	}
	var near []int
	for _, part := range v.partsOf(t) {
		for _, g := range v.parts[part] {
			near = append(near, g)
			for _, c := range v.groups[g].rows {
				if rows[c.index] {
					score[g]++
				}
			}
		}
	}
	slices.SortStableFunc(near, func(a, b int) int { return score[b] - score[a] })
	return near
}

// extremeAmong solves for some groups, the others left as they are, by the
// exact simplex. Its variables are the target's share of each group and the
// rest of the group; the attacker's own amounts are constants.
func (v *view) extremeAmong(groups []int, t target, attacker int, up bool, goal ratio) reach {
	p := &programOf{view: v, local: map[int]int{}}
	targeted := map[int]bool{}
	for _, a := range t.atoms {
		targeted[a] = true
	}
	for _, g := range groups {
		mine, rest, inMine, inRest := v.cut(g, targeted, attacker)
		if p.add(g, mine, inMine) {
			p.objective = append(p.objective, term{len(p.held) - 1, sign(up)})
		}
		p.add(g, rest, inRest)
	}
	for _, i := range p.used {
		p.low, p.high = append(p.low, v.rows[i].low), append(p.high, v.rows[i].high)
	}
	s := p.solve(goal)
	w := world{}
	for i, change := range s.values {
		if change.sign() != 0 {
			v.spread(w, p.held[i], change)
		}
	}
	if !v.holds(w, attacker) {
		return reach{rows: p.used}
	}
	r := reach{far: s.reached, world: w}
	for _, i := range s.tight {
		r.rows = append(r.rows, p.used[i])
	}
	return r
}

// programOf is a program with its way back to the view.
type programOf struct {
	program
	view  *view
	held  [][]int     // the atoms of each variable
	used  []int       // the view's row of each row
	local map[int]int // and back
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
		i, seen := p.local[c.index]
		if !seen {
			i = len(p.used)
			p.local[c.index] = i
			p.used = append(p.used, c.index)
			p.rows = append(p.rows, nil)
		}
		p.rows[i] = append(p.rows[i], term{len(p.held) - 1, c.by})
	}
	return true
}

func sign(up bool) ratio {
	if up {
		return whole(1)
	}
	return whole(-1)
}

// cut divides a group's atoms into the target's, the rest, and the attacker's,
// which fall away.
func (v *view) cut(g int, targeted map[int]bool, attacker int) (mine, rest []int, inMine, inRest rooms) {
	for _, a := range v.groups[g].atoms {
		switch {
		case targeted[a]:
			mine = append(mine, a)
			inMine = inMine.plus(v.atoms[a].rooms())
		case v.atoms[a].operator != attacker:
			rest = append(rest, a)
			inRest = inRest.plus(v.atoms[a].rooms())
		}
	}
	return mine, rest, inMine, inRest
}
