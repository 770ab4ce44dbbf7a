package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"thermie/configs"
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
	hold     time.Duration
	last     time.Time // of the latest reading
	latest   latest
	until    time.Time // up to which intervals have been closed
	leap     *step     // forward, that no reading has shown yet to be its clock's too; nil: none
	health   health
	repeated int // readings not later than the one before: a message delivered twice
}

// tracks are the series of a site, in the order of the configuration. Each
// has a builder of its own, because sources differ in how long a value
// stands and in whether it is simulated.
type tracks struct {
	all      []*track
	bySeries map[interval.Series]*track
	known    map[interval.Series]interval.Register
	now      time.Time      // when intervals were last closed
	inDoubt  bool           // nobody vouches for the clock
	mark     interval.Flags // meanwhile
	daily    *daily
	log      *slog.Logger

	// spill takes lines before all are there, because a silence of months ends
	// in more of them than memory holds. It returns those that it did not take.
	spill func(lines []byte) []byte
}

func newTracks(cfg *configs.Agent, log *slog.Logger) *tracks {
	return &tracks{bySeries: map[interval.Series]*track{}, known: map[interval.Series]interval.Register{}, daily: newDaily(cfg), log: log}
}

// open adds the track of a channel.
func (t *tracks) open(c channel, b interval.BuilderConfig) error {
	if _, twice := t.bySeries[c.Series]; twice {
		return fmt.Errorf("%s has two sources (hint: give one of them a point of its own)", name(c.Series))
	}
	t.known[c.Series], b.Registers = c.register, t.known
	one := &track{series: c.Series, builder: interval.NewBuilder(b), hold: b.MaxHold}
	one.health.log = t.log // one of its own for each series would take more room than what it says
	t.bySeries[c.Series] = one
	t.all = append(t.all, one)
	return nil
}

// add gives one reading to its builder and reports whether it counts. One
// that is not a number is its source's word that there is no value from then
// on. What the builder refuses is logged and left out; what was delivered
// twice is counted.
func (t *tracks) add(r interval.Reading) bool {
	one, known := t.bySeries[interval.Series{Meter: r.Meter, Kind: r.Kind}]
	if !known {
		return false
	}
	if math.IsNaN(r.SI) {
		t.lapse(one.series, r.At)
		return false
	}
	if one.leap != nil {
		one.meetLeap(r.At)
	}
	switch err := one.builder.Add(r); {
	case errors.Is(err, interval.ErrOutOfOrder):
		one.repeated++
		return false
	case err != nil:
		one.health.fail(err) // it names the series
		return false
	}
	one.health.ok()
	one.last = r.At
	one.latest.note(r)
	return true
}

// lapse says that a series has no value from an instant on.
func (t *tracks) lapse(series interval.Series, at time.Time) {
	if one, known := t.bySeries[series]; known {
		one.builder.Lapse(series, at)
	}
}

// close appends the intervals that are complete at now as wire lines, with
// what happened meanwhile, and counts the intervals. A track's intervals are
// complete where its latest reading has passed them, or where a value would
// be too old by now; closed earlier, they would have to be revised.
func (t *tracks) close(lines []byte, now time.Time) ([]byte, int) {
	now = now.Round(0) // wall time: only it names intervals
	count := 0
	t.now = now
	for _, one := range t.all {
		until := now.Add(-one.hold)
		if one.last.After(until) {
			until = one.last
		}
		if until.After(one.until) {
			lines = t.advance(one, lines, until, &count)
		}
		if t.spill != nil && len(lines) > chunk {
			lines = t.spill(lines)
		}
	}
	return lines, count
}

// finish closes the intervals still open when the readings have come to an
// end, with the coverage that they have.
func (t *tracks) finish(lines []byte, length time.Duration) ([]byte, int) {
	end := t.now.Truncate(length)
	if end.Before(t.now) {
		end = end.Add(length)
	}
	count := 0
	for _, one := range t.all {
		lines = t.advance(one, lines, end, &count)
	}
	return lines, count
}

// advance appends what a track's builder closes at until, and what follows
// from it.
func (t *tracks) advance(one *track, lines []byte, until time.Time, count *int) []byte {
	one.until = until
	for _, r := range one.builder.Advance(until) {
		lines = append(r.AppendLine(lines), '\n')
		*count++
		if e, differs := t.daily.take(r); differs {
			lines = append(e.AppendLine(lines), '\n')
		}
	}
	for _, e := range one.builder.Events() {
		lines = append(e.AppendLine(lines), '\n')
	}
	return lines
}

// report says which readings came more than once, at the end.
func (t *tracks) report() {
	for _, one := range t.all {
		if one.repeated > 0 {
			t.log.Info("readings not later than the one before, left out", "point", one.series.Meter, "kind", string(one.series.Kind), "readings", one.repeated)
		}
	}
}

// restore goes on from the baselines saved at a moment. A series without any
// starts anew, and so does one whose baseline does not fit; the error names
// them.
func (t *tracks) restore(saved map[string]interval.Baselines, at time.Time) error {
	var faults []error
	t.now = at
	for _, one := range t.all {
		one.until = at
		if b, kept := saved[name(one.series)]; kept {
			if err := one.builder.Restore(b); err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", name(one.series), err))
			}
		}
	}
	return errors.Join(faults...)
}
