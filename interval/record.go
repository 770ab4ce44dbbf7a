package interval

import (
	"math"
	"time"
)

// Reading is one decoded value at one instant, already in the kind's
// reading unit (SI).
type Reading struct {
	Meter string
	Kind  Kind
	At    time.Time
	SI    float64
}

// Record is one closed interval of one kind at one metering point: the unit
// of transport, storage and computation.
type Record struct {
	Site, Meter string
	Kind        Kind
	Start       int64 // Unix seconds
	Length      int32 // seconds

	SI  float64 // integral or time mean (see Nature); NaN in a gap
	U   float64 // random standard uncertainty (k=1), in SI's unit
	Cov float64 // share of the length for which SI accounts, 0..1
	Min float64 // intensive kinds only; NaN when absent
	Max float64 // intensive kinds only; NaN when absent

	Flags Flags
	Rev   int32 // set by the source: 0 first, +1 for each correction
}

// Key names an interval: what one point says of one quantity over one time.
type Key struct {
	Site, Meter string
	Kind        Kind
	Start       int64
	Length      int32
}

// Key returns the record's key.
func (r Record) Key() Key { return Key{r.Site, r.Meter, r.Kind, r.Start, r.Length} }

// End returns the Unix second at which the interval ends.
func (r Record) End() int64 { return r.Start + int64(r.Length) }

// Gap reports whether the record says that nothing is known.
func (r Record) Gap() bool { return math.IsNaN(r.SI) }

// Supersedes reports whether r takes the place of old, which has the same
// key: a higher origin wins, then a higher revision. A gap never takes the
// place of data, whatever its origin, or nothing could ever fill it; only a
// correction may say that what was known is not.
func (r Record) Supersedes(old Record) bool {
	switch {
	case r.vacant() != old.vacant():
		return old.vacant()
	case r.Flags.Origin() != old.Flags.Origin():
		return r.Flags.Origin() > old.Flags.Origin()
	}
	return r.Rev > old.Rev
}

// vacant reports whether r is a gap that data of any origin fills.
func (r Record) vacant() bool { return r.Gap() && r.Flags.Origin() != Correction }

// Same reports whether r and other are the same line.
func (r Record) Same(other Record) bool {
	return r.Key() == other.Key() && r.Flags == other.Flags && r.Rev == other.Rev &&
		same(r.SI, other.SI) && same(r.U, other.U) && same(r.Cov, other.Cov) &&
		same(r.Min, other.Min) && same(r.Max, other.Max)
}

// same is equality that also holds between two absent values.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// Flags says where a record comes from (its lowest two bits, see Origin)
// and what happened while it was made. Unknown bits are kept.
type Flags int64

// Origin is how a record came about. A higher one is believed before a
// lower one for the same key.
type Origin int64

// The origins, in rising order of trust.
const (
	Estimated  Origin = iota // fills a gap; never called measured
	Imported                 // history from a file
	Live                     // read from the meter by the agent
	Correction               // put right later by a person
)

const originMask Flags = 3

// What may happen to an interval.
const (
	Bridged   Flags = 1 << (iota + 2) // a counter's difference spans readings that were missed
	ClockStep                         // wall time stepped; the interval was closed early
	Suspect                           // a reading was held back or is not plausible
	Reset                             // the counter was reset or the meter exchanged within it
	Simulated                         // comes from a simulation, not from a plant
	Unsynced                          // the clock was not known to be right
	Spread                            // an hour (Hourly) that holds a share of a longer interval
	LeftOut                           // an hour (Hourly) in which something was only estimated, and is not in it
)

// Origin returns the origin kept in f.
func (f Flags) Origin() Origin { return Origin(f & originMask) }

// With returns f with origin o.
func (f Flags) With(o Origin) Flags { return f&^originMask | Flags(o) }

// Has reports whether all bits of g are set in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// maxID is the length, in bytes, of the longest id.
const maxID = 48

// ValidID reports whether s may name a site, a meter or a kind, that is
// whether it matches [a-z0-9_-]{1,48}: such a name needs no escaping and has
// one spelling everywhere.
func ValidID(s string) bool {
	for i := range len(s) {
		if !idByte(s[i]) {
			return false
		}
	}
	return 0 < len(s) && len(s) <= maxID
}
