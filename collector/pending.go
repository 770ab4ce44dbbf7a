package collector

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// pending knows how many lines of each site wait to be folded, and since
// when.
type pending struct {
	mu    sync.Mutex
	sites map[string]waiting
}

type waiting struct {
	lines int
	since time.Time
	stuck bool // folding failed; a restart tries again
}

// load counts what an earlier run left in the inbox.
func (p *pending) load(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT name, sum(count) FROM inbox JOIN site ON site.id = inbox.site GROUP BY site.id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var site string
		var lines int
		if err := rows.Scan(&site, &lines); err != nil {
			return err
		}
		p.add(site, lines, time.Time{}) // an old one is due at once
	}
	return rows.Err()
}

// add counts lines of a site and returns how many wait now.
func (p *pending) add(site string, lines int, now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sites == nil {
		p.sites = map[string]waiting{}
	}
	w, ok := p.sites[site]
	if !ok {
		w.since = now
	}
	w.lines += lines
	p.sites[site] = w
	if w.lines == 0 {
		delete(p.sites, site)
	}
	return w.lines
}

// next returns the site with the most lines of those that have at least
// this many, or wait since before then; ok is false if there is none.
func (p *pending) next(atLeast int, before time.Time) (site string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	most := 0
	for name, w := range p.sites {
		if !w.stuck && w.lines > most && (w.lines >= atLeast || w.since.Before(before)) {
			site, most, ok = name, w.lines, true
		}
	}
	return site, ok
}

// lines returns how many lines of all sites wait.
func (p *pending) lines() (n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.sites {
		n += int64(w.lines)
	}
	return n
}

// setAside takes a site whose lines cannot be folded out of the way of the
// others.
func (p *pending) setAside(site string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.sites[site]
	w.stuck = true
	p.sites[site] = w
}
