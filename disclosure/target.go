package disclosure

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// outsider is the attacker who contributes nothing.
const outsider = -1

// target is an amount to protect: one operator's sum over some atoms.
type target struct {
	operator int
	atoms    []int // by group, then number, of the view that examines it
	label    string
	value    Amount
	key      string // names it in any view
}

// newTarget takes atoms in order.
func (m *model) newTarget(operator int, atoms []int, label string) target {
	t := target{operator: operator, atoms: atoms, label: label}
	var key []byte
	for _, a := range atoms {
		t.value += m.atoms[a].value
		key = binary.AppendUvarint(key, uint64(a))
	}
	t.key = string(key)
	return t
}

// targets lists every operator's amount in every atom, in every cell and in
// every group, the largest first: what protects it often protects others.
func (v *view) targets() []target {
	all := slices.Clone(v.lasting())
	for _, g := range v.groups {
		if len(g.byOperator) == len(g.atoms) {
			continue // atoms are targets anyway
		}
		v.eachOperator(g.atoms, func(operator int, atoms []int) {
			if t := v.newTarget(operator, atoms, v.placeOf(v.atoms[atoms[0]])); v.counts(t) && !v.stands[t.key] {
				all = append(all, t)
			}
		})
	}
	sortByValue(all)
	return all
}

// lasting are the targets in cells and atoms, whatever is published.
func (m *model) lasting() []target {
	if m.stands != nil {
		return m.standing
	}
	m.stands = map[string]bool{}
	add := func(operator int, atoms []int, label string) {
		if t := m.newTarget(operator, atoms, label); m.counts(t) && !m.stands[t.key] {
			m.stands[t.key] = true
			m.standing = append(m.standing, t)
		}
	}
	for _, c := range m.cells {
		m.eachOperator(c.atoms, func(operator int, atoms []int) { add(operator, atoms, c.id) })
	}
	for i, a := range m.atoms {
		add(a.operator, []int{i}, m.placeOf(a))
	}
	sortByValue(m.standing)
	return m.standing
}

// counts reports whether a target is to be protected: a zero only where the
// rules give it a floor.
func (m *model) counts(t target) bool { return t.value != 0 || m.rules.Floor != 0 }

func sortByValue(all []target) {
	slices.SortStableFunc(all, func(a, b target) int { return cmp.Compare(b.value, a.value) })
}

func (v *view) sortByGroup(atoms []int) {
	slices.SortFunc(atoms, func(a, b int) int { return cmp.Or(v.groupOf[a]-v.groupOf[b], a-b) })
}

// eachOperator splits atoms by operator, in the operators' order.
func (m *model) eachOperator(atoms []int, do func(operator int, atoms []int)) {
	atoms = slices.Clone(atoms)
	operator := func(a int) int { return m.atoms[a].operator }
	slices.SortFunc(atoms, func(a, b int) int { return cmp.Or(operator(a)-operator(b), a-b) })
	for len(atoms) > 0 {
		who, n := operator(atoms[0]), 1
		for n < len(atoms) && operator(atoms[n]) == who {
			n++
		}
		do(who, atoms[:n:n])
		atoms = atoms[n:]
	}
}

// placeOf names where an atom is by the smallest cell that counts it.
func (m *model) placeOf(a atom) string {
	if len(a.cells) == 0 {
		return "in no cell"
	}
	return m.cells[slices.MinFunc(a.cells, func(x, y int) int {
		return cmp.Compare(len(m.cells[x].atoms), len(m.cells[y].atoms))
	})].id
}

// suspects are those who could learn about a target: the outsider, and each
// other contributor to the parts of the tables that hold it.
func (v *view) suspects(t target) []int {
	all := []int{outsider}
	for _, p := range v.partsOf(t) {
		all = append(all, v.inPart[p]...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(operator int) bool { return operator == t.operator })
}

func (v *view) partsOf(t target) []int {
	var parts []int
	for _, a := range t.atoms {
		parts = append(parts, v.partOf[v.groupOf[a]])
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}
