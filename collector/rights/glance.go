package rights

import (
	"context"
	"slices"
	"sync"
)

// glance is what one request has seen of the land. A list asks of each of its
// sites several times, and where a site lies takes the whole registry to say.
type glance struct {
	mu     sync.Mutex
	within map[string]map[string]bool // sites by territory
	hidden map[string]bool            // sites that are never listed, or not
}

type glanceKey struct{}

// glancing returns ctx with a glance of its own: for one request and no
// longer, or a site that is hidden since would still be seen.
func glancing(ctx context.Context) context.Context {
	return context.WithValue(ctx, glanceKey{}, &glance{within: map[string]map[string]bool{}, hidden: map[string]bool{}})
}

// lies reports whether a site lies in one of the territories.
func (d *Desk) lies(ctx context.Context, site string, territories []string) bool {
	return d.land != nil && slices.ContainsFunc(territories, func(siren string) bool { return d.sitesOf(ctx, siren)[site] })
}

// sitesOf are the sites of a territory.
func (d *Desk) sitesOf(ctx context.Context, siren string) map[string]bool {
	g, seen := ctx.Value(glanceKey{}).(*glance)
	if seen {
		g.mu.Lock()
		defer g.mu.Unlock()
		if sites, known := g.within[siren]; known {
			return sites
		}
	}
	sites := map[string]bool{}
	for _, site := range d.land.SitesOf(siren) {
		sites[site] = true
	}
	if seen {
		g.within[siren] = sites
	}
	return sites
}

// neverListed reports whether nobody but its own people may learn of a site.
func (d *Desk) neverListed(ctx context.Context, site string) bool {
	if d.land == nil {
		return false
	}
	g, seen := ctx.Value(glanceKey{}).(*glance)
	if !seen {
		return d.land.NeverListed(ctx, site)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, known := g.hidden[site]; !known {
		g.hidden[site] = d.land.NeverListed(ctx, site)
	}
	return g.hidden[site]
}
