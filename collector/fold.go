package collector

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"thermie/interval"
)

// When a site is folded, and how much of it at a time.
const (
	foldAt      = 2000             // lines waiting
	foldAge     = 10 * time.Minute // or the oldest waiting so long
	foldTick    = 30 * time.Second // how often ages are looked at
	foldFirst   = 2000             // lines taken by the first fold
	foldMost    = 20000
	maxDrop     = 500                   // rows of the inbox that a fold removes
	foldLongest = 50 * time.Millisecond // appends wait no longer than this for a fold's writing
)

// lastDay is the last day that a block's id has room for: in the year 2149.
const lastDay = 1<<16 - 1

// blockID is the row of a day of a series.
func blockID(seriesID, day int64) int64 { return seriesID<<16 | day }

// foldLoop folds sites when they are due, the fullest first.
func (e *Embedded) foldLoop(ctx context.Context) {
	e.pending.age(time.Now().Add(-foldAge)) // what an earlier run left
	tick := time.NewTicker(foldTick)
	defer tick.Stop()
	for {
		for ctx.Err() == nil {
			site, ok := e.pending.next()
			if !ok {
				break
			}
			if err := e.foldSome(ctx, site); err != nil && ctx.Err() == nil {
				e.pending.setAside(site)
				slog.Error("fold failed, the lines stay in the inbox", "site", site, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-e.wake:
		case now := <-tick.C:
			e.pending.age(now.Add(-foldAge))
		}
	}
}

// Fold moves everything that waits in the inbox into blocks.
func (e *Embedded) Fold(ctx context.Context) error {
	for {
		site, ok := e.pending.next()
		if !ok {
			e.pending.age(time.Now().Add(time.Hour)) // whatever there is
			if site, ok = e.pending.next(); !ok {
				return nil
			}
		}
		if err := e.foldSome(ctx, site); err != nil {
			return fmt.Errorf("fold %s: %w", site, err)
		}
	}
}

// fold is one step: some pieces of one site and the blocks they change.
type fold struct {
	site   string
	siteID int64
	places []place
	lines  int
	drop   int64 // rows of the inbox before this one are of no more use
	ids    map[series]int64
	days   map[seriesDay]*chain
	tally  tally
}

// seriesDay names a block.
type seriesDay struct {
	series
	day int64
}

// foldSome folds as many lines of a site as fit a short transaction. Reading,
// merging and packing happen before it: nothing else changes blocks, and rows
// of the inbox never change, so what was read still holds.
func (e *Embedded) foldSome(ctx context.Context, site string) error {
	e.folding.Lock()
	defer e.folding.Unlock()
	f := &fold{site: site, days: map[seriesDay]*chain{}, tally: tally{}}
	if f.places, f.lines = e.pending.some(site, e.foldStep); f.lines == 0 {
		return nil
	}
	f.drop, _ = e.pending.firstRow()
	if err := f.read(ctx, e.read); err != nil {
		return err
	}
	blocks := f.pack()
	var took time.Duration
	err := e.submit(ctx, func(w *writer) error {
		start := time.Now()
		defer func() { took = time.Since(start) }()
		return w.store(f, blocks)
	}, func() { e.pending.folded(site, len(f.places), f.lines) })
	switch {
	case took > foldLongest/2:
		e.foldStep = max(e.foldStep/2, 1)
	case took < foldLongest/8:
		e.foldStep = min(e.foldStep*2, foldMost)
	}
	return err
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
	f.ids = s.ids
	get, err := tx.PrepareContext(ctx, "SELECT data FROM block WHERE id = ?")
	if err != nil {
		return err
	}
	defer get.Close()
	var failed error
	err = s.eachPiece(ctx, f.places, func(r *interval.Record) {
		at := seriesDay{seriesOf(r), dayOf(r.Start)}
		c := f.days[at]
		if c == nil {
			if c, err = f.stored(get, at); err != nil && failed == nil {
				failed = err
			}
			f.days[at] = c
		}
		c.absorb(r, f.tally)
	})
	return errors.Join(err, failed)
}

// stored reads the block of one day, which is empty if there is none.
func (f *fold) stored(get *sql.Stmt, at seriesDay) (*chain, error) {
	id, known := f.ids[at.series]
	if !known {
		return &chain{}, nil
	}
	var data []byte
	if err := get.QueryRow(blockID(id, at.day)).Scan(&data); err == sql.ErrNoRows {
		return &chain{}, nil
	} else if err != nil {
		return &chain{}, err
	}
	recs, err := decodeBlock(nil, data, f.site, at.series, at.day)
	return &chain{recs: recs}, err
}

// block is a day of a series as it is written.
type block struct {
	seriesDay
	data []byte
}

// pack encodes the blocks that have changed, in an order that fills the
// pages of the database well.
func (f *fold) pack() []block {
	var blocks []block
	for at, c := range f.days {
		if c.changed {
			blocks = append(blocks, block{at, appendBlock(nil, c.recs)})
		}
	}
	slices.SortFunc(blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.meter, b.meter), cmp.Compare(a.kind, b.kind), cmp.Compare(a.length, b.length), cmp.Compare(a.day, b.day))
	})
	return blocks
}

// store writes the blocks and marks their lines in the inbox as done, both or
// neither. Rows of which nothing waits any more go in passing.
func (w *writer) store(f *fold, blocks []block) error {
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
	if _, err := w.setFolded.Exec(f.places[len(f.places)-1].row, f.siteID); err != nil {
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
