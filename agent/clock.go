package agent

import (
	"fmt"
	"time"
)

// timekeeper tells the wall's time, which only names intervals and may be put
// right at any moment, and the time since some moment, which never steps.
type timekeeper func() (wall time.Time, steady time.Duration)

func systemClock() timekeeper {
	begun := time.Now()
	return func() (time.Time, time.Duration) {
		now := time.Now()
		return now.Round(0), now.Sub(begun)
	}
}

// step is a leap of the wall's time: what was from became to.
type step struct{ from, to time.Time }

func (s step) by() time.Duration { return s.to.Sub(s.from) }

func (s step) String() string {
	way := "forward"
	if s.by() < 0 {
		way = "back"
	}
	return fmt.Sprintf("the clock went %s by %s, from %s to %s", way, s.by().Abs().Round(time.Millisecond),
		s.from.UTC().Format(time.RFC3339), s.to.UTC().Format(time.RFC3339))
}

// stepTolerance is how far the wall's time may leave the steady one between
// two looks; a clock that is slewed stays far below.
const stepTolerance = 2 * time.Second

// stepWatch compares the wall's time with the steady one from look to look.
type stepWatch struct {
	clock  timekeeper
	wall   time.Time
	steady time.Duration
}

func newStepWatch(c timekeeper) *stepWatch {
	w := &stepWatch{clock: c}
	w.wall, w.steady = c()
	return w
}

// look reports the step that came since the last look; nil: none.
func (w *stepWatch) look() *step {
	wall, steady := w.clock()
	expected := w.wall.Add(steady - w.steady)
	w.wall, w.steady = wall, steady
	if wall.Sub(expected).Abs() <= stepTolerance {
		return nil
	}
	return &step{expected, wall}
}
