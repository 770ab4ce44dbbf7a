package store

import (
	"context"
	"fmt"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Store keeps the lines of all sites. It is the one seam between the
// collector and an engine; store_test.go holds every row of the table
// stores to what is written here.
//
// A record is known by its key (site, meter, kind, start, length). Of
// several with one key, the one with the highest (origin, revision) stands,
// in whatever order they arrive; the first of two equals stays. Nothing is
// ever dropped because it is late.
type Store interface {
	// Append makes the batch durable: when it returns nil, the lines
	// survive a power cut and are seen by every read that starts later.
	// An error means that nothing of the batch is promised, and that the
	// sender may send all of it again: appending twice is once. The one
	// exception is *Refused: it names lines that are refused for good, and
	// the others are durable.
	Append(ctx context.Context, b Batch) error

	// Sites returns the ids of all sites of which anything was appended,
	// sorted.
	Sites(ctx context.Context) ([]string, error)

	// Cards returns every version of every card of a site, sorted by
	// meter and ValidFrom; of several revisions of one version only the
	// highest. An unknown site has none.
	Cards(ctx context.Context, site string) ([]interval.Card, error)

	// Events returns the events of a site with from <= At < to, by time.
	Events(ctx context.Context, site string, from, to time.Time) ([]interval.Event, error)

	// Records returns the merged intervals (interval.Merge over everything
	// kept of the site) that begin at from <= Start < to, sorted by (meter,
	// kind, start). Where intervals have expired, their hours stand for them.
	Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error)

	// Span returns when the first interval kept of a site begins and when
	// the last one ends; ok is false if there is none.
	Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error)

	// Series returns the series of which anything is kept of a site, sorted by
	// meter and kind, the longest intervals first.
	Series(ctx context.Context, site string) ([]Series, error)

	// Walk hands over every interval kept of a site, one a key, also those
	// that Records leaves out because shorter ones cover them: sorted by
	// (meter, kind, length, start), the longest first. It ends with the
	// first error of each. Where intervals have expired, their hours stand for
	// them.
	Walk(ctx context.Context, site string, each func(*interval.Record) error) error

	// Describe says whose cards balances are formed with: a registry's, over
	// those of the agents, which hold without it.
	Describe(cards Cardholder)

	// Hours returns what Records holds, rolled up by UTC hour: intervals of
	// 3600 s with from <= Start < to, sorted by (meter, kind, start), of the
	// given kinds or of all that are known to interval.Kind.Nature, as
	// interval.Hourly sums them up.
	Hours(ctx context.Context, site string, from, to time.Time, kinds ...interval.Kind) ([]interval.Record, error)

	// Days returns the balances of a site's civil days with from <= Date <
	// to, by date. They are those of Hours and of the cards as these are
	// now. A day of which nothing is known is not there.
	Days(ctx context.Context, site string, from, to time.Time) ([]Day, error)

	// Totals adds the days of every site up, by site; a site without a known
	// day is left out. For its speed it may be behind: stale counts the days
	// of a site on which something came since the last restatement, about an
	// hour ago at most.
	Totals(ctx context.Context, from, to time.Time) (totals []Total, stale int, err error)

	// Counts returns what was kept and what was set aside so far.
	Counts(ctx context.Context) (Counts, error)

	// Close ends all work and releases the store. Closing again does nothing
	// and returns the same.
	Close() error
}

// Batch is what one writer hands over at once. Every line of it is valid
// (interval.Line.Decode has accepted it).
type Batch struct {
	Records []interval.Record
	Cards   []interval.Card
	Events  []interval.Event
}

// Add puts a decoded line into the batch.
func (b *Batch) Add(l *interval.Line) {
	switch l.Type {
	case interval.RecordLine:
		b.Records = append(b.Records, l.Record)
	case interval.CardLine:
		b.Cards = append(b.Cards, l.Card)
	case interval.EventLine:
		b.Events = append(b.Events, l.Event)
	}
}

// Len returns the number of lines in the batch.
func (b *Batch) Len() int { return len(b.Records) + len(b.Cards) + len(b.Events) }

// Counts says how many intervals a store holds and what became of the
// others that it was given. A store that several collectors share counts
// what came through this one since it was opened.
type Counts struct {
	Intervals int64 // kept, one a key
	Pending   int64 // durable in the inbox, not yet folded, replays included
	Replayed  int64 // the same line again
	Corrected int64 // took the place of a lower origin or revision
	Outdated  int64 // of a lower origin or revision than what was there
	Conflicts int64 // same key, origin and revision, but another content: the first stayed
}

// storeKind is one row of the table of stores.
type storeKind struct {
	name string
	open func(*configs.Collector) (Store, error)
	read func(*configs.Collector) (Store, error) // while a collector may be running on it
}

// stores lists every engine; the first is the default.
var stores = []storeKind{
	{configs.EmbeddedStore,
		func(cfg *configs.Collector) (Store, error) {
			e, err := OpenEmbedded(cfg.Data)
			if err == nil {
				e.Retain(cfg.Retention)
			}
			return e, err
		},
		func(cfg *configs.Collector) (Store, error) { return OpenEmbeddedReadOnly(cfg.Data) }},
	{configs.InfluxStore,
		func(cfg *configs.Collector) (Store, error) { return OpenInflux(cfg.Store) },
		func(cfg *configs.Collector) (Store, error) { return OpenInflux(cfg.Store) }},
}

// Open opens the store that cfg names.
func Open(cfg *configs.Collector) (Store, error) {
	kind, err := storeOf(cfg)
	if err != nil {
		return nil, err
	}
	return kind.open(cfg)
}

// OpenToRead opens the store that cfg names for reading, which a
// running collector does not mind.
func OpenToRead(cfg *configs.Collector) (Store, error) {
	kind, err := storeOf(cfg)
	if err != nil {
		return nil, err
	}
	return kind.read(cfg)
}

func storeOf(cfg *configs.Collector) (storeKind, error) {
	for _, kind := range stores {
		if cfg.Store.Kind == "" || cfg.Store.Kind == kind.name {
			return kind, nil
		}
	}
	return storeKind{}, fmt.Errorf("open store: there is none called %q", cfg.Store.Kind)
}
