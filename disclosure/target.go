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
}

// key names the target in any view.
func (t target) key() string {
	atoms := slices.Sorted(slices.Values(t.atoms))
	var key []byte
	for _, a := range atoms {
		key = binary.AppendUvarint(key, uint64(a))
	}
	return string(key)
}

// targets lists every operator's amount in every atom, in every cell and in
// every group, the largest first: what protects it often protects others.
// A zero is a target only where the rules give it a floor.
func (v *view) targets() []target {
	var all []target
	seen := map[string]bool{}
	add := func(operator int, atoms []int, label string) {
		t := target{operator: operator, atoms: slices.Clone(atoms), label: label}
		for _, a := range atoms {
			t.value += v.atoms[a].value
		}
		if t.value == 0 && v.rules.Floor == 0 {
			return
		}
		if key := t.key(); !seen[key] {
			seen[key] = true
			all = append(all, t)
		}
	}
	for _, c := range v.cells {
		v.eachOperator(c.atoms, func(operator int, atoms []int) { add(operator, atoms, c.id) })
	}
	for i, a := range v.atoms {
		add(a.operator, []int{i}, v.placeOf(a))
	}
	for _, g := range v.groups {
		v.eachOperator(g.atoms, func(operator int, atoms []int) { add(operator, atoms, v.placeOf(v.atoms[atoms[0]])) })
	}
	slices.SortStableFunc(all, func(a, b target) int { return cmp.Compare(b.value, a.value) })
	return all
}

func (v *view) sortByGroup(atoms []int) {
	slices.SortFunc(atoms, func(a, b int) int { return cmp.Or(v.groupOf[a]-v.groupOf[b], a-b) })
}

// eachOperator splits atoms by operator, in the operators' order.
func (m *model) eachOperator(atoms []int, do func(operator int, atoms []int)) {
	by := map[int][]int{}
	for _, a := range atoms {
		by[m.atoms[a].operator] = append(by[m.atoms[a].operator], a)
	}
	for operator := range m.operators {
		if own := by[operator]; len(own) > 0 {
			do(operator, own)
		}
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
	parts := v.partsOf(t)
	all := []int{outsider}
	for operator := range v.operators {
		if operator != t.operator && slices.ContainsFunc(parts, func(p int) bool { return v.inPart[p][operator] }) {
			all = append(all, operator)
		}
	}
	return all
}

func (v *view) partsOf(t target) []int {
	var parts []int
	for _, a := range t.atoms {
		parts = append(parts, v.partOf[v.groupOf[a]])
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}
