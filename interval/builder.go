package interval

import (
	"errors"
	"time"
)

// ErrOutOfOrder is in the chain of Add's error for a reading that is not
// later than the one before it. A replay after a kill may meet it: the
// reading is already counted.
var ErrOutOfOrder = errors.New("not later than the reading before it")

// Series names what one point says of one kind.
type Series struct {
	Meter string
	Kind  Kind
}

// Register is what is known of a counter beforehand; zero is unknown.
type Register struct {
	Step    float64 // the smallest step it shows, in SI
	MaxRate float64 // the most that it can grow in a second, in SI/s
}

// BuilderConfig is what a Builder needs to know.
type BuilderConfig struct {
	Site      string
	Length    time.Duration       // of an interval; default 10 min
	MaxHold   time.Duration       // how long a gauge's value stands; default 15 min
	Flags     Flags               // origin and marks of every record
	Registers map[Series]Register // optional
}

// Builder makes intervals of readings.
type Builder struct{ cfg BuilderConfig }

// NewBuilder returns a builder that has seen nothing.
func NewBuilder(cfg BuilderConfig) *Builder { return &Builder{cfg} }

// Add takes one reading.
func (b *Builder) Add(r Reading) error { return nil }

// Advance returns every interval that is complete at now. An interval whose
// end has passed waits for the next reading, at most MaxHold after the last
// one, because only then is it known how long the last value stood; so call
// Flush when no more readings will come.
func (b *Builder) Advance(now time.Time) []Record { return nil }

// Flush returns the intervals that Advance still holds back, as far as they
// are known: call it when the readings have come to an end (the end of an
// import or of stepped time). Readings that come later still count: the same
// interval then comes again with a higher revision.
func (b *Builder) Flush() []Record { return nil }

// Events returns what happened since the last call (a reset of a counter, a
// step of the clock).
func (b *Builder) Events() []Event { return nil }

// Baselines is what a builder must remember over a restart.
type Baselines struct{}

// Snapshot returns the builder's state, to be stored together with the
// records of the Advance before it.
func (b *Builder) Snapshot() Baselines { return Baselines{} }

// Restore puts the builder back to a snapshot.
func (b *Builder) Restore(s Baselines) error { return nil }
