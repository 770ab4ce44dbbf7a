package interval

import (
	"fmt"
	"time"
)

// Baselines is what a builder must remember over a restart. It is stored as
// JSON in the same step as the records of the Advance before it: so a kill
// costs coverage of gauges, and never a counter's energy.
type Baselines struct {
	Site   string     `json:"site"`
	Length int64      `json:"length_s"`
	Now    int64      `json:"now_ns"`
	Series []Baseline `json:"series"`
	Closed []string   `json:"closed,omitempty"` // wire lines that no Advance has returned yet
}

// Baseline is the state of one series. Readings up to Last are counted.
type Baseline struct {
	Meter   string  `json:"meter"`
	Kind    Kind    `json:"kind"`
	Last    sample  `json:"last"`
	Lapsed  bool    `json:"lapsed,omitzero"`
	Counter counter `json:"counter,omitzero"`
	Open    window  `json:"open"`
	Given   int64   `json:"given"`
	Carry   float64 `json:"carry,omitzero"`

	Highest int32     `json:"highest,omitzero"`
	Anchor  *Baseline `json:"anchor,omitempty"` // itself without an anchor
	Resumed bool      `json:"resumed,omitzero"`
	Told    told      `json:"told,omitzero"`
}

// Snapshot returns the builder's state.
func (b *Builder) Snapshot() Baselines {
	out := Baselines{Site: b.cfg.Site, Length: int64(b.cfg.Length / time.Second), Now: b.now}
	for _, s := range b.series {
		one := s.baseline()
		one.Highest, one.Anchor, one.Resumed, one.Told = s.highest, s.anchor, s.resumed, s.told
		out.Series = append(out.Series, one)
	}
	for _, r := range b.closed {
		out.Closed = append(out.Closed, string(r.AppendLine(nil)))
	}
	return out
}

// Restore puts the builder back to a snapshot, whatever it has seen since:
// readings after the snapshot then make the same records as they would have
// without the restart. If the configuration asks for another length than
// the snapshot's, the open intervals close as they are, and intervals of the
// new length begin after them. A snapshot that cannot be this builder's is
// refused and changes nothing.
func (b *Builder) Restore(from Baselines) error {
	if from.Site != b.cfg.Site {
		return fmt.Errorf("baselines of site %q do not belong to site %q", from.Site, b.cfg.Site)
	}
	if from.Length <= 0 {
		return fmt.Errorf("baselines with intervals of %d s", from.Length)
	}
	again := NewBuilder(b.cfg)
	again.now = from.Now
	for _, line := range from.Closed {
		var l Line
		if err := l.Decode([]byte(line), time.Second); err != nil || l.Type != RecordLine {
			return fmt.Errorf("baselines: closed interval %s: %w", excerpt([]byte(line)), err)
		}
		again.closed = append(again.closed, l.Record)
	}
	for _, one := range from.Series {
		if err := again.resume(one, from.Length); err != nil {
			return fmt.Errorf("baseline of %s %s: %w", one.Meter, one.Kind, err)
		}
	}
	*b = *again
	return nil
}

// resume takes up one series, whose intervals had the given length.
func (b *Builder) resume(from Baseline, length int64) error {
	nature, known := from.Kind.Nature()
	switch {
	case !known:
		return ErrNoKind
	case !ValidID(from.Meter):
		return ErrNoID
	case !from.Open.fits(length):
		return fmt.Errorf("an open interval at %d with %d ns of %d s", from.Open.Start, from.Open.Seen, length)
	case from.Anchor != nil && !from.Anchor.Open.fits(length):
		return fmt.Errorf("an anchor with an open interval at %d with %d ns of %d s", from.Anchor.Open.Start, from.Anchor.Open.Seen, length)
	}
	s := b.begin(Series{from.Meter, from.Kind}, nature)
	s.takeUp(from)
	s.highest, s.anchor, s.resumed, s.told = from.Highest, from.Anchor, from.Resumed, from.Told
	if length != s.length {
		s.changeLength(length)
		b.closed = append(b.closed, s.closed...)
		s.closed = nil
	}
	return nil
}

// baseline is the state of the series, without what it keeps for a clock that
// goes back.
func (s *series) baseline() Baseline {
	return Baseline{
		Meter: s.Meter, Kind: s.Kind, Last: s.last, Lapsed: s.lapsed, Counter: s.counter,
		Open: s.open, Given: s.given, Carry: s.carry,
	}
}

// takeUp puts the series into a state. Without a last reading it has seen
// nothing yet.
func (s *series) takeUp(from Baseline) {
	s.seen = from.Last != sample{}
	s.last, s.lapsed, s.counter = from.Last, from.Lapsed, from.Counter
	s.open, s.given, s.carry = from.Open, from.Given, from.Carry
}

// changeLength closes the open interval, of the length before, and opens one
// of the new length that begins at or after its end. An anchor of the length
// before is of no use.
func (s *series) changeLength(before int64) {
	after := s.length
	s.length = before
	s.close()
	s.length, s.anchor = after, nil
	s.begin((s.open.Start + after - 1) / after * after)
}
