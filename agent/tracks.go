package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"thermie/interval"
)

// channel is one series that a source delivers, and what is known of its
// register beforehand.
type channel struct {
	interval.Series
	register interval.Register
}

// name is the channel's name in the state file and in messages.
func name(s interval.Series) string { return s.Meter + "/" + string(s.Kind) }

// track builds the intervals of one series.
type track struct {
	series   interval.Series
	builder  *interval.Builder
	health   health
	repeated int // readings not later than the one before: a message delivered twice
}

// tracks are the series of a site, in the order of the configuration. Each
// has a builder of its own, because sources differ in how long a value
// stands and in whether it is simulated.
type tracks struct {
	all      []*track
	bySeries map[interval.Series]*track
	log      *slog.Logger
}

func newTracks(log *slog.Logger) *tracks {
	return &tracks{bySeries: map[interval.Series]*track{}, log: log}
}

// open adds the track of a channel.
func (t *tracks) open(c channel, b interval.BuilderConfig) error {
	if _, twice := t.bySeries[c.Series]; twice {
		return fmt.Errorf("%s has two sources (hint: give one of them a point of its own)", name(c.Series))
	}
	b.Registers = map[interval.Series]interval.Register{c.Series: c.register}
	one := &track{series: c.Series, builder: interval.NewBuilder(b)}
	one.health.log = t.log.With("point", c.Meter, "kind", string(c.Kind))
	t.bySeries[c.Series] = one
	t.all = append(t.all, one)
	return nil
}

// add gives one reading to its builder and reports whether it counts. What
// the builder refuses is logged and left out; what was delivered twice is
// counted.
func (t *tracks) add(r interval.Reading) bool {
	one, known := t.bySeries[interval.Series{Meter: r.Meter, Kind: r.Kind}]
	if !known {
		return false
	}
	switch err := one.builder.Add(r); {
	case errors.Is(err, interval.ErrOutOfOrder):
		one.repeated++
		return false
	case err != nil:
		one.health.fail(err)
		return false
	}
	one.health.ok()
	return true
}

// close returns the intervals that are complete at now, as wire lines behind
// lines, with what happened meanwhile.
func (t *tracks) close(lines []byte, now time.Time) ([]byte, int) {
	return t.each(lines, func(b *interval.Builder) []interval.Record { return b.Advance(now) })
}

// finish returns the intervals still open when the readings have come to an
// end, with the coverage that they have.
func (t *tracks) finish(lines []byte, now time.Time) ([]byte, int) {
	return t.each(lines, func(b *interval.Builder) []interval.Record { return append(b.Advance(now), b.Flush()...) })
}

// each appends the records that end gives for each track, and its events, as
// wire lines, and counts the records.
func (t *tracks) each(lines []byte, end func(*interval.Builder) []interval.Record) ([]byte, int) {
	count := 0
	for _, one := range t.all {
		for _, r := range end(one.builder) {
			lines = append(r.AppendLine(lines), '\n')
			count++
		}
		for _, e := range one.builder.Events() {
			lines = append(e.AppendLine(lines), '\n')
		}
	}
	return lines, count
}

// baselines are the builders' states, by series.
func (t *tracks) baselines() map[string]interval.Baselines {
	all := make(map[string]interval.Baselines, len(t.all))
	for _, one := range t.all {
		all[name(one.series)] = one.builder.Snapshot()
	}
	return all
}

// restore goes on from saved baselines. A series without any starts anew,
// and so does one whose baseline does not fit; the error names them.
func (t *tracks) restore(saved map[string]interval.Baselines) error {
	var faults []error
	for _, one := range t.all {
		if b, kept := saved[name(one.series)]; kept {
			if err := one.builder.Restore(b); err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", name(one.series), err))
			}
		}
	}
	return errors.Join(faults...)
}
