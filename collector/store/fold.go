package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"thermie/interval"
)

// lastDay is the last day that a block's id has room for: in the year 2149.
const lastDay = 1<<16 - 1

// blockID is the row of the block of a series that begins with a day.
func blockID(seriesID, day int64) int64 { return seriesID<<16 | day }

// fold is one step: some pieces of one site and the blocks they change.
type fold struct {
	site     string
	siteID   int64
	places   []place
	lines    int
	writing  int   // blocks, those of new series counted several times
	cut      bool  // it takes less than it was given: the rest changes too many blocks
	keptFrom int64 // day before which no interval is kept
	drop     int64 // rows of the inbox before this one are of no more use
	ids      map[series]int64
	blocks   map[seriesDay]*chain
	tally    tally
}

// seriesDay names a block: the series, and the UTC day with which it begins.
type seriesDay struct {
	series
	day int64
}

// blockOf returns the block that r belongs to.
func blockOf(r *interval.Record) seriesDay {
	one := seriesOf(r)
	return seriesDay{one, one.blockDay(dayOf(r.Start))}
}

// read takes the site's pieces out of the inbox and merges them into the
// blocks that they belong to.
func (f *fold) read(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	s, err := openSite(ctx, tx, f.site)
	if err != nil {
		return err
	}
	f.siteID = s.id
	f.ids, f.keptFrom = s.ids, s.keptFrom
	recs := make([]interval.Record, 0, f.lines)
	if err := s.eachPiece(ctx, f.places, func(r *interval.Record) { recs = append(recs, *r) }); err != nil {
		return err
	}
	chains := f.chains(recs, s.folded)
	if err := f.stored(ctx, tx); err != nil {
		return err
	}
	for i, c := range chains {
		c.absorb(&recs[i], f.tally)
	}
	return nil
}

// chains makes a chain for every block that the records belong to, and
// returns that of each. Of more blocks than a short transaction writes it
// leaves the rows of the inbox that remain for the next fold.
func (f *fold) chains(recs []interval.Record, folded int64) []*chain {
	chains := make([]*chain, 0, len(recs))
	lines := 0
	for i, at := range f.places {
		if f.writing >= foldBlocks && at.row != f.places[i-1].row {
			f.places, f.lines, f.cut = f.places[:i], lines, true
			break
		}
		lines += int(at.lines)
		if at.row <= folded {
			continue // it is in blocks, though this writer was told otherwise
		}
		for range at.lines {
			chains = append(chains, f.chainOf(&recs[len(chains)]))
		}
	}
	return chains
}

// chainOf returns the chain of the block that r belongs to.
func (f *fold) chainOf(r *interval.Record) *chain {
	at := blockOf(r)
	c := f.blocks[at]
	if c == nil {
		c = &chain{}
		f.blocks[at] = c
		if _, known := f.ids[at.series]; known {
			f.writing++
		} else {
			f.writing += foldSeries
		}
	}
	return c
}

// stored reads into the chains what is in their blocks already.
func (f *fold) stored(ctx context.Context, tx *sql.Tx) error {
	var ids []int64
	days := map[int64]seriesDay{}
	for at := range f.blocks {
		if id, known := f.ids[at.series]; known {
			ids = append(ids, blockID(id, at.day))
			days[blockID(id, at.day)] = at
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return eachBlob(ctx, tx, "SELECT id, data FROM block WHERE id IN", ids, func(id int64, data []byte) (err error) {
		at := days[id]
		f.blocks[at].recs, err = decodeBlock(nil, data, f.site, at.series, at.day)
		return err
	})
}

// block is one block as it is written.
type block struct {
	seriesDay
	data []byte
}

// pack encodes the blocks that have changed, in an order that fills the
// pages of the database well.
func (f *fold) pack() []block {
	var blocks []block
	for at, c := range f.blocks {
		if c.changed {
			blocks = append(blocks, block{at, appendBlock(nil, c.recs, at.day)})
		}
	}
	slices.SortFunc(blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind), cmp.Compare(a.length, b.length), cmp.Compare(a.day, b.day))
	})
	return blocks
}

// storeFold writes the blocks and marks their lines in the inbox as done, both or
// neither. Rows of which nothing waits any more go in passing.
func (w *writer) storeFold(f *fold, blocks []block, stale []dayRun) error {
	for _, b := range blocks {
		id, known := f.ids[b.series]
		if !known {
			if err := w.addSeries.QueryRow(f.siteID, b.meter, b.kind, b.length).Scan(&id); err != nil {
				return err
			}
			f.ids[b.series] = id
		}
		if _, err := w.putBlock.Exec(blockID(id, b.day), b.data); err != nil {
			return err
		}
	}
	mark := f.places[len(f.places)-1].row
	if _, err := w.setFolded.Exec(mark, f.siteID); err != nil {
		return err
	}
	if err := w.addStale(f.siteID, stale, mark); err != nil {
		return err
	}
	if _, err := w.dropRows.Exec(f.drop, maxDrop); err != nil {
		return err
	}
	for name, n := range f.tally {
		if _, err := w.count.Exec(n, string(name)); err != nil {
			return err
		}
	}
	return nil
}
