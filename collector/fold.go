package collector

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
	foldAt      = 2000             // lines waiting
	foldAge     = 10 * time.Minute // or the oldest waiting so long
	foldTick    = 30 * time.Second // how often ages are looked at
	foldFirst   = 2000             // lines taken by the first fold
	foldMost    = 20000
	foldLongest = 50 * time.Millisecond // appends wait no longer than this for a fold's writing
)

// lastDay is the last day that a block's id has room for: in the year 2149.
const lastDay = 1<<16 - 1

// blockID is the row of a day of a series.
func blockID(seriesID, day int64) int64 { return seriesID<<16 | day }

// foldLoop folds sites when they are due, the fullest first.
func (e *Embedded) foldLoop(ctx context.Context) {
	tick := time.NewTicker(foldTick)
	defer tick.Stop()
	for {
		for ctx.Err() == nil {
			site, ok := e.pending.next(foldAt, time.Now().Add(-foldAge))
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
		case <-tick.C:
		}
	}
}

// Fold moves everything that waits in the inbox into blocks.
func (e *Embedded) Fold(ctx context.Context) error {
	for {
		site, ok := e.pending.next(1, time.Time{})
		if !ok {
			return nil
		}
		if err := e.foldSome(ctx, site); err != nil {
			return fmt.Errorf("fold %s: %w", site, err)
		}
	}
}

// fold is one step: some inbox rows of one site and the blocks they change.
type fold struct {
	site   string
	siteID int64
	lines  int
	last   int64 // id of the newest row taken
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
	if err := f.read(ctx, e.read, e.foldStep); err != nil {
		return err
	}
	blocks := f.pack()
	var took time.Duration
	err := e.submit(ctx, func(w *writer) error {
		start := time.Now()
		defer func() { took = time.Since(start) }()
		return w.store(f, blocks)
	}, func() { e.pending.add(site, -f.lines, time.Time{}) })
	switch {
	case took > foldLongest/2:
		e.foldStep = max(e.foldStep/2, 1)
	case took < foldLongest/8:
		e.foldStep = min(e.foldStep*2, foldMost)
	}
	return err
}

// read takes the oldest lines of the site, about as many as wanted, and
// merges them into the blocks that they belong to.
func (f *fold) read(ctx context.Context, db *sql.DB, wanted int) error {
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
	var recs []interval.Record
	err = s.eachRow(ctx, func(row int64, lines []byte) (more bool, err error) {
		f.last = row
		err = eachLine(lines, func(r *interval.Record) { recs = append(recs, *r) })
		return len(recs) < wanted, err
	})
	if err != nil {
		return err
	}
	f.lines = len(recs)
	get, err := tx.PrepareContext(ctx, "SELECT data FROM block WHERE id = ?")
	if err != nil {
		return err
	}
	defer get.Close()
	for i := range recs {
		at := seriesDay{seriesOf(&recs[i]), dayOf(recs[i].Start)}
		if f.days[at] == nil {
			if f.days[at], err = f.stored(get, at); err != nil {
				return err
			}
		}
		f.days[at].absorb(&recs[i], f.tally)
	}
	return nil
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
		return nil, err
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

// store writes the blocks and takes their lines out of the inbox, both or
// neither.
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
	if _, err := w.dropLines.Exec(f.siteID, f.last); err != nil {
		return err
	}
	for name, n := range f.tally {
		if _, err := w.count.Exec(n, string(name)); err != nil {
			return err
		}
	}
	return nil
}
