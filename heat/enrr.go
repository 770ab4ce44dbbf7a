package heat

import (
	"errors"
	"time"

	"thermie/interval"
)

// Greening is what an injection does to a network's share of renewable and
// recovered energy (EnR&R).
type Greening struct {
	Before, After float64 // shares of the production
	Counted       interval.Energy
	AllCounts     bool // the heat pump's electricity counts too
}

// Points returns the gain in percentage points.
func (g Greening) Points() float64 { return 100 * (g.After - g.Before) }

// NewGreening returns the share of EnR&R after an injection that displaces
// other heat: all that is delivered counts where the heat pump's SCOP reaches
// the least that the rule asks for, else what is captured.
//
// Method: NE1.
func NewGreening(before float64, produced, captured, delivered interval.Energy, scop, leastSCOP float64) (Greening, error) {
	if !(before >= 0 && before <= 1 && produced > 0 && captured >= 0 && delivered >= captured) {
		return Greening{}, errors.New("EnR&R: the share must be within 0..1, the production positive and what is delivered not below what is captured")
	}
	g := Greening{Before: before, Counted: captured}
	if delivered == captured || scop >= leastSCOP {
		g.Counted, g.AllCounts = delivered, true
	}
	g.After = min(1, before+float64(g.Counted/produced))
	return g, nil
}

// Rung is the least share of EnR&R of an efficient network from a date on.
// The rungs are law: they come from a dated table and are no constants here.
type Rung struct {
	From  time.Time
	Least float64
}

// Standing is a network's status at a date.
type Standing struct {
	At    time.Time
	Least float64
	Met   bool
	Known bool // a rung holds at that date
}

// StandingAt returns whether a share makes an efficient network at a date, by
// the last rung that holds then.
//
// Method: NE2.
func StandingAt(share float64, ladder []Rung, at time.Time) Standing {
	s := Standing{At: at}
	var since time.Time
	for _, r := range ladder {
		if !r.From.After(at) && (!s.Known || r.From.After(since)) {
			s.Least, s.Known, since = r.Least, true, r.From
		}
	}
	s.Met = s.Known && share >= s.Least
	return s
}
