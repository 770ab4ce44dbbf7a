package disclosure

import "slices"

// question is whether an attacker can tell a target from above, or below.
type question struct {
	target   string
	attacker int
	up       bool
}

// goal is how far an amount must be able to lie from the truth: as far as the
// rules ask, or as far as it could before publication where that is known to
// be less. Then it is not the publication that tells. An outsider who knew as
// much before speaks for all: who contributes knew no less, and needs no more.
func (v *view) goal(t target, attacker int, up bool, need Amount) ratio {
	if before, asked := v.memory.before[question{t.key, attacker, up}]; asked {
		return before
	}
	return whole(need)
}

// before is how far, up to need, outside knowledge alone lets an amount lie
// from the truth.
func (v *view) before(t target, attacker int, up bool, need Amount) ratio {
	q := question{t.key, attacker, up}
	if before, asked := v.memory.before[q]; asked {
		return before
	}
	if v.unpublished == nil {
		v.unpublished = v.newView(nil)
	}
	t.atoms = slices.Clone(t.atoms)
	v.unpublished.sortByGroup(t.atoms)
	before := whole(need)
	if v.unpublished.exchange(t, attacker, up) < need {
		before = v.unpublished.extreme(t, attacker, up, before).far
	}
	v.memory.before[q] = before
	return before
}
