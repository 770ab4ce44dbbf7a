package interval

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Series names what one point says of one kind.
type Series struct {
	Meter string
	Kind  Kind
}

func (s Series) compare(other Series) int {
	return cmp.Or(cmp.Compare(s.Meter, other.Meter), cmp.Compare(s.Kind, other.Kind))
}

// BuilderConfig is what a Builder needs to know.
type BuilderConfig struct {
	Site      string
	Length    time.Duration       // of an interval, whole seconds; default 10 min
	MaxHold   time.Duration       // how long a reading stands when no other comes; default 15 min
	Flags     Flags               // origin and marks of every record
	Registers map[Series]Register // counters of which something is known
}

// Builder makes intervals, aligned to UTC, of the readings of a site.
//
//   - A gauge holds its value until the next reading, at most MaxHold; the
//     last reading says nothing of the time after it.
//   - A counter's difference is spread evenly over the time between two
//     readings, so that consecutive intervals sum to last minus first.
//   - Time for which nothing is known is a lower Cov, or a gap; nothing is
//     ever extrapolated.
//   - U is what sampling and a counter's step leave open, 0 where the readings
//     show no change; what the meter itself may be off is not in it.
//
// What the highest revisions say depends on the readings alone, not on when
// Advance was called, unless the clock was stepped back. A Builder is not
// safe for concurrent use.
type Builder struct {
	cfg    BuilderConfig
	series []*series // in the order of their names; a map would take fifty times the room of the one that most builders have
	now    int64     // the latest instant of Advance, Unix ns
	closed []Record  // not yet handed out by Advance
	events []Event   // not yet handed out by Events

	doubted bool  // nobody vouches for the clock
	doubt   Flags // what marks it
}

// NewBuilder returns a builder that has seen nothing.
func NewBuilder(cfg BuilderConfig) *Builder {
	if cfg.Length = cfg.Length.Truncate(time.Second); cfg.Length <= 0 {
		cfg.Length = 10 * time.Minute
	}
	if cfg.MaxHold <= 0 {
		cfg.MaxHold = 15 * time.Minute
	}
	return &Builder{cfg: cfg}
}

// What may be wrong with a reading; Add's errors have one of these in their
// chain.
var (
	// ErrOutOfOrder: the reading is not later than the one before it. A
	// replay after a restart may meet it; the reading has been counted.
	ErrOutOfOrder = errors.New("not later than the reading before it")
	ErrNotFinite  = errors.New("not a finite number that a meter can show")
	ErrNoKind     = errors.New("not a kind that can be integrated")
	ErrNoID       = errors.New("not a point's id: one to 48 of a-z, 0-9, _ and -")
	ErrNoTime     = errors.New("not a time between 1970 and 2200")
)

// Add takes one reading. Readings of one point and kind come in the order of
// their time; the same reading twice is one. A reading that is refused
// changes nothing.
func (b *Builder) Add(r Reading) error {
	s, err := b.find(r)
	if err != nil {
		return fmt.Errorf("reading %s %s at %s: %w", r.Meter, r.Kind, r.At.UTC().Format(time.RFC3339Nano), err)
	}
	if next := (sample{r.At.UnixNano(), r.SI}); !s.seen || next != s.latest() {
		s.read(next)
		b.collect(s)
	}
	return nil
}

// collect takes over what a series has made.
func (b *Builder) collect(s *series) {
	b.closed = append(b.closed, s.closed...)
	b.events = append(b.events, s.events...)
	b.events = b.events[max(0, len(b.events)-maxEvents):]
	s.closed, s.events = s.closed[:0], s.events[:0]
}

// maxReading is beyond all that is measured, and small enough that sums and
// squares of it stay finite.
const maxReading = 1e30

// find returns the series of a reading that may be counted.
func (b *Builder) find(r Reading) (*series, error) {
	if !(math.Abs(r.SI) <= maxReading) {
		return nil, fmt.Errorf("%v is %w", r.SI, ErrNotFinite)
	}
	if year := r.At.UTC().Year(); year < 1970 || year >= 2200 {
		return nil, ErrNoTime
	}
	name := Series{r.Meter, r.Kind}
	if s := b.of(name); s != nil {
		if at, last := r.At.UnixNano(), s.latest(); at < last.At || at == last.At && r.SI != last.SI {
			return nil, ErrOutOfOrder
		}
		return s, nil
	}
	nature, known := r.Kind.Nature()
	switch {
	case !known:
		return nil, ErrNoKind
	case !ValidID(r.Meter):
		return nil, ErrNoID
	}
	s := b.begin(name, nature)
	if b.doubted {
		s.doubt, s.anchor = b.doubt, &Baseline{Meter: s.Meter, Kind: s.Kind}
	}
	s.start(r.At.UnixNano())
	return s, nil
}

// begin makes the series name, which has seen nothing.
func (b *Builder) begin(name Series, nature Nature) *series {
	s := &series{
		Series: name, nature: nature, site: b.cfg.Site, flags: b.cfg.Flags, register: b.cfg.Registers[name],
		length: int64(b.cfg.Length / time.Second), hold: int64(b.cfg.MaxHold),
	}
	i, seen := b.place(name)
	if !seen {
		b.series = slices.Insert(b.series, i, s)
	}
	b.series[i] = s
	return s
}

// of returns the series of a name; nil: there is none yet.
func (b *Builder) of(name Series) *series {
	if i, seen := b.place(name); seen {
		return b.series[i]
	}
	return nil
}

// place finds where a series is, or would be.
func (b *Builder) place(name Series) (i int, seen bool) {
	return slices.BinarySearchFunc(b.series, name, func(s *series, name Series) int { return s.compare(name) })
}

// maxStepBack is how far the clock may go back unnoticed.
const maxStepBack = 2 * time.Second

// Advance returns what has closed since the last call, and closes every
// interval whose end is not after now, for all points ever seen: with the
// coverage that it has, or as a gap. If a later reading tells more of such
// an interval (the value that stood over its end, the energy that a counter
// counted meanwhile), the interval comes again with the next revision. To
// spare these, call Advance with an instant that the readings have reached,
// or MaxHold ago where none came.
//
// An instant over 2 s before the last one is taken for a Step of the clock.
func (b *Builder) Advance(now time.Time) []Record {
	at := now.UnixNano()
	if b.now-at > int64(maxStepBack) {
		b.Step(time.Unix(0, b.now), now)
	}
	for _, s := range b.series {
		s.announce(at)
		b.collect(s)
	}
	b.now = max(b.now, at)
	out := b.closed
	b.closed = nil
	slices.SortFunc(out, func(x, y Record) int {
		return cmp.Or(Series{x.Meter, x.Kind}.compare(Series{y.Meter, y.Kind}), cmp.Compare(x.Start, y.Start), cmp.Compare(x.Rev, y.Rev))
	})
	return out
}

// maxEvents bounds the events that nobody asks for.
const maxEvents = 100

// Events returns what happened since the last call: a counter's accepted
// reset, a rollover, a clock that was far ahead; the latest hundred at most.
func (b *Builder) Events() []Event {
	out := b.events
	b.events = nil
	return out
}
