package interval

import "time"

// Lapse ends the time for which the last value of a gauge stands: its source
// says at this instant that it has none (a null, a cell without a number, a
// register that is not available). Until the next reading the series is then
// unknown, which a mere silence makes it only after MaxHold. Counters go on
// counting, and a series that has not been seen has nothing to lose.
func (b *Builder) Lapse(name Series, at time.Time) {
	s := b.of(name)
	if s == nil || !s.seen || s.nature.Counter || s.lapsed || at.UnixNano() <= s.last.At {
		return
	}
	s.spread(stretch{from: s.last.At, to: min(at.UnixNano(), s.last.At+s.hold), rate: s.last.SI})
	s.last.At, s.lapsed = at.UnixNano(), true
	b.collect(s)
}

// readGauge counts a reading of a quantity that holds its value until the
// next reading, at most for the series' hold. Between two readings it may
// have gone from the one value to the other at any moment, which makes the
// doubt of sampling; how it came to the value after a longer silence says
// nothing.
func (s *series) readGauge(next sample) {
	if s.lapsed {
		s.last, s.lapsed = next, false
		return
	}
	t := stretch{from: s.last.At, to: next.At, rate: s.last.SI, doubt: next.SI - s.last.SI}
	if t.to-t.from > s.hold {
		t.to, t.doubt = t.from+s.hold, 0
	}
	s.spread(t)
	s.last = next
}
