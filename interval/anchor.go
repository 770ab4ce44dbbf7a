package interval

import "time"

// A clock that is far ahead gives intervals the names of a time to come. If a
// series waited for that time once the clock is put right, it would be silent
// for as long as the clock was wrong. So while nobody vouches for the clock,
// each series keeps an anchor, the state in which its names were last right,
// and when the clock goes far back it goes on from there:
//
//   - What a counter counted since the anchor goes to the time in which it
//     was counted. A gauge is unknown for that time.
//   - What was told under wrong names stays told. When the time comes that
//     it was named by, what is measured then takes its place by a higher
//     revision: so nothing is counted twice, and nothing that was named
//     rightly is touched.
//
// Of a clock that was known to be right it is the step back that is wrong:
// then the series waits, and loses nothing when the clock comes back. Only if
// it is known to be right there too, the series begins anew.

// farBack is how far the clock must go back for that. After a smaller step a
// series waits until its last interval is over, which loses no energy.
const farBack = time.Hour

// told is what was told under names that are still to come.
type told struct {
	Until int64 `json:"until,omitzero"` // end of the last such interval, Unix s
	Rev   int32 `json:"rev,omitzero"`   // of what takes the place of one
}

// Doubt says that nobody vouches for the clock, from now on until Trust is
// called. It marks each interval that a reading touches meanwhile with f,
// which may be 0.
func (b *Builder) Doubt(f Flags) {
	b.doubted, b.doubt = true, f
	for _, s := range b.series {
		s.doubt = f
		if s.anchor == nil {
			s.anchor = new(Baseline)
			*s.anchor = s.baseline()
		}
	}
}

// Trust says that the clock is right, and with it the names of all intervals
// since the last Step. A series that still waits for a time far ahead of now
// waits no longer.
func (b *Builder) Trust(now time.Time) {
	b.doubted, b.doubt = false, 0
	for _, s := range b.series {
		if at := now.UnixNano(); s.open.Start*second-at > int64(farBack) && !s.goBack(at) {
			s.setAside()
			s.resumeAt(at)
			s.tellSetAside(at, "goes on")
		}
		s.doubt, s.anchor = 0, nil
		b.collect(s)
	}
}

// goBack takes the series up at its anchor because the clock went far back,
// to an instant, and reports whether it did. It does not where the clock was
// vouched for, nor where the anchor itself is far ahead of the instant.
func (s *series) goBack(to int64) bool {
	from := s.anchor
	if from == nil || from.Last.At-to > int64(farBack) {
		return false
	}
	s.setAside()
	s.takeUp(*from)
	if s.resumed = s.seen; s.seen {
		s.open.Rev = max(s.open.Rev, s.told.Rev)
		s.tellSetAside(to, "goes on from its reading of "+clockTime(s.last.At/second))
	} else {
		s.start(to)
		s.tellSetAside(to, "begins anew")
	}
	return true
}

// resumeAt takes the series up again at its last reading, which a step has
// named by the clock that is right, or now where there is none.
func (s *series) resumeAt(now int64) {
	at := now
	if s.seen {
		s.last.At = min(s.last.At, now)
		at = s.last.At
	}
	s.given = 0
	s.start(at)
}

// setAside closes what is open, and notes what has been told under names that
// will come again.
func (s *series) setAside() {
	if s.open.Seen > 0 {
		s.mark(ClockStep)
		s.close()
	}
	s.told = told{max(s.told.Until, s.given), s.highest + 1}
}

// tellSetAside marks what opens after, and tells of it.
func (s *series) tellSetAside(at int64, then string) {
	s.mark(ClockStep)
	s.tell("gap", sample{At: at}, "%s: the clock was far ahead; intervals named up to %s are set aside, and it %s", clockTime(s.told.Until), then)
}

func clockTime(at int64) string { return time.Unix(at, 0).UTC().Format(time.RFC3339) }
