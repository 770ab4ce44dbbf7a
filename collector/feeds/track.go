package feeds

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"thermie/interval"
)

const (
	// patience is how long a reading waits for one that should have come
	// before it: senders that gather points from several inputs mix them.
	patience = time.Minute
	// maxWaiting bounds the readings of a series that wait.
	maxWaiting = 4096
	// remembered is how many counted readings of a series are known again
	// when they are sent twice.
	remembered = 512
	// forsaken is after how long a silent series is no longer told as a gap
	// by the clock: it may be history that was sent.
	forsaken = 24 * time.Hour
)

// sample is what a reading says, apart from its series.
type sample struct {
	At int64   `json:"at"` // Unix ns
	SI float64 `json:"si"`
}

// track makes the intervals of one series. It has a builder of its own,
// because silence is told of each series apart.
type track struct {
	series  interval.Series
	builder *interval.Builder
	recent  []sample // by time: counted ones, then those that wait
	counted int
	until   int64 // up to which intervals have been closed, Unix ns
}

// verdict is what a track says of a reading.
type verdict uint8

const (
	fresh    verdict = iota // it will count
	replayed                // it came before
	late                    // later ones have been counted
	differs                 // another value stands at this instant
)

// judge says what s is to the track, and its place among the recent ones.
func (t *track) judge(s sample) (place int, v verdict) {
	place, found := slices.BinarySearchFunc(t.recent, s.At, func(have sample, at int64) int { return cmp.Compare(have.At, at) })
	switch {
	case found && t.recent[place].SI == s.SI:
		return place, replayed
	case found:
		return place, differs
	case place < t.counted:
		return place, late
	}
	return place, fresh
}

// refusal is what a sender is told of a reading that does not count.
func (t *track) refusal(s sample, v verdict) error {
	at := time.Unix(0, s.At).UTC().Format(time.RFC3339Nano)
	if v == differs {
		return fmt.Errorf("%s of %s has another value at %s already", t.series.Kind, t.series.Meter, at)
	}
	last := time.Unix(0, t.recent[t.counted-1].At).UTC().Format(time.RFC3339Nano)
	return fmt.Errorf("%s of %s at %s comes too late: readings up to %s are counted (hint: senders keep the order of time, to %s)",
		t.series.Kind, t.series.Meter, at, last, patience)
}

// wait gives a fresh reading its place.
func (t *track) wait(s sample) {
	if place, v := t.judge(s); v == fresh {
		t.recent = slices.Insert(t.recent, place, s)
	}
}

// ripe returns whether the oldest waiting reading counts now: later ones
// have come, or by the clock, which may be 0, none is expected before it.
func (t *track) ripe(clock int64) bool {
	if t.counted == len(t.recent) {
		return false
	}
	newest := max(t.recent[len(t.recent)-1].At, clock)
	return t.recent[t.counted].At <= newest-int64(patience) || len(t.recent)-t.counted > maxWaiting
}

// count gives the oldest waiting reading to the builder and returns what is
// complete by it.
func (t *track) count() ([]interval.Record, error) {
	s := t.recent[t.counted]
	t.counted++
	if extra := t.counted - remembered; extra > 0 {
		t.recent = slices.Delete(t.recent, 0, extra)
		t.counted -= extra
	}
	err := t.builder.Add(interval.Reading{Meter: t.series.Meter, Kind: t.series.Kind, At: time.Unix(0, s.At), SI: s.SI})
	return t.advance(s.At), err
}

// advance returns the intervals that are complete at an instant that is
// later than the last such.
func (t *track) advance(until int64) []interval.Record {
	if until <= t.until {
		return nil
	}
	t.until = until
	return t.builder.Advance(time.Unix(0, until))
}

// overdue returns up to when the clock says that intervals are complete,
// whatever may still come; 0 where it says nothing.
func (t *track) overdue(clock, hold int64) int64 {
	if t.counted == 0 || clock-t.recent[t.counted-1].At > int64(forsaken) {
		return 0
	}
	return clock - hold
}
