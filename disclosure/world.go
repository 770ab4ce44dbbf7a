package disclosure

import (
	"cmp"
	"slices"
)

// world is another truth that fits all that an attacker knows: for each atom,
// how far it lies from ours.
type world map[int]ratio

// holds checks a world by addition alone: every printed figure and every
// outside fact as before, every amount within its limits, the attacker's own
// amounts untouched. Only a world that holds is a proof.
func (v *view) holds(w world, attacker int) bool {
	touched := map[int]ratio{}
	for a, change := range w {
		r := v.atoms[a].rooms()
		if v.atoms[a].operator == attacker || !within(change, r.down.limit(), r.up.limit()) {
			return false
		}
		for _, t := range v.groups[v.groupOf[a]].rows {
			touched[t.index] = touched[t.index].plus(t.by.times(change))
		}
	}
	for i, sum := range touched {
		low := v.rows[i].low
		low.at = low.at.neg()
		if !within(sum, low, v.rows[i].high) {
			return false
		}
	}
	return true
}

// within reports -down ≤ change ≤ up.
func within(change ratio, down, up limit) bool {
	return (up.none || change.compare(up.at) <= 0) && (down.none || change.neg().compare(down.at) <= 0)
}

// spread gives a sum's change to atoms, those with most room first: the fewer
// operators a world touches, the more attackers it fools.
func (v *view) spread(w world, atoms []int, change ratio) {
	up := change.sign() > 0
	space := func(a int) limit {
		with, _ := v.atoms[a].rooms().towards(up)
		return with.limit()
	}
	atoms = slices.Clone(atoms)
	slices.SortStableFunc(atoms, func(a, b int) int {
		x, y := space(a), space(b)
		switch {
		case x.none || y.none:
			return cmp.Compare(bit(y.none), bit(x.none))
		}
		return y.at.compare(x.at)
	})
	for _, a := range atoms {
		if change.sign() == 0 {
			return
		}
		part, s := change, space(a)
		if !up {
			s.at = s.at.neg()
		}
		if !s.none && (up && s.at.compare(change) < 0 || !up && s.at.compare(change) > 0) {
			part = s.at
		}
		w[a] = w[a].plus(part)
		change = change.minus(part)
	}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
