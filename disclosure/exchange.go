package disclosure

import (
	"cmp"
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
// included: the fewest of them, those with most room first. The trade fools
// everyone else.
func (v *view) traders(t target, attacker int, up bool, need Amount) map[int]bool {
	with := map[int]bool{t.operator: true}
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
			v.trade(g, t, attacker, up, far, with)
		}
		need -= min(far, need)
	}
	return with
}

// trade names those in a group who give what a target gains, or take it.
func (v *view) trade(g int, t target, attacker int, up bool, part Amount, with map[int]bool) {
	type partner struct {
		operator int
		room     Amount
	}
	var partners []partner
	for operator, r := range v.groups[g].byOperator {
		if operator == attacker {
			continue
		}
		if operator == t.operator { // the rest of its own amounts in the group
			r = r.minus(v.roomsIn(g, t.atoms))
		}
		_, against := r.towards(up)
		partners = append(partners, partner{operator, against.amount()})
	}
	slices.SortFunc(partners, func(a, b partner) int { return cmp.Or(cmp.Compare(b.room, a.room), a.operator-b.operator) })
	for _, p := range partners {
		if part <= 0 {
			return
		}
		with[p.operator] = true
		part -= min(part, p.room)
	}
}

// roomsIn is how far some atoms of a group may move.
func (v *view) roomsIn(g int, atoms []int) (sum rooms) {
	for _, a := range atoms {
		if v.groupOf[a] == g {
			sum = sum.plus(v.atoms[a].rooms())
		}
	}
	return sum
}
