package disclosure

// reach is how far a target's amount can lie from the truth, one way, in the
// eyes of one attacker.
type reach struct {
	far   ratio
	world world // a world in which it lies that far
	rows  []int // what keeps it from lying farther; empty if the goal was met
}

// extreme looks for the farthest world, up to goal, by the exact simplex.
// Its variables are the target's share of each group and the rest of the
// group; the attacker's own amounts are constants.
func (v *view) extreme(t target, attacker int, up bool, goal ratio) reach {
	var p program
	var held [][]int // the atoms of each variable
	add := func(g int, atoms []int, r rooms) {
		p.low, p.high = append(p.low, limit{at: r.down.limit().at.neg(), none: r.down.unlimited > 0}), append(p.high, r.up.limit())
		held = append(held, atoms)
	}
	targeted := map[int]bool{}
	for _, a := range t.atoms {
		targeted[a] = true
	}
	local := map[int]int{} // row of the view → row of the program
	var used []int
	column := func(g int) {
		for _, c := range v.groups[g].rows {
			i, seen := local[c.index]
			if !seen {
				i = len(used)
				local[c.index] = i
				used = append(used, c.index)
				p.rows = append(p.rows, nil)
			}
			p.rows[i] = append(p.rows[i], term{len(held) - 1, c.by})
		}
	}
	for _, part := range v.partsOf(t) {
		for _, g := range v.parts[part] {
			mine, rest, inMine, inRest := v.cut(g, targeted, attacker)
			if len(mine) > 0 {
				add(g, mine, inMine)
				column(g)
				p.objective = append(p.objective, term{len(held) - 1, sign(up)})
			}
			if len(rest) > 0 {
				add(g, rest, inRest)
				column(g)
			}
		}
	}
	for _, i := range used {
		p.low, p.high = append(p.low, v.rows[i].low), append(p.high, v.rows[i].high)
	}
	s := p.solve(goal)
	w := world{}
	for i, change := range s.values {
		v.spread(w, held[i], change)
	}
	if !v.holds(w, attacker) {
		return reach{rows: used}
	}
	r := reach{far: s.reached, world: w}
	for _, i := range s.tight {
		r.rows = append(r.rows, used[i])
	}
	return r
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
