package disclosure

import (
	"cmp"
	"slices"
)

// partners lists the groups in which a target's operator and its nearest
// ones stand. The attacker is none of them.
func (v *view) partners(t target, attacker int, few int) (groups []int) {
	v.meet()
	groups = slices.Clone(v.groupsOf[t.operator])
	for _, operator := range v.nearestTo(t.operator) {
		if few == 0 {
			break
		}
		if operator != attacker {
			groups = append(groups, v.groupsOf[operator]...)
			few--
		}
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// meet lists each operator's groups.
func (v *view) meet() {
	if v.groupsOf != nil {
		return
	}
	v.groupsOf, v.near = make([][]int, len(v.operators)), make([][]int, len(v.operators))
	for g := range v.groups {
		for operator := range v.groups[g].byOperator {
			v.groupsOf[operator] = append(v.groupsOf[operator], g)
		}
	}
}

// nearestTo lists the operators that share published rows with one: those
// that share most first, of alike ones those with most to give.
func (v *view) nearestTo(operator int) []int {
	if v.near[operator] != nil {
		return v.near[operator]
	}
	rows := map[int]bool{}
	for _, g := range v.groupsOf[operator] {
		for _, c := range v.groups[g].rows {
			if v.rows[c.index].cell >= 0 {
				rows[c.index] = true
			}
		}
	}
	shared, room := make([]int, len(v.operators)), make([]Amount, len(v.operators))
	order := []int{}
	for other := range v.operators {
		if other == operator {
			continue
		}
		for _, g := range v.groupsOf[other] {
			for _, c := range v.groups[g].rows {
				if rows[c.index] {
					shared[other]++
				}
			}
			room[other] += v.groups[g].byOperator[other].down.finite
		}
		if shared[other] > 0 {
			order = append(order, other)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(room[b], room[a]), a-b)
	})
	v.near[operator] = order
	return order
}
