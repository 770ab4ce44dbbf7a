package disclosure

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
		others := v.groups[g].rooms.minus(mine)
		if attacker != outsider {
			others = others.minus(v.groups[g].byOperator[attacker])
		}
		_, against := others.towards(up)
		reach = addAmounts(reach, min(with.amount(), against.amount()))
	}
	return reach
}
