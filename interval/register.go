package interval

import "math"

// Register is what is known of a counter beforehand; zero is unknown.
type Register struct {
	Step        float64 // the smallest step that it shows, in SI; adds to u. Of a float: what 1 is worth
	Significand int     // bits of the significand, where the register is a float: its step grows with its value
	MaxRate     float64 // the most that it can grow in a second, in SI; more is held back
	Width       float64 // where it begins again at 0, in SI
}

// step returns the smallest step that the register shows around a value: of
// a float, the distance to the next number that it can hold.
func (k Register) step(si float64) float64 {
	if k.Significand == 0 || k.Step == 0 {
		return k.Step
	}
	_, exponent := math.Frexp(si / k.Step)
	return math.Ldexp(k.Step, exponent-k.Significand)
}

const (
	// rateMargin is what a counter may exceed its MaxRate by.
	rateMargin = 1.2
	// rateChange is how much faster than just before a counter may run over
	// the end of its digits, where its MaxRate is not known.
	rateChange = 4
	// boldChange is how much faster than ever a counter may run whose MaxRate
	// is not known: a hall that is switched on draws hundreds of times what
	// its lamps did, and a reading of garbage says far more.
	boldChange = 1000
)

// allows reports whether a counter can go from one reading to the other.
// Where nothing is known of how fast it runs, it does not leave 0 by more
// than a step: 0 is what devices show that have no value yet.
func (k Register) allows(from, to sample, c *counter) bool {
	grown := to.SI - from.SI
	switch {
	case grown < 0:
		return false
	case k.MaxRate > 0:
		return grown <= k.most(rateMargin*k.MaxRate, from, to)
	case c.Fastest > 0:
		return grown <= k.most(boldChange*c.Fastest, from, to)
	}
	return from.SI != 0 || grown <= k.step(to.SI)
}

// rolls reports whether a counter that shows less than before has only come
// to the end of its digits: then what it grew by is no more than it can grow
// by in the time.
func (k Register) rolls(from, to sample, c *counter) bool {
	grown := to.SI + k.Width - from.SI
	switch {
	case k.Width <= 0 || to.SI >= from.SI || to.SI < 0 || from.SI > k.Width:
		return false
	case k.MaxRate > 0:
		return grown <= k.most(rateMargin*k.MaxRate, from, to)
	}
	return c.Paired && grown <= k.most(rateChange*c.Rate, from, to)
}

// most is what a counter grows by at a rate, and one step more.
func (k Register) most(rate float64, from, to sample) float64 {
	return rate*float64(to.At-from.At)/float64(second) + k.step(to.SI)
}
