package interval

// readGauge counts a reading of a quantity that holds its value until the
// next reading, at most for the series' hold. Between two readings it may
// have gone from the one value to the other at any moment, which makes the
// doubt of sampling; how it came to the value after a longer silence says
// nothing.
func (s *series) readGauge(next sample) {
	t := stretch{from: s.last.At, to: next.At, rate: s.last.SI, doubt: next.SI - s.last.SI}
	if t.to-t.from > s.hold {
		t.to, t.doubt = t.from+s.hold, 0
	}
	s.spread(t)
	s.last = next
}
