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

// classify prints a class for a hidden value where even the class leaves
// every attacker in doubt.
func (s *protector) classify() {
	if len(s.rules.Classes) == 0 {
		return
	}
	for _, group := range s.together {
		s.classifyTogether(group)
	}
	if len(s.together) > 0 {
		return
	}
	for _, i := range s.byCost(Secondary, TooFew, Dominated, TooClose) {
		s.classes[i] = s.rules.classOf(s.cells[i].total())
		if !s.safe(i, s.cause[i]) {
			delete(s.classes, i)
		}
	}
	s.look()
}

// classifyTogether prints the classes of all hidden cells of a group, or none.
func (s *protector) classifyTogether(group []int) {
	var hidden []int
	for _, i := range group {
		if s.hidden[i] != "" {
			hidden = append(hidden, i)
			s.classes[i] = s.rules.classOf(s.cells[i].total())
		}
	}
	for _, i := range hidden {
		if !s.safe(i, s.cause[i]) {
			for _, i := range hidden {
				delete(s.classes, i)
			}
			break
		}
	}
	s.look()
}

// classOf returns the class of a value: its lower limit belongs to it, its
// upper one does not.
func (r Rules) classOf(v Amount) Interval {
	low := Amount(0)
	for _, limit := range r.Classes {
		if v < limit {
			return Interval{low, limit - 1}
		}
		low = limit
	}
	return Interval{low, Unbounded}
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
