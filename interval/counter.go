package interval

import "fmt"

// A counter is not a gauge: one bad reading must never become energy, and a
// meter that was exchanged must not be silent for ever. So a reading that
// cannot follow the last is held back without moving the baseline, until
// either the counter is back where it belongs, or three readings that rise
// one after the other say that it really counts from a new place.

// counter is the state of that rule; its zero value has held nothing back.
type counter struct {
	First   sample  `json:"first,omitzero"`   // of the readings held back
	Latest  sample  `json:"latest,omitzero"`  // of the readings held back
	Rises   int     `json:"rises,omitzero"`   // readings held back, each higher than the one before
	Held    int     `json:"held,omitzero"`    // readings held back in a row
	Rate    float64 `json:"rate,omitzero"`    // SI per second, between the last two readings that counted
	Fastest float64 `json:"fastest,omitzero"` // the highest Rate that there was, where no MaxRate is known
	Paired  bool    `json:"paired,omitzero"`  // Rate is known
}

// confirmations is how many rising readings make a reset believed.
const confirmations = 3

// verdict is what a counter's reading is.
type verdict uint8

const (
	follows   verdict = iota // on the last one
	held                     // back: it cannot follow the last, and is not confirmed
	resets                   // the counter counts anew since the first reading held back
	rollsOver                // the counter has come to the end of its digits
)

// judge tells what next is after last. After follows and resets nothing is
// held back any more; the readings since last, or since from, count.
func (c *counter) judge(last, next sample, known Register) (v verdict, from sample) {
	if known.allows(last, next, c) {
		c.Rises = 0
		return follows, last
	}
	if known.rolls(last, next, c) {
		c.Rises = 0
		return rollsOver, sample{last.At, last.SI - known.Width}
	}
	switch {
	case c.Rises == 0 || !known.allows(c.Latest, next, c):
		c.First, c.Latest, c.Rises = next, next, 1
	case next.SI > c.Latest.SI:
		c.Latest = next
		c.Rises++
	default:
		c.Latest = next // as idle as the one before, which confirms nothing
	}
	if c.Rises < confirmations {
		return held, last
	}
	c.Rises, c.Paired = 0, false
	return resets, c.First
}

// readCounter counts a reading of a running total.
func (s *series) readCounter(next sample) {
	if max(s.last.At, s.open.Start*second) >= next.At {
		return // within time already told, after a step of the clock
	}
	doubted := s.counter.Rises > 0
	v, from := s.counter.judge(s.last, next, s.register)
	if v == held {
		s.mark(Suspect)
		s.tellHeld(next)
		return
	}
	s.counter.Held = 0
	t := s.growth(from, next)
	switch {
	case v == resets:
		s.tellReset(from, next)
		s.moveTo(t.from)
		t.flags |= Reset | Suspect
	case v == rollsOver:
		s.tell("rollover", next, "%s: from %g to %g %s; the counter began again at 0 after %g", s.last.SI, next.SI, s.nature.Unit, s.register.Width)
	case doubted:
		t.flags |= Suspect
	}
	s.spread(t)
	s.last = next
}

// growth spreads the difference of two readings evenly over the time between
// them. How it was really spread is judged by how much the rate has changed
// since the pair before; where readings were missed, the rate may have been
// anything from nothing to the double.
func (s *series) growth(from, to sample) stretch {
	t := stretch{from: max(from.At, s.open.Start*second), to: to.At, fixed: true}
	t.rate = (to.SI - from.SI) * float64(second) / float64(t.to-t.from)
	if s.counter.Paired {
		t.doubt = t.rate - s.counter.Rate
	}
	if t.to-t.from > s.hold {
		t.doubt = 2 * t.rate
		t.flags = Bridged
	}
	s.counter.ran(t.rate, s.register)
	return t
}

// ran notes the rate between two readings that counted.
func (c *counter) ran(rate float64, known Register) {
	c.Rate, c.Paired = rate, true
	if known.MaxRate <= 0 {
		c.Fastest = max(c.Fastest, rate)
	}
}

// manyHeld is how many readings held back in a row are worth an event: a
// counter that is never believed again is no better than a spike.
const manyHeld = 30

func (s *series) tellHeld(next sample) {
	if s.counter.Held++; s.counter.Held != manyHeld {
		return
	}
	s.tell("held", next, "%s: %d readings in a row are not believed, the last is %g %s after %g: the counter stands still, or it grows %s",
		manyHeld, next.SI, s.nature.Unit, s.last.SI, s.tooFast())
}

// tooFast says what a counter would have to run faster than to be doubted.
func (s *series) tooFast() string {
	switch most := s.register.MaxRate; {
	case most <= 0:
		return "far faster than it ever did"
	case s.nature.Unit == "J":
		return fmt.Sprintf("faster than the %g W that are stated as its most", most)
	default:
		return fmt.Sprintf("faster than the %g %s/s that are stated as its most", most, s.nature.Unit)
	}
}

func (s *series) tellReset(from, next sample) {
	s.tell("reset", from, "%s: after %g %s the counter stood at %g and rose to %g; it is taken to count anew, what it counted in between is not known",
		s.last.SI, s.nature.Unit, from.SI, next.SI)
}

// tell makes an event of what happened at a reading.
func (s *series) tell(what string, at sample, format string, args ...any) {
	text := fmt.Sprintf(format, append([]any{s.Kind}, args...)...)
	s.events = append(s.events, Event{s.site, s.Meter, what, text, at.At / second})
}
