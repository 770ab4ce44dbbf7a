package interval

import "time"

// Step tells the builder that wall time stepped: what was from is now to,
// at one and the same instant. The intervals that are open close early with
// the flag ClockStep (where a step forward stays within one, it goes on), and
// so is marked what opens after. The last readings
// are renamed to the new time, so that durations stay what they were: neither
// a gauge's value nor a counter's difference gains or loses by a step.
//
// No interval is told twice: after a step back, time counts again from the
// end of the last interval on, and a counter's energy goes into the first
// one after it. The time that a step forward leaps over is left blank. Only
// after a step far back, of a clock in Doubt, what was told since the doubt
// began is set aside, see anchor.go.
func (b *Builder) Step(from, to time.Time) {
	for _, s := range b.series {
		s.meetStep(from.UnixNano(), to.UnixNano())
		b.collect(s)
	}
	b.now = min(b.now, to.UnixNano())
}

// meetStep decides what a step is to the series.
func (s *series) meetStep(from, to int64) {
	switch {
	case from-to > int64(farBack) && s.seen && s.last.At <= to:
		// Its readings have not come to where the clock went back to: they
		// bear the time of another clock.
	case s.open.Start*second-to > int64(farBack) && s.goBack(to):
	case from < to && s.nature.Counter && s.end() <= s.told.Until:
		// What was told of the time that is leapt over must not stay, so the
		// counter's growth goes there.
		s.mark(ClockStep)
	case s.seen && !s.resumed:
		s.clockStep(from, time.Duration(to-from))
	}
}

func (s *series) mark(f Flags) {
	if !s.open.Flags.Has(f) {
		s.open.Flags |= f
		s.open.Changed = true
	}
}

// clockStep closes the open interval because the clock, at before, went by
// some time forward or back, and names the last reading anew.
func (s *series) clockStep(before int64, by time.Duration) {
	touched := s.open.Start*second <= max(before, s.last.At)
	if touched {
		s.mark(ClockStep)
	}
	s.last.At += int64(by)
	s.counter.Rises = 0
	start := s.last.At / second / s.length * s.length
	if touched && (by < 0 || start > s.open.Start) {
		s.close()
	}
	if start > s.open.Start {
		s.begin(start)
	}
	s.mark(ClockStep)
	if by < 0 && s.nature.Counter {
		s.open.Flags |= Bridged
	}
}
