package collector

import (
	"fmt"
	"hash/maphash"
	"sync"

	"thermie/interval"
)

// maxSeries bounds the series of one site that are taken between two starts
// of the collector. A site has some forty, a very large one some thousands;
// a sender that makes up a name for every line must not fill the index, nor
// the memory.
const maxSeries = 10_000

// knownSeries remembers which series each site has written since the start,
// by their hashes.
type knownSeries struct {
	mu    sync.Mutex
	sites map[string]*siteSeries
}

// siteSeries are the series of one site.
type siteSeries struct {
	mu    sync.Mutex
	known map[uint64]struct{}
}

// of returns the series of a site.
func (k *knownSeries) of(site string) *siteSeries {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.sites[site]
	if s == nil {
		if k.sites == nil {
			k.sites = map[string]*siteSeries{}
		}
		s = &siteSeries{known: map[uint64]struct{}{}}
		k.sites[site] = s
	}
	return s
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
	hash := maphash.Comparable(seriesSeed, name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.known[hash]; known {
		return nil
	}
	if len(s.known) >= maxSeries {
		return fmt.Errorf("meter %s is one series too many: this site has written %d different ones (hint: a meter's name must not change with every line)", name.meter, maxSeries)
	}
	s.known[hash] = struct{}{}
	return nil
}
