package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"thermie/interval"
)

// Append implements Store. Of what may be there already it asks InfluxDB
// first, so that the first of two equals stays and every outcome is counted;
// what is newer than anything of its series goes in unasked.
func (i *Influx) Append(ctx context.Context, b Batch) error {
	sites := map[string]bool{}
	for at := range b.Records {
		if err := checkRange(&b.Records[at]); err != nil {
			return err
		}
		sites[b.Records[at].Site] = true
	}
	for at := range b.Cards {
		sites[b.Cards[at].Site] = true
	}
	for at := range b.Events {
		sites[b.Events[at].Site] = true
	}
	var refused []RefusedLine
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		lines, err := i.appendSite(ctx, site, &b)
		if err != nil {
			return fmt.Errorf("append %d lines: %w", b.Len(), err)
		}
		refused = append(refused, lines...)
	}
	return refusedOrNil(refused)
}

// appendSite appends the lines of one site.
func (i *Influx) appendSite(ctx context.Context, site string, b *Batch) ([]RefusedLine, error) {
	s := i.site(site)
	s.mu.Lock()
	defer s.mu.Unlock()
	p := plan{tally: tally{}}
	if err := i.planRecords(ctx, s, b.Records, &p); err != nil {
		return nil, err
	}
	if err := i.planCards(ctx, site, b.Cards, &p); err != nil {
		return nil, err
	}
	for at := range b.Events {
		if e := &b.Events[at]; e.Site == site {
			p.add(interval.EventLine, at, "", eventPointOf(nil, e))
		}
	}
	bad, err := i.posts.store(ctx, p.points)
	if err != nil {
		return nil, err
	}
	var refused []RefusedLine
	for at, line := range p.lines {
		if why := bad[at]; why != nil {
			refused = append(refused, RefusedLine{line.kind, line.index, why})
			continue
		}
		if line.kind == interval.RecordLine {
			s.reach(&b.Records[line.index])
		}
		if line.outcome != "" {
			p.tally[line.outcome]++
		}
	}
	i.count(p.tally)
	return refused, nil
}

// plan is what an append is going to write.
type plan struct {
	points [][]byte
	lines  []planned // the line that each point comes from
	tally  tally     // of lines that are not written
}

// planned is a line of the batch, and what it will count as once it is
// stored.
type planned struct {
	kind    interval.LineType
	index   int
	outcome outcome
}

func (p *plan) add(kind interval.LineType, index int, o outcome, point []byte) {
	p.points = append(p.points, point)
	p.lines = append(p.lines, planned{kind, index, o})
}

// planRecords plans the records of the site that change something.
func (i *Influx) planRecords(ctx context.Context, s *influxSite, recs []interval.Record, p *plan) error {
	chains, err := i.known(ctx, s, recs)
	if err != nil {
		return err
	}
	for at := range recs {
		r := &recs[at]
		if r.Site != s.id {
			continue
		}
		c := chains[seriesOf(r)]
		if c == nil {
			c = &chain{}
			chains[seriesOf(r)] = c
		}
		became := tally{}
		c.changed = false
		c.absorb(r, became)
		for o := range became { // one
			if c.changed {
				p.add(interval.RecordLine, at, o, pointOf(nil, r))
			} else {
				p.tally[o]++
			}
		}
	}
	return nil
}

// cardKey names one revision of one version of a site's card.
type cardKey struct {
	meter     string
	validFrom int64
	rev       int32
}

// planCards plans the cards of the site that are not there. One that says
// something else under a known revision is counted and not written.
func (i *Influx) planCards(ctx context.Context, site string, cards []interval.Card, p *plan) error {
	from, to := int64(0), int64(-1)
	for at := range cards {
		if c := &cards[at]; c.Site == site {
			if to < 0 {
				from, to = c.ValidFrom, c.ValidFrom
			}
			from, to = min(from, c.ValidFrom), max(to, c.ValidFrom)
		}
	}
	if to < 0 {
		return nil
	}
	there, err := i.cards(ctx, site, span{from, to + 1})
	if err != nil {
		return err
	}
	known := map[cardKey]string{}
	for at := range there {
		c := &there[at]
		known[cardKey{c.Meter, c.ValidFrom, c.Rev}] = string(c.AppendLine(nil))
	}
	for at := range cards {
		c := &cards[at]
		key, line := cardKey{c.Meter, c.ValidFrom, c.Rev}, string(c.AppendLine(nil))
		switch have, ok := known[key]; {
		case c.Site != site:
		case !ok:
			known[key] = line
			p.add(interval.CardLine, at, "", cardPointOf(nil, c))
		case have != line:
			p.tally[conflicts]++
		}
	}
	return nil
}
