package disclosure

import (
	"cmp"
	"maps"
	"slices"
)

// restore shows again what was hidden for an attack that a later cell foiled,
// the dearest first.
func (s *protector) restore() {
	for _, i := range s.secondary() {
		delete(s.hidden, i)
		if !s.safe(i) {
			s.hidden[i] = Secondary
		}
	}
	s.look()
}

// secondary lists the cells that were hidden to foil an attack, the largest
// first.
func (s *protector) secondary() []int {
	return slices.SortedFunc(maps.Keys(s.foiled), func(a, b int) int { return cmp.Or(cmp.Compare(s.cells[b].total(), s.cells[a].total()), a-b) })
}

// safe attacks all that a change to one cell can concern. The target for
// which the cell was hidden comes first: it mostly decides.
func (s *protector) safe(cell int) bool {
	s.look()
	concerned := map[int]bool{}
	for _, a := range s.cells[cell].atoms {
		concerned[s.view.partOf[s.view.groupOf[a]]] = true
	}
	before := s.foiled[cell]
	targets := slices.DeleteFunc(s.view.targets(), func(t target) bool { return !s.concerns(t, concerned) })
	if i := slices.IndexFunc(targets, func(t target) bool { return t.key == before.target }); i >= 0 {
		if s.shows(before.cells) || s.breached(targets[i]) {
			return false
		}
	}
	return !slices.ContainsFunc(targets, s.breached)
}

// shows reports whether all of some cells are shown: an attack that combined
// them then succeeds as it did before.
func (s *protector) shows(cells []int) bool {
	return !slices.ContainsFunc(cells, func(i int) bool { return s.hidden[i] != "" })
}

func (s *protector) breached(t target) bool {
	_, breaches := s.view.examine(t, true)
	return len(breaches) > 0
}

func (s *protector) concerns(t target, parts map[int]bool) bool {
	return slices.ContainsFunc(s.view.partsOf(t), func(p int) bool { return parts[p] })
}
