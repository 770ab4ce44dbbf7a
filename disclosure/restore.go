package disclosure

// restore shows again what was hidden for an attack that a later cell foiled,
// the dearest first.
func (s *protector) restore() {
	for _, i := range s.byCost(Secondary) {
		delete(s.hidden, i)
		if !s.safe(i, s.cause[i]) {
			s.hidden[i] = Secondary
		}
	}
	s.look()
}

// safe attacks all that a change to one cell can concern. The target for
// which the cell was hidden comes first: it mostly decides.
func (s *protector) safe(cell int, cause string) bool {
	s.look()
	concerned := map[int]bool{}
	for _, a := range s.cells[cell].atoms {
		concerned[s.view.partOf[s.view.groupOf[a]]] = true
	}
	var later []target
	for _, t := range s.view.targets() {
		if !s.concerns(t, concerned) {
			continue
		}
		if t.key() != cause {
			later = append(later, t)
			continue
		}
		if _, breaches := s.view.examine(t, true); len(breaches) > 0 {
			return false
		}
	}
	for _, t := range later {
		if _, breaches := s.view.examine(t, true); len(breaches) > 0 {
			return false
		}
	}
	return true
}

func (s *protector) concerns(t target, parts map[int]bool) bool {
	for _, p := range s.view.partsOf(t) {
		if parts[p] {
			return true
		}
	}
	return false
}
