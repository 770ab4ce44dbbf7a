package disclosure

// memory keeps the worlds that the simplex found. A world that serves one
// target mostly serves others, the other way round too, and again after a
// cell was hidden or shown; trying it costs an addition, finding it a program.
type memory struct {
	byAtom map[int][]remembered
}

// remembered is a world with those whose amounts differ in it.
type remembered struct {
	world     world
	operators map[int]bool
}

// recent is how many worlds are tried for one atom, the latest first.
const recent = 24

func (m *model) remember(w world) (operators map[int]bool) {
	r := remembered{world: w, operators: map[int]bool{}}
	for a, change := range w {
		if change.sign() != 0 {
			r.operators[m.atoms[a].operator] = true
		}
	}
	for a, change := range w {
		if change.sign() != 0 {
			m.memory.byAtom[a] = append(m.memory.byAtom[a], r)
		}
	}
	return r.operators
}

// recall looks for a remembered world that, made larger or smaller or turned
// round, moves the target by need and still holds; it returns whose amounts
// differ in it.
func (v *view) recall(t target, attacker int, up bool, need Amount) (operators map[int]bool) {
	for _, a := range t.atoms {
		list := v.memory.byAtom[a]
		for i := len(list) - 1; i >= 0 && i >= len(list)-recent; i-- {
			if r := list[i]; !r.operators[attacker] && v.holdsScaled(r.world, t, attacker, up, need) {
				return r.operators
			}
		}
	}
	return nil
}

func (v *view) holdsScaled(w world, t target, attacker int, up bool, need Amount) bool {
	var moved ratio
	for _, a := range t.atoms {
		moved = moved.plus(w[a])
	}
	if moved.sign() == 0 {
		return false
	}
	by := whole(need).times(sign(up)).over(moved)
	scaled := make(world, len(w))
	for a, change := range w {
		scaled[a] = change.times(by)
	}
	return v.holds(scaled, attacker)
}
