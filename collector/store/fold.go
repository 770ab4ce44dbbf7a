package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"thermie/interval"
)

// When a site is folded, and how much of it at a time.
const (
	foldAt      = 6000             // lines waiting, or half as many more or less: a day of forty series, so that few blocks are written twice
	foldAge     = 10 * time.Minute // or the oldest waiting so long
	foldTick    = 30 * time.Second // how often ages are looked at
	foldFirst   = 6000             // lines taken by the first fold
	foldLeast   = 2000             // and by a fold on a slow disk
	foldMost    = 20000
	maxDrop     = 500 // rows of the inbox that a fold removes
	folders     = 3
	foldLongest = 50 * time.Millisecond // appends wait no longer than this for a fold's writing
)

// lastDay is the last day that a block's id has room for: in the year 2149.
const lastDay = 1<<16 - 1

// blockID is the row of the block of a series that begins with a day.
func blockID(seriesID, day int64) int64 { return seriesID<<16 | day }

// folder moves lines from the inbox into blocks. Several work at once, each
// on another site: while one waits for the disk, another computes.
type folder struct {
	*Embedded
	step int // lines that the next fold takes
}

// run folds sites when they are due, those that became so first first.
func (f *folder) run(ctx context.Context) {
	tick := time.NewTicker(foldTick)
	defer tick.Stop()
	for {
		for ctx.Err() == nil && f.turn(ctx) {
		}
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case now := <-tick.C:
			f.pending.age(now.Add(-foldAge))
		}
	}
}

// turn folds some of the next site; false means that none is due.
func (f *folder) turn(ctx context.Context) bool {
	f.folding.RLock()
	defer f.folding.RUnlock()
	site, ok := f.pending.next()
	if !ok {
		return false
	}
	f.rouse() // there may be work for another one
	if err := f.some(ctx, site); err != nil && ctx.Err() == nil {
		f.pending.setAside(site)
		slog.Error("fold failed, the lines stay in the inbox", "site", site, "error", err)
	}
	return true
}

// rouse wakes a folder, unless one is about to look anyway.
func (e *Embedded) rouse() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Fold moves everything that waits in the inbox into blocks.
func (e *Embedded) Fold(ctx context.Context) error {
	e.folding.Lock() // after what the folders are at
	defer e.folding.Unlock()
	f := &folder{e, foldFirst}
	for {
		site, ok := e.pending.next()
		if !ok {
			e.pending.age(time.Now().Add(time.Hour)) // whatever there is
			if site, ok = e.pending.next(); !ok {
				return nil
			}
		}
		if err := f.some(ctx, site); err != nil {
			return fmt.Errorf("fold %s: %w", site, err)
		}
	}
}

// fold is one step: some pieces of one site and the blocks they change.
type fold struct {
	site     string
	siteID   int64
	places   []place
	lines    int
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

// some folds as many lines of a site as fit a short transaction. Reading,
// merging and packing happen before it: nobody else changes the site's
// blocks, and rows of the inbox never change, so what was read still holds.
func (f *folder) some(ctx context.Context, site string) error {
	defer f.pending.release(site)
	one := &fold{site: site, blocks: map[seriesDay]*chain{}, tally: tally{}}
	if one.places, one.lines = f.pending.some(site, f.step); one.lines == 0 {
		return nil
	}
	one.drop, _ = f.pending.firstRow()
	if err := one.read(ctx, f.Embedded.read); err != nil {
		return err
	}
	blocks := one.pack()
	var took time.Duration
	err := f.submit(ctx, func(w *writer) error {
		start := time.Now()
		defer func() { took = time.Since(start) }()
		return w.storeFold(one, blocks)
	}, func() {
		f.pending.folded(site, len(one.places), one.lines)
		f.restating.add(site, time.Now())
	})
	if err != nil {
		return err // the writer may still be at it
	}
	switch {
	case took > foldLongest/2:
		f.step = max(f.step/2, foldLeast)
	case took < foldLongest/8:
		f.step = min(f.step*2, foldMost)
	}
	return nil
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
	if err := f.stored(ctx, tx, recs); err != nil {
		return err
	}
	for i := range recs {
		f.blocks[blockOf(&recs[i])].absorb(&recs[i], f.tally)
	}
	return nil
}

// stored makes a chain for every block that the records touch, of what is in
// it already.
func (f *fold) stored(ctx context.Context, tx *sql.Tx, recs []interval.Record) error {
	var ids []int64
	days := map[int64]seriesDay{}
	for i := range recs {
		at := blockOf(&recs[i])
		if f.blocks[at] != nil {
			continue
		}
		f.blocks[at] = &chain{}
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
func (w *writer) storeFold(f *fold, blocks []block) error {
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
	for _, day := range f.stale() {
		if err := w.addStale(f.siteID, day, mark); err != nil {
			return err
		}
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
