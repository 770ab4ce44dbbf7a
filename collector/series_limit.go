package collector

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"

	"thermie/collector/store"
	"thermie/interval"
)

// maxSeries bounds the series of one site. It has some forty, a very large one
// some thousands; a sender that makes up a name for every line must not fill
// the index, nor the memory. What a site has already it may always add to.
const maxSeries = 10_000

// knownSeries remembers which series each site has, by their hashes.
type knownSeries struct {
	mu    sync.Mutex
	sites map[string]*siteSeries
}

// siteSeries are the series of one site.
type siteSeries struct {
	mu    sync.Mutex
	known map[uint64]struct{} // nil before the store was asked
}

// of returns the series of a site, those in the store first.
func (k *knownSeries) of(ctx context.Context, site string, kept store.Store) (*siteSeries, error) {
	k.mu.Lock()
	s := k.sites[site]
	if s == nil {
		if k.sites == nil {
			k.sites = map[string]*siteSeries{}
		}
		s = &siteSeries{}
		k.sites[site] = s
	}
	k.mu.Unlock()
	return s, s.recall(ctx, site, kept)
}

// recall takes up, once, what the site wrote before the collector started.
// Events are counted from the start: they are few, and fill no index.
func (s *siteSeries) recall(ctx context.Context, site string, kept store.Store) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known != nil {
		return nil
	}
	series, err := kept.Series(ctx, site)
	if err != nil {
		return err
	}
	cards, err := kept.Cards(ctx, site)
	if err != nil {
		return err
	}
	s.known = make(map[uint64]struct{}, len(series)+len(cards))
	for _, one := range series {
		s.known[seriesName{interval.RecordLine, one.Meter, one.Kind, one.Length}.hash()] = struct{}{}
	}
	for _, c := range cards {
		s.known[seriesName{line: interval.CardLine, meter: c.Meter}.hash()] = struct{}{}
	}
	return nil
}

var seriesSeed = maphash.MakeSeed()

// seriesName is what is counted: the meter of a card or an event, and what
// an interval says besides its time.
type seriesName struct {
	line   interval.LineType
	meter  string
	kind   interval.Kind
	length int32
}

func (n seriesName) hash() uint64 { return maphash.Comparable(seriesSeed, n) }

// allow refuses the line of one series too many.
func (s *siteSeries) allow(l *interval.Line) error {
	name := seriesName{line: l.Type}
	switch l.Type {
	case interval.RecordLine:
		name.meter, name.kind, name.length = l.Record.Meter, l.Record.Kind, l.Record.Length
	case interval.CardLine:
		name.meter = l.Card.Meter
	case interval.EventLine:
		name.meter = l.Event.Meter
	}
	hash := name.hash()
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.known[hash]; known {
		return nil
	}
	if len(s.known) >= maxSeries {
		return fmt.Errorf("meter %s is one series too many: this site has %d different ones (hint: a meter's name must not change with every line)", name.meter, maxSeries)
	}
	s.known[hash] = struct{}{}
	return nil
}
