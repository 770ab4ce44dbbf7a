package disclosure

import (
	"cmp"
	"maps"
	"slices"
)

// exchange says how far a target's amount can move by trading with others in
// the same groups, the attacker's own atoms left alone. Every row stays as it
// is, so no proof beyond the addition is needed. It settles nearly every
// amount that stands in a cell with enough company.
func (v *view) exchange(t target, attacker int, up bool) Amount {
	var reach Amount
	for i := 0; i < len(t.atoms); {
		g := v.groupOf[t.atoms[i]]
		var mine rooms
		for ; i < len(t.atoms) && v.groupOf[t.atoms[i]] == g; i++ {
			mine = mine.plus(v.atoms[t.atoms[i]].rooms())
		}
		with, _ := mine.towards(up)
		if len(v.groups[g].rows) == 0 {
			reach = addAmounts(reach, with.amount())
			continue
		}
		reach = addAmounts(reach, min(with.amount(), v.against(g, mine, attacker, up)))
	}
	return reach
}

// against is how far a group's amounts can move against a target's in it, the
// attacker's left alone.
func (v *view) against(g int, mine rooms, attacker int, up bool) Amount {
	others := v.groups[g].rooms.minus(mine)
	if attacker != outsider {
		others = others.minus(v.groups[g].byOperator[attacker])
	}
	_, against := others.towards(up)
	return against.amount()
}

// traders are those with whom a trade for need is made, the target's operator
// included, in order: few of them, those with most room first. The trade fools
// everyone else.
func (v *view) traders(t target, attacker int, up bool, need Amount) []int {
	with := []int{t.operator}
	for i := 0; i < len(t.atoms) && need > 0; {
		g := v.groupOf[t.atoms[i]]
		var mine rooms
		for ; i < len(t.atoms) && v.groupOf[t.atoms[i]] == g; i++ {
			mine = mine.plus(v.atoms[t.atoms[i]].rooms())
		}
		part, _ := mine.towards(up)
		far := part.amount()
		if len(v.groups[g].rows) > 0 {
			far = min(far, v.against(g, mine, attacker, up), need)
			rest := v.groups[g].byOperator[t.operator].minus(mine)
			with = v.trade(g, t.operator, rest, attacker, up, far, with)
		}
		need -= min(far, need)
	}
	slices.Sort(with)
	return slices.Compact(with)
}

// trade adds those in a group who give what a target gains, or take it: first
// the rest of the target's operator's own amounts, then the others'.
func (v *view) trade(g, operator int, rest rooms, attacker int, up bool, part Amount, with []int) []int {
	_, against := rest.towards(up)
	part -= min(part, against.amount())
	for _, other := range v.partners(g, up) {
		if part <= 0 {
			break
		}
		if other == operator || other == attacker {
			continue
		}
		_, against := v.groups[g].byOperator[other].towards(up)
		part -= min(part, against.amount())
		with = append(with, other)
	}
	return with
}

// partners are the operators in a group, those first that can move most
// against who goes up, or down.
func (v *view) partners(g int, up bool) []int {
	order := &v.groups[g].takers
	if up {
		order = &v.groups[g].givers
	}
	if *order == nil {
		room := func(operator int) Amount {
			_, against := v.groups[g].byOperator[operator].towards(up)
			return against.amount()
		}
		*order = slices.SortedFunc(maps.Keys(v.groups[g].byOperator), func(a, b int) int { return cmp.Or(cmp.Compare(room(b), room(a)), a-b) })
	}
	return *order
}
