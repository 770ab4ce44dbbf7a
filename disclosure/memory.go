package disclosure

import "slices"

// memory keeps the worlds that the simplex found. A world that serves one
// target mostly serves others, larger or smaller or turned round, and again
// after a cell was hidden or shown. Finding it is a program; to try it again
// is an addition for each publication, and a multiplication for each target.
type memory struct {
	byAtom   map[int][]*remembered    // all that move it
	byTarget map[string][]*remembered // those that proved it
	before   map[question]ratio
}

func newMemory() memory {
	return memory{byAtom: map[int][]*remembered{}, byTarget: map[string][]*remembered{}, before: map[question]ratio{}}
}

// remembered is a world with those whose amounts differ in it, and how far it
// stretches in the view that tried it last.
type remembered struct {
	moves     []move
	operators []int // in order
	view      *view
	span      span
}

// recent is how many worlds are tried for one atom, the latest first.
const recent = 24

// remember keeps a world that proved a target.
func (m *model) remember(w world, t target) *remembered {
	r := &remembered{moves: w.moves()}
	for _, move := range r.moves {
		r.operators = append(r.operators, m.atoms[move.atom].operator)
		m.memory.byAtom[move.atom] = append(m.memory.byAtom[move.atom], r)
	}
	slices.Sort(r.operators)
	r.operators = slices.Compact(r.operators)
	m.memory.byTarget[t.key] = append(m.memory.byTarget[t.key], r)
	return r
}

// recall looks for a remembered world that moves the target up to goal and
// holds in this view: first among those that proved the target before.
func (v *view) recall(t target, attacker int, up bool, goal ratio) *remembered {
	if goal.sign() == 0 {
		return &remembered{} // the truth itself
	}
	if r := v.pick(v.memory.byTarget[t.key], t, attacker, up, goal); r != nil {
		return r
	}
	for _, a := range t.atoms {
		all := v.memory.byAtom[a]
		if r := v.pick(all[max(0, len(all)-recent):], t, attacker, up, goal); r != nil {
			v.memory.byTarget[t.key] = append(v.memory.byTarget[t.key], r)
			return r
		}
	}
	return nil
}

func (v *view) pick(worlds []*remembered, t target, attacker int, up bool, goal ratio) *remembered {
	for _, r := range slices.Backward(worlds) {
		if !slices.Contains(r.operators, attacker) && v.carries(r, t, up, goal) {
			return r
		}
	}
	return nil
}

// carries reports whether a world, stretched, moves the target up to goal.
func (v *view) carries(r *remembered, t target, up bool, goal ratio) bool {
	moved := r.moved(t.atoms)
	if moved.sign() == 0 {
		return false
	}
	if r.view != v {
		r.view, r.span = v, v.stretch(r.moves)
	}
	if moved.sign() < 0 {
		moved, up = moved.neg(), !up
	}
	end := r.span.back
	if up {
		end = r.span.forth
	}
	return end.reaches(goal.over(moved))
}

// moved is what a world changes in the sum of some atoms.
func (r *remembered) moved(atoms []int) (sum ratio) {
	for _, a := range atoms {
		if i, found := slices.BinarySearchFunc(r.moves, a, func(m move, a int) int { return m.atom - a }); found {
			sum = sum.plus(r.moves[i].by)
		}
	}
	return sum
}
