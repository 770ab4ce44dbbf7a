package store

import (
	"context"
	"slices"
	"sync"

	"thermie/interval"
)

// influxSite is what this collector knows of a site in InfluxDB.
type influxSite struct {
	id string

	mu   sync.Mutex       // one append at a time, so that two cannot both be the first
	last map[series]int64 // start of the last interval seen of each series; nil until asked for
}

// site returns what is known of a site.
func (i *Influx) site(id string) *influxSite {
	s, _ := i.sites.LoadOrStore(id, &influxSite{id: id})
	return s.(*influxSite)
}

// reach notes that r is there.
func (s *influxSite) reach(r *interval.Record) {
	if last, ok := s.last[seriesOf(r)]; !ok || r.Start > last {
		s.last[seriesOf(r)] = r.Start
	}
}

// known returns what InfluxDB has under the keys of recs and around them. A
// record beyond the last of its series has no key there, unless another
// collector wrote it meanwhile: then the same content becomes the same
// point, and another revision a point beside it.
func (i *Influx) known(ctx context.Context, s *influxSite, recs []interval.Record) (map[series]*chain, error) {
	if s.last == nil {
		last := map[series]int64{}
		if err := i.ends(ctx, s.id, func(one series, start int64) { last[one] = start }); err != nil {
			return nil, err
		}
		s.last = last
	}
	there, err := i.selectRecords(ctx, s.id, s.doubts(recs))
	if err != nil {
		return nil, err
	}
	chains := map[series]*chain{}
	for at := range there {
		one := seriesOf(&there[at])
		if chains[one] == nil {
			chains[one] = &chain{}
		}
		chains[one].recs = append(chains[one].recs, there[at])
	}
	for _, c := range chains {
		c.recs = standing(c.recs)
	}
	return chains, nil
}

// doubts returns where those of recs begin that may be there already: for
// each meter ranges of time, parted where there is a day or more in between.
func (s *influxSite) doubts(recs []interval.Record) (where []influxRange) {
	starts := map[string][]int64{}
	for at := range recs {
		r := &recs[at]
		if last, ok := s.last[seriesOf(r)]; r.Site == s.id && ok && r.Start <= last {
			starts[r.Meter] = append(starts[r.Meter], r.Start)
		}
	}
	for meter, all := range starts {
		slices.Sort(all)
		from := all[0]
		for at, start := range all {
			if at == len(all)-1 || all[at+1] > start+secondsPerDay {
				where = append(where, influxRange{span: span{from, start + 1}, meter: meter})
				if at < len(all)-1 {
					from = all[at+1]
				}
			}
		}
	}
	return where
}

// standing leaves one record for each start, the one that supersedes the
// others, in order of start.
func standing(recs []interval.Record) []interval.Record {
	slices.SortStableFunc(recs, func(a, b interval.Record) int { return int(a.Start - b.Start) })
	kept := recs[:0]
	for _, r := range recs {
		switch last := len(kept) - 1; {
		case last < 0 || kept[last].Start != r.Start:
			kept = append(kept, r)
		case r.Supersedes(kept[last]):
			kept[last] = r
		}
	}
	return kept
}
