package disclosure

import (
	"cmp"
	"slices"
)

// world is another truth that fits all that an attacker knows: for each atom,
// how far it lies from ours.
type world map[int]ratio

// move is the change of one atom in a world.
type move struct {
	atom int
	by   ratio
}

// moves lists what a world changes, by atom.
func (w world) moves() []move {
	var all []move
	for a, change := range w {
		if change.sign() != 0 {
			all = append(all, move{a, change})
		}
	}
	slices.SortFunc(all, func(a, b move) int { return a.atom - b.atom })
	return all
}

// holds checks a world by addition alone: every printed figure and every
// outside fact as before, every amount within its limits, the attacker's own
// amounts untouched. Only a world that holds is a proof.
func (v *view) holds(w world, attacker int) bool {
	moves := w.moves()
	if slices.ContainsFunc(moves, func(m move) bool { return v.atoms[m.atom].operator == attacker }) {
		return false
	}
	return v.stretch(moves).forth.reaches(whole(1))
}

// span is by how much a world may be multiplied and still hold: forth, and
// turned round, back. Worlds are convex, so that all in between hold too.
type span struct{ forth, back limit }

// stretch adds up what a world changes in each row and finds its span.
func (v *view) stretch(moves []move) span {
	s := span{nowhere, nowhere}
	for _, m := range moves {
		r := v.atoms[m.atom].rooms()
		s.keep(m.by, r.down.limit(), r.up.limit())
		for _, t := range v.groups[v.groupOf[m.atom]].rows {
			v.sums[t.index] = v.sums[t.index].plus(t.by.times(m.by))
		}
	}
	for _, m := range moves {
		for _, t := range v.groups[v.groupOf[m.atom]].rows {
			if sum := v.sums[t.index]; sum.sign() != 0 {
				low := v.rows[t.index].low
				low.at = low.at.neg()
				s.keep(sum, low, v.rows[t.index].high)
			}
			v.sums[t.index] = ratio{}
		}
	}
	return s
}

// keep shortens a span so that -down ≤ change ≤ up at both of its ends.
func (s *span) keep(change ratio, down, up limit) {
	if change.sign() < 0 {
		change, down, up = change.neg(), up, down
	}
	s.forth, s.back = s.forth.least(up.over(change)), s.back.least(down.over(change))
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
