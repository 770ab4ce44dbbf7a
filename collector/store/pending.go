package store

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// pending knows where in the inbox the lines of each site wait to be folded,
// and since when. It is made anew from the inbox when the store opens; a
// table or an index of it would be written with every request.
type pending struct {
	mu    sync.Mutex
	sites map[string]*waiting
	due   []string // sites that wait for a folder, once each, in that order
	late  int      // how many of them have more than enough lines
	total int64    // lines

	first int64   // the oldest row of which something waits
	live  []int32 // pieces that wait in each row from first on
}

// waiting is what one site has in the inbox.
type waiting struct {
	places []place // in the order of arrival
	lines  int
	enough int // lines to fold it at
	since  time.Time
	due    bool // stands in pending.due
	late   bool // is counted in pending.late
	busy   bool // being folded
	stuck  bool // folding failed; it is tried again when its time comes
}

// arrive notes pieces that are now in the inbox, and reports whether a site
// is due.
func (p *pending) arrive(arrivals []arrival, now time.Time) (due bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sites == nil {
		p.sites = map[string]*waiting{}
	}
	for i := range arrivals {
		a := &arrivals[i]
		w := p.sites[a.site]
		if w == nil {
			// Sites that send alike do not become due in one moment.
			w = &waiting{since: now, enough: foldAt/2 + rand.IntN(foldAt)}
			p.sites[a.site] = w
		}
		before := w.lines
		w.places = append(w.places, a.place)
		w.lines += int(a.lines)
		p.total += int64(a.lines)
		p.mark(a.row)
		if before < w.enough && w.lines >= w.enough {
			p.queue(a.site, w)
		}
	}
	return len(p.due) > 0
}

// queue makes a site due, unless it is, or will be looked at when it is
// released.
func (p *pending) queue(site string, w *waiting) {
	if !w.due && !w.busy {
		w.due = true
		p.due = append(p.due, site)
	}
	if w.due && !w.late && w.lines >= w.enough {
		w.late = true
		p.late++
	}
}

// mark counts a piece that waits in a row.
func (p *pending) mark(row int64) {
	if len(p.live) == 0 {
		p.first = row
	}
	for int64(len(p.live)) <= row-p.first {
		p.live = append(p.live, 0)
	}
	p.live[row-p.first]++
}

// next returns a site that is due, and keeps it from others until it is
// released; ok is false if there is none.
func (p *pending) next() (site string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.due) > 0 {
		site, p.due = p.due[0], p.due[1:]
		w := p.sites[site]
		if w.late {
			p.late--
		}
		w.due, w.late = false, false
		if !w.stuck {
			w.busy = true
			return site, true
		}
	}
	return "", false
}

// release gives a site back. What is left of it is due again if it is much.
func (p *pending) release(site string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.sites[site]
	switch {
	case w == nil:
	case len(w.places) == 0:
		delete(p.sites, site)
	default:
		w.busy, w.since = false, time.Now() // what is left is about as young
		if w.lines >= w.enough {
			p.queue(site, w)
		}
	}
}

// overdue returns how many sites wait for their turn because of how much they
// have. Those that are due by age alone are no sign of a store that cannot
// follow: they come in crowds, as agents send.
func (p *pending) overdue() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.late
}

// age makes every site due of which something waits since before then.
func (p *pending) age(before time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for site, w := range p.sites {
		if w.since.Before(before) {
			w.stuck = false
			p.queue(site, w)
		}
	}
}

// some returns the oldest pieces of a site, about as many lines as wanted:
// all or none of those that share a row, because a site's mark is a row.
func (p *pending) some(site string, wanted int) (places []place, lines int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.sites[site]
	if w == nil {
		return nil, 0
	}
	n := 0
	for ; n < len(w.places); n++ {
		if lines >= wanted && w.places[n].row != w.places[n-1].row {
			break
		}
		lines += int(w.places[n].lines)
	}
	return slices.Clone(w.places[:n]), lines
}

// all returns every piece of a site.
func (p *pending) all(site string) []place {
	places, _ := p.some(site, int(^uint(0)>>1))
	return places
}

// folded forgets the first n pieces of a site.
func (p *pending) folded(site string, n, lines int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.sites[site]
	for _, at := range w.places[:n] {
		p.live[at.row-p.first]--
	}
	w.places = slices.Delete(w.places, 0, n)
	w.lines -= lines
	p.total -= int64(lines)
	dead := 0
	for dead < len(p.live) && p.live[dead] == 0 {
		dead++
	}
	p.live = slices.Delete(p.live, 0, dead)
	p.first += int64(dead)
}

// firstRow returns the oldest row of which something waits, and false if
// nothing does.
func (p *pending) firstRow() (row int64, any bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.first, len(p.live) > 0
}

// lines returns how many lines of all sites wait.
func (p *pending) lines() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.total
}

// setAside takes a site whose lines cannot be folded out of the way of the
// others.
func (p *pending) setAside(site string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.sites[site]; w != nil {
		w.stuck, w.since = true, time.Now()
	}
}
