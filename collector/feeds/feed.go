package feeds

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// Feed takes the foreign points of one site.
type Feed struct {
	site    string
	cfg     configs.Feed
	mapping *mapping
	dir     string
	store   store.Store
	slog    *slog.Logger
	Counts  Counts

	mu        sync.Mutex
	settings  settings
	tracks    []*track // in the order of settings.Series
	bySeries  map[interval.Series]*track
	log       *log
	number    int         // of the log
	pending   store.Batch // made, and not yet taken by the store
	described bool        // the points' cards are with the store
	broken    error       // the log could not be written: what is in memory is not on the disk
}

// Counts says what became of what a feed was sent since the start.
type Counts struct {
	Readings atomic.Int64 // taken
	Replayed atomic.Int64 // known already
	Late     atomic.Int64 // refused: later ones were counted
	Unmapped atomic.Int64 // fields in no mapping that were left out
	Refused  atomic.Int64 // lines, for whatever reason
	Rejected atomic.Int64 // lines made of readings that the store refused for good
}

// open takes up the feed that cfg describes where its folder left off.
func open(cfg configs.Feed, dir string, to store.Store, log *slog.Logger) (*Feed, error) {
	m, err := newMapping(cfg)
	if err != nil {
		return nil, fmt.Errorf("feed of %s: %w", cfg.Site, err)
	}
	f := &Feed{site: cfg.Site, cfg: cfg, mapping: m, dir: filepath.Join(dir, cfg.Site), store: to, slog: log.With("feed", cfg.Site)}
	if err := f.resume(); err != nil {
		return nil, fmt.Errorf("feed of %s: %w", cfg.Site, err)
	}
	return f, nil
}

// settle counts the readings whose time has come, and hands to the store
// what is complete by them. It ends early if the store cannot write.
func (f *Feed) settle(ctx context.Context, clock int64) error {
	for _, t := range f.tracks {
		for t.ripe(clock) {
			f.count(t)
			if f.pending.Len() >= maxPending {
				if err := f.deliver(ctx); err != nil {
					return err
				}
			}
		}
	}
	return f.deliver(ctx)
}

// maxPending is how many lines are handed to the store at once.
const maxPending = 5000

// count counts one reading of a track and keeps what follows from it.
func (f *Feed) count(t *track) {
	records, err := t.count()
	if err != nil { // judged before: the builder has another opinion
		f.slog.Error("a reading does not count", "error", err)
	}
	f.keep(t, records)
}

// keep adds to what the store shall have.
func (f *Feed) keep(t *track, records []interval.Record) {
	f.pending.Records = append(f.pending.Records, records...)
	f.pending.Events = append(f.pending.Events, t.builder.Events()...)
}

// deliver hands over what is pending. What the store refuses for good is kept
// aside with its words.
func (f *Feed) deliver(ctx context.Context) error {
	if f.pending.Len() == 0 {
		return nil
	}
	err := f.store.Append(context.WithoutCancel(ctx), f.pending)
	if refused := (*store.Refused)(nil); errors.As(err, &refused) {
		f.slog.Error("the store refuses lines of a feed; they are kept in rejected/", "error", refused)
		err = f.reject(f.pending, refused, time.Now())
	}
	if err != nil {
		return fmt.Errorf("feed of %s: hand intervals to the store: %w", f.site, err)
	}
	f.pending = store.Batch{}
	return nil
}

// catchUp makes the feed ready for more: its log is whole, its points are
// described, and the store has all that is complete. While it fails nothing
// more is taken.
func (f *Feed) catchUp(ctx context.Context, now time.Time) error {
	if f.broken != nil {
		if err := f.resume(); err != nil {
			return fmt.Errorf("feed of %s: %w", f.site, err)
		}
	}
	if !f.described {
		if err := f.describe(ctx, now); err != nil {
			return err
		}
	}
	return f.settle(ctx, 0)
}

// CloseBy closes what the clock says is complete: intervals of series that
// have fallen silent.
func (f *Feed) CloseBy(ctx context.Context, now time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(ctx, now); err != nil {
		return err
	}
	clock := now.UnixNano()
	if !f.due(clock) {
		return nil
	}
	if err := f.write(entry{kind: 'c', reading: reading{sample: sample{At: clock}}}.append(nil)); err != nil {
		return err
	}
	f.tick(clock)
	if err := f.deliver(ctx); err != nil {
		return err
	}
	return f.checkpoint(maxLog)
}

// due reports whether the clock has something to close.
func (f *Feed) due(clock int64) bool {
	length := f.settings.Length * int64(time.Second)
	for _, t := range f.tracks {
		if t.ripe(clock) || t.overdue(clock, f.hold())/length > t.until/length {
			return true
		}
	}
	return false
}

// tick is what the clock does, here and when the log is told again.
func (f *Feed) tick(clock int64) {
	for _, t := range f.tracks {
		for t.ripe(clock) {
			f.count(t)
		}
		f.keep(t, t.advance(t.overdue(clock, f.hold())))
	}
}

// hold is how long a value stands, in ns.
func (f *Feed) hold() int64 { return f.settings.Hold * int64(time.Second) }

// write makes entries durable. Where that fails, memory and disk have parted
// ways, and the feed begins again from the disk.
func (f *Feed) write(entries []byte) error {
	if err := f.log.append(entries); err != nil {
		f.broken = err
		return fmt.Errorf("feed of %s: write its log: %w", f.site, err)
	}
	return nil
}
