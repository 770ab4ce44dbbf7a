package store

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// When a site is folded, and how much of it at a time.
const (
	foldAt      = 6000             // lines waiting, or half as many more or less: a day of forty series, so that few blocks are written twice
	foldAge     = 10 * time.Minute // or the oldest waiting so long
	foldTick    = 30 * time.Second // how often ages are looked at
	foldFirst   = 6000             // lines taken by the first fold
	foldLeast   = 2000             // and by a fold on a slow disk
	foldMost    = 20000
	foldBlocks  = 2000 // blocks after which a fold takes no more, however few its lines
	foldSeries  = 4    // blocks that one more counts for that is the first of its series
	maxDrop     = 500  // rows of the inbox that a fold removes
	folders     = 3
	foldLongest = 50 * time.Millisecond // appends wait no longer than this for a fold's writing
)

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

// some folds some lines of a site, in steps that each fit a short transaction.
// Reading, merging and packing happen before it: nobody else changes the site's
// blocks, and rows of the inbox never change, so what was read still holds.
func (f *folder) some(ctx context.Context, site string) error {
	defer f.pending.release(site)
	for more := true; more; {
		one := &fold{site: site, blocks: map[seriesDay]*chain{}, tally: tally{}}
		if one.places, one.lines = f.pending.some(site, f.step); one.lines == 0 {
			return nil
		}
		one.drop, _ = f.pending.firstRow()
		if err := one.read(ctx, f.Embedded.read); err != nil {
			return err
		}
		if err := f.write(ctx, one); err != nil {
			return err // the writer may still be at it
		}
		more = one.cut
	}
	return nil
}

// write hands a fold to the writer, and takes more or less the next time as
// the writing was short or long.
func (f *folder) write(ctx context.Context, one *fold) error {
	blocks, stale := one.pack(), one.stale()
	var took time.Duration
	err := f.submit(ctx, func(w *writer) error {
		start := time.Now()
		defer func() { took = time.Since(start) }()
		return w.storeFold(one, blocks, stale)
	}, func() {
		f.pending.folded(one.site, len(one.places), one.lines)
		f.restating.add(one.site, time.Now())
	})
	if err != nil {
		return err
	}
	switch {
	case took > foldLongest/2:
		f.step = max(f.step/2, foldLeast)
	case took < foldLongest/8:
		f.step = min(f.step*2, foldMost)
	}
	return nil
}
