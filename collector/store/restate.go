package store

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// When a site's roll-ups and balances are written anew, and how much of it
// in one transaction.
const (
	restateAge  = time.Hour      // after the first line that made something stale
	restateTick = time.Minute    // how often ages are looked at
	restateDays = 31             // days at once
	restateMost = 400            // months of roll-ups in one transaction
	recheckAge  = 24 * time.Hour // after which a registry may say something else of any site
)

// restating knows which sites have stale days, and since when.
type restating struct {
	turn sync.Mutex // held from reading to writing

	mu      sync.Mutex
	since   map[string]time.Time
	checked time.Time // when every site's cards were last compared with its balances
}

// add notes that a site has something stale.
func (r *restating) add(site string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.since == nil {
		r.since = map[string]time.Time{}
	}
	if _, known := r.since[site]; !known {
		r.since[site] = now
	}
}

// recheck asks for all sites to be looked at.
func (r *restating) recheck() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.checked = time.Time{}
}

// due takes the sites of which something has been stale since before then;
// once a day it asks for all to be looked at.
func (r *restating) due(before time.Time) (sites []string, all bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for site, since := range r.since {
		if !since.After(before) {
			sites = append(sites, site)
			delete(r.since, site)
		}
	}
	slices.Sort(sites)
	if all = before.Sub(r.checked) > recheckAge; all {
		r.checked = before
	}
	return sites, all
}

// restater writes roll-ups and balances anew until ctx ends. It gives way to
// whoever appends: what it leaves stale is computed by who reads it.
func (e *Embedded) restater(ctx context.Context) {
	tick := time.NewTicker(restateTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			if e.pending.overdue() == 0 {
				e.restateDue(ctx, now.Add(-restateAge))
			}
		}
	}
}

// restateDue restates the sites that have been stale since before then. What
// fails is tried again later.
func (e *Embedded) restateDue(ctx context.Context, before time.Time) {
	sites, all := e.restating.due(before)
	if all {
		var err error
		if sites, err = e.Sites(ctx); err != nil {
			e.restating.recheck()
			return
		}
	}
	for i, site := range sites {
		if ctx.Err() != nil || e.pending.overdue() > 0 {
			for _, left := range sites[i:] {
				e.restating.add(left, before)
			}
			return
		}
		if err := e.restate(ctx, site); err != nil && ctx.Err() == nil {
			slog.Error("roll-ups and balances stay stale, readers compute them", "site", site, "error", err)
			e.restating.add(site, time.Now())
		}
	}
}

// Restate writes the roll-ups and balances of all sites anew where something
// newer has come.
func (e *Embedded) Restate(ctx context.Context) error {
	sites, err := e.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		if err := e.restate(ctx, site); err != nil {
			return fmt.Errorf("restate %s: %w", site, err)
		}
	}
	return nil
}

// restate writes what is stale of a site anew, some days after the other.
func (e *Embedded) restate(ctx context.Context, site string) error {
	for {
		done, err := e.restateSome(ctx, site)
		if done || err != nil {
			return err
		}
	}
}

// restateSome restates some days; done means that none is left.
func (e *Embedded) restateSome(ctx context.Context, site string) (done bool, err error) {
	e.restating.turn.Lock() // what one has read, no other may replace before it writes
	defer e.restating.turn.Unlock()
	b, err := e.boundary(ctx, site)
	if err != nil {
		return false, err
	}
	var r *restatement
	err = e.view(ctx, site, func(s *siteView) (err error) {
		s.places = nil // what is not folded yet makes its days stale when it is
		r, err = s.restatement(ctx, &b)
		return err
	})
	if err != nil || r == nil {
		return true, err
	}
	for months := range slices.Chunk(r.rollups, restateMost) {
		if err := e.submit(ctx, func(w *writer) error { return w.putMonths(ctx, r.site, months) }, nil); err != nil {
			return false, err
		}
	}
	return false, e.submit(ctx, func(w *writer) error { return w.storeRestatement(ctx, r) }, nil)
}
