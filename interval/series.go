package interval

// sample is a reading of one series.
type sample struct {
	At int64   `json:"at"` // Unix ns
	SI float64 `json:"si"`
}

const second = int64(1e9) // in ns

// series builds the intervals of one point and kind. Its open interval holds
// the time of the last counted reading; what came before is closed.
type series struct {
	Series
	nature   Nature
	site     string
	flags    Flags
	register Register
	length   int64 // s
	hold     int64 // ns

	seen    bool
	last    sample // the last reading that counts
	lapsed  bool   // its value stands no longer, see Builder.Lapse
	counter counter
	open    window
	given   int64   // end of the last interval handed out, Unix s; later revisions may still come
	highest int32   // revision handed out so far
	carry   float64 // what rounding has kept back from the running total, see rounding.go

	doubt   Flags     // what marks the intervals while nobody vouches for the clock
	anchor  *Baseline // in which its names were last right; nil: they are, see anchor.go
	resumed bool      // at the anchor, and nothing was read since: the clock that steps did not name the last reading
	told    told

	closed []Record // handed over after each call
	events []Event
}

// maxSilence is the longest silence, in intervals, that is told as gaps: a
// year of the default length. A longer one is left blank, and a counter begins
// anew after it, so that a wild clock does not fill the disk.
const maxSilence = 366 * 144

// start opens the interval that holds the instant at, after nothing or after
// a silence that is left blank.
func (s *series) start(at int64) { s.begin(at / second / s.length * s.length) }

// begin opens the interval that starts at the given second.
func (s *series) begin(start int64) {
	s.open = window{Start: start}
	if s.end() <= s.given {
		s.open.Rev = 1 // it was handed out as a gap
	}
	if s.end() <= s.told.Until {
		s.open.Rev = max(s.open.Rev, s.told.Rev)
	}
	s.given = max(s.given, start)
}

// end is the end of the open interval, Unix s.
func (s *series) end() int64 { return s.open.Start + s.length }

// latest is the last reading that came, be it held back.
func (s *series) latest() sample {
	if s.counter.Rises > 0 {
		return s.counter.Latest
	}
	return s.last
}

// read counts one more reading, later than the last.
func (s *series) read(next sample) {
	s.resumed = false
	switch {
	case !s.seen:
		s.seen, s.last = true, next
		if next.At/second >= s.end() { // it was taken up long before, see anchor.go
			s.start(next.At)
		}
	case (next.At/second-s.open.Start)/s.length > maxSilence:
		s.close()
		s.start(next.At)
		s.last, s.counter = next, counter{}
		s.events = append(s.events, Event{s.site, s.Meter, "gap", string(s.Kind) + ": silent for so long that it begins anew", next.At / second})
	case s.nature.Counter:
		s.readCounter(next)
	default:
		s.readGauge(next)
	}
	s.moveTo(s.last.At)
}

// stretch is a span of time in which a series is known.
type stretch struct {
	from, to int64   // Unix ns
	rate     float64 // SI per second for an extensive kind, the value itself for an intensive one
	doubt    float64 // how far the rate may be off in the course of it: full width, rectangular
	fixed    bool    // the integral over the whole stretch is certain, only its course is not
	flags    Flags
}

// spread adds a stretch to the intervals that it touches, and closes those
// that it passes. Nothing is added to what was before the open interval.
func (s *series) spread(t stretch) {
	t.flags |= s.doubt
	from := max(t.from, s.open.Start*second)
	for from < t.to {
		to := min(t.to, s.end()*second)
		s.open.add(t, to-from)
		from = to
		s.moveTo(to)
	}
}

// moveTo closes the intervals that end at or before at.
func (s *series) moveTo(at int64) {
	for s.end()*second <= at {
		s.close()
	}
}

// close ends the open interval and opens the next. What was handed out
// before and has not changed since is not repeated.
func (s *series) close() {
	r, carry := s.record()
	if s.open.Changed || r.End() > s.given {
		s.hand(r)
	}
	s.carry = carry
	s.given = max(s.given, r.End())
	s.begin(r.End())
}

func (s *series) hand(r Record) {
	s.closed = append(s.closed, r)
	s.highest = max(s.highest, r.Rev)
}

// announce hands out what is known of the intervals that end at or before
// now, and leaves the open one open for a reading that may still come.
func (s *series) announce(now int64) {
	now /= second
	if s.end() > now {
		return
	}
	if s.open.Changed || s.end() > s.given {
		r, _ := s.record()
		s.hand(r)
		s.open.Rev++
		s.open.Changed = false
		s.given = max(s.given, s.end())
	}
	if (now-s.given)/s.length > maxSilence {
		s.given = now / s.length * s.length
	}
	for ; s.given+s.length <= now; s.given += s.length {
		gap := s.blank(s.given)
		gap.Flags = s.flags
		s.closed = append(s.closed, gap)
	}
}
