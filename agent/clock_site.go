package agent

import (
	"time"

	"thermie/interval"
)

// takeStep takes a step of the clock to the intervals, and tells of it. From
// then on nobody vouches for the clock, until it has been judged again.
func (s *site) takeStep(by step) {
	s.tracks.doubt(s.tracks.mark)
	s.tracks.step(by)
	s.trust.stepped(by)
	s.log.Warn(by.String())
	s.tell("clock", by.String(), by.to)
}

// markClock takes what the clock is worth to the intervals, which are marked
// while it is known to be wrong, and tells when that begins and when it ends.
func (s *site) markClock(r clockReport, now time.Time) {
	fault := r.fault
	switch {
	case fault != "":
		s.tracks.doubt(interval.Unsynced)
	case r.sure:
		s.tracks.trust(now)
	default:
		s.tracks.doubt(0)
	}
	switch was := s.distrusted; {
	case !was && fault != "":
		s.log.Warn(fault)
		s.tell("clock", fault+"; intervals are marked", now)
	case was && fault == "":
		s.log.Info("the clock is trusted again")
		s.tell("clock", "the clock is trusted again", now)
	}
	s.distrusted = fault != ""
}

func (s *site) clockReport() clockReport { return s.trust.judge(s.forwarder.Stats().Clock) }

// tell makes an event of the site, to go with the next lines.
func (s *site) tell(what, text string, at time.Time) {
	e := interval.Event{Site: s.cfg.Site.ID, Meter: interval.SiteCard, What: what, Text: text, At: at.Unix()}
	s.pending = append(e.AppendLine(s.pending), '\n')
}

// step takes a step of the clock to the series. One forward is kept until a
// reading shows that its times follow this clock: a device that stamps its
// readings by a clock of its own has not leapt. A day in which the clock went
// back is not compared.
func (t *tracks) step(by step) {
	if by.by() < 0 {
		t.daily.forget()
	}
	for _, one := range t.all {
		whole := by
		if one.leap != nil {
			whole.from = whole.from.Add(-one.leap.by())
			one.leap = nil
		}
		if whole.by() > 0 {
			one.leap = &whole
			continue
		}
		one.builder.Step(whole.from, whole.to)
		one.last, one.until = time.Time{}, whole.to
	}
	if by.to.Before(t.now) {
		t.now = by.to
	}
}

// meetLeap decides, at a reading's time, whose clock leapt.
func (one *track) meetLeap(at time.Time) {
	by := *one.leap
	switch {
	case !at.Before(by.from.Add(by.by() / 2)):
		one.builder.Step(by.from, by.to)
		one.leap = nil
	case at.Sub(by.from) > time.Minute:
		one.leap = nil
	}
}

// doubt says that nobody vouches for the clock; f marks the intervals
// meanwhile, see interval.Builder.Doubt.
func (t *tracks) doubt(f interval.Flags) {
	if t.inDoubt && t.mark == f {
		return
	}
	t.inDoubt, t.mark = true, f
	for _, one := range t.all {
		one.builder.Doubt(f)
	}
}

// trust says that the clock is right.
func (t *tracks) trust(now time.Time) {
	if !t.inDoubt {
		return
	}
	t.inDoubt, t.mark = false, 0
	for _, one := range t.all {
		one.builder.Trust(now)
	}
}
