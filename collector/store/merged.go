package store

import (
	"context"
	"sort"

	"thermie/interval"
)

// merged returns the merged records of one meter and kind that begin in the
// range. An interval that reaches over an edge stands or falls by shorter
// ones that may lie beyond it, so those are read as far as it reaches.
func (s *siteView) merged(ctx context.Context, group []series, waiting map[series][]interval.Record, wanted span) ([]interval.Record, error) {
	var all []interval.Record
	reach := wanted
	for _, one := range group {
		c, err := s.chain(ctx, one, waiting, reach)
		if err != nil {
			return nil, err
		}
		for i := range c.recs {
			reach.from = min(reach.from, c.recs[i].Start)
			reach.to = max(reach.to, c.recs[i].End())
		}
		if all == nil {
			all = c.recs // mostly there is one length
		} else {
			all = append(all, c.recs...)
		}
	}
	all = interval.MergeInPlace(all)
	return all[firstFrom(all, wanted.from):firstFrom(all, wanted.to)], nil
}

// firstFrom returns the place of the first of some records, in order of
// start, that begins at a time or later.
func firstFrom(recs []interval.Record, start int64) int {
	return sort.Search(len(recs), func(i int) bool { return recs[i].Start >= start })
}

// chain reads the records of one series that overlap the range, from blocks
// and inbox.
func (s *siteView) chain(ctx context.Context, one series, waiting map[series][]interval.Record, reach span) (*chain, error) {
	c := &chain{}
	blocks, err := s.blocks(ctx, one, reach)
	if err != nil {
		return nil, err
	}
	c.recs = make([]interval.Record, 0, len(blocks)*one.perBlock())
	for _, b := range blocks {
		if c.recs, err = decodeBlock(c.recs, b.data, s.name, one, b.day); err != nil {
			return nil, err
		}
	}
	for i := range waiting[one] {
		c.absorb(&waiting[one][i], tally{})
	}
	// All are of one length, and so those that touch the range lie together.
	c.recs = c.recs[firstFrom(c.recs, reach.from-int64(one.length)+1):firstFrom(c.recs, reach.to)]
	return c, nil
}

// dayBlock is a block as it is stored, with the day that it begins with.
type dayBlock struct {
	day  int64
	data []byte
}

// blocks reads the blocks of a series that may hold records of the range.
func (s *siteView) blocks(ctx context.Context, one series, reach span) (blocks []dayBlock, err error) {
	id, stored := s.ids[one]
	if !stored {
		return nil, nil
	}
	first := one.blockDay(max(0, dayOf(reach.from-int64(one.length)+1)))
	last := min(lastDay, dayOf(max(0, reach.to-1)))
	rows, err := s.tx.QueryContext(ctx, "SELECT id, data FROM block WHERE id BETWEEN ? AND ? ORDER BY id", blockID(id, first), blockID(id, last))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b dayBlock
		if err := rows.Scan(&b.day, &b.data); err != nil {
			return nil, err
		}
		b.day &= lastDay
		blocks = append(blocks, b)
	}
	return blocks, rows.Err()
}
