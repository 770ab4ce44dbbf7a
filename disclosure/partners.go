package disclosure

import (
	"cmp"
	"slices"
)

// partners lists those of some groups in which the target's operator and its
// nearest ones stand: those that stand in most published rows with it, and of
// alike ones those with most to give. The attacker is none of them.
func (v *view) partners(t target, attacker int, groups []int, few int) []int {
	shared := make([]int, len(v.operators))
	room := make([]Amount, len(v.operators))
	rows := v.publishedRowsOf(t.operator, groups)
	for _, g := range groups {
		n := 0
		for _, c := range v.groups[g].rows {
			if rows[c.index] {
				n++
			}
		}
		for operator, r := range v.groups[g].byOperator {
			shared[operator] += n
			room[operator] += r.down.finite
		}
	}
	order := make([]int, 0, len(v.operators))
	for operator := range v.operators {
		if operator != t.operator && operator != attacker && shared[operator] > 0 {
			order = append(order, operator)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(room[b], room[a]), a-b)
	})
	chosen := map[int]bool{t.operator: true}
	for _, operator := range order[:min(few, len(order))] {
		chosen[operator] = true
	}
	var some []int
	for _, g := range groups {
		for operator := range v.groups[g].byOperator {
			if chosen[operator] {
				some = append(some, g)
				break
			}
		}
	}
	return some
}

// publishedRowsOf are the rows of printed cells that count an operator.
func (v *view) publishedRowsOf(operator int, groups []int) map[int]bool {
	rows := map[int]bool{}
	for _, g := range groups {
		if _, in := v.groups[g].byOperator[operator]; !in {
			continue
		}
		for _, c := range v.groups[g].rows {
			if v.rows[c.index].cell >= 0 {
				rows[c.index] = true
			}
		}
	}
	return rows
}
