package disclosure

import (
	"fmt"
	"maps"
	"slices"
)

// Attack attacks printed tables. printed says what stands in each cell: an
// exact number, or what a rounded one may stand for (Rounded); cells without
// an entry are hidden. A total that is printed as the sum of rounded
// rows says nothing beyond them: leave it out. An interval that does not hold
// the cell's value is an error: the print and the table are not the same.
func Attack(t *Table, printed map[string]Interval, r Rules) (*Verdict, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	m := newModel(t, r)
	shown := map[int]Interval{}
	for i, c := range m.cells {
		p, ok := printed[c.id]
		if !ok {
			continue
		}
		if c.total() < p.Low || c.total() > p.High {
			return nil, fmt.Errorf("attacking cell %s: printed %v does not hold its value %d: check the unit, and whether never-listed sites were left out of the print", c.id, p, c.total())
		}
		shown[i] = p
	}
	for _, id := range slices.Sorted(maps.Keys(printed)) {
		if !t.declared[id] {
			return nil, fmt.Errorf("attacking cell %s: the table does not know it: declare it or count contributions in it", id)
		}
	}
	return m.newView(shown).attack(), nil
}

// attack examines every target and keeps what it finds.
func (v *view) attack() *Verdict {
	verdict := &Verdict{Attackers: len(v.operators) + 1, Contradicted: v.contradicted}
	for _, t := range v.targets() {
		protection, breaches := v.examine(t, false)
		for _, b := range breaches {
			verdict.Breaches = append(verdict.Breaches, v.describe(t, b))
		}
		if len(breaches) == 0 {
			verdict.Protected = append(verdict.Protected, protection)
		}
	}
	return verdict
}

// breach is a Breach before names are put to it.
type breach struct {
	attacker int
	up       bool
	reach
}

// examine attacks one target by each suspect, both ways. If first is set it
// stops at the first breach.
func (v *view) examine(t target, first bool) (Protection, []breach) {
	p := Protection{Operator: v.operators[t.operator], Cell: t.label, Value: t.value, High: Unbounded}
	v.sortByGroup(t.atoms)
	var breaches []breach
	suspects := v.suspects(t)
	for _, up := range []bool{true, false} {
		left := suspects // the outsider first: what fools it mostly fools all
		for len(left) > 0 {
			attacker := left[0]
			left = left[1:]
			need := v.rules.need(t.value, up, attacker == outsider)
			far, with, b := v.doubt(t, attacker, up, need)
			if b != nil {
				if breaches = append(breaches, *b); first {
					return p, breaches
				}
				continue
			}
			p.Known = p.Known || far < need
			p.narrow(t, far, up)
			left = both(left, with)
		}
	}
	return p, breaches
}

// both lists what stands in two ordered lists.
func both(a, b []int) (common []int) {
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); found {
			common = append(common, x)
		}
	}
	return common
}

func (p *Protection) narrow(t target, far Amount, up bool) {
	switch {
	case !up:
		p.Low = max(p.Low, t.value-far)
	case far != Unbounded:
		p.High = min(p.High, t.value+far)
	}
}

// doubt proves that the attacker is left in doubt for need, or knew as much
// before, and returns how far the doubt is proven; else the breach. A world
// that proves it fools all but those whose amounts differ in it, who are
// returned too, in order.
func (v *view) doubt(t target, attacker int, up bool, need Amount) (far Amount, with []int, b *breach) {
	if far := v.exchange(t, attacker, up); far >= need {
		return far, v.traders(t, attacker, up, need), nil
	}
	goal := v.goal(t, attacker, up, need)
	found := v.recall(t, attacker, up, goal)
	if found == nil {
		r := v.extreme(t, attacker, up, goal)
		if r.far.compare(goal) < 0 {
			if goal = v.before(t, attacker, up, need); r.far.compare(goal) < 0 {
				return 0, nil, &breach{attacker: attacker, up: up, reach: r}
			}
		}
		found = v.remember(r.world, t)
	}
	if far = goal.floor(); far < need && attacker != outsider {
		return far, v.suspects(t), nil // others may have known less
	}
	return far, found.operators, nil
}

// describe names a breach, with both ends of what the attacker knows.
func (v *view) describe(t target, b breach) Breach {
	out := v.name(t, b)
	for _, up := range []bool{true, false} {
		far, limited := v.farthest(t, b, up)
		switch {
		case !up:
			out.Low = max(0, t.value-far)
		case limited:
			out.High = t.value + far
		}
	}
	return out
}

// name says who learns of whom, and from what.
func (v *view) name(t target, b breach) Breach {
	out := Breach{Operator: v.operators[t.operator], Cell: t.label, Value: t.value, High: Unbounded}
	if b.attacker != outsider {
		out.Attacker = v.operators[b.attacker]
	}
	for _, i := range b.rows {
		out.By = append(out.By, v.rows[i].label)
	}
	slices.Sort(out.By)
	out.By = slices.Compact(out.By)
	return out
}

// farthest is the true end of an attacker's interval, rounded outwards.
func (v *view) farthest(t target, b breach, up bool) (far Amount, limited bool) {
	r := b.reach
	if up != b.up {
		r = v.extreme(t, b.attacker, up, whole(maxAmount))
	}
	if r.far.compare(whole(maxAmount)) >= 0 {
		return 0, false
	}
	return -r.far.neg().floor(), true
}
