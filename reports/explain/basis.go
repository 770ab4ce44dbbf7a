package explain

import (
	"context"
	"slices"
	"strings"

	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// basis is what a figure rests on.
type basis struct {
	sites    []*reports.SiteResult
	networks []*reports.NetworkResult
	joint    bool // the match of all sites with all networks stands behind it
}

// apart are the heats and electricities that each site has by itself,
// whatever the others do.
var apart = []string{"e_dc", "e_it", "gisement", "valorisee"}

// separate are the territory's tables whose rows are of single sites.
var separate = []string{"electricity", "rejected", "supplied", "inventory", "places", "energy", "tiers"}

// basis finds the sites and networks behind a figure.
func (l *Library) basis(ctx context.Context, v *volume, f document.Figure) (b basis, err error) {
	b.joint = f.Place.Report != reports.SiteReport && !slices.Contains(separate, f.Place.Table)
	if len(f.Guard.Parts) > 0 {
		b.joint = slices.ContainsFunc(f.Guard.Parts, func(p document.Part) bool {
			return !slices.Contains(apart, p.Heat())
		})
	}
	ids := sitesNamed(v, f)
	for _, s := range v.dossier.Sites {
		if len(ids) == 0 || slices.Contains(ids, s.ID) {
			b.sites = append(b.sites, s)
		}
	}
	if v.site != "" && len(b.sites) == 0 {
		alone, err := l.siteOf(ctx, v.dossier, v.site)
		if err != nil {
			return b, err
		}
		b.sites = append(b.sites, alone)
	}
	if b.joint {
		b.networks = networksBehind(v.dossier, f, b.sites)
	}
	return b, nil
}

// sitesNamed are the sites that a figure's guard or place names; none for a
// figure of the whole territory.
func sitesNamed(v *volume, f document.Figure) (ids []string) {
	if v.site != "" {
		return []string{v.site}
	}
	for _, p := range f.Guard.Parts {
		ids = append(ids, p.Site)
	}
	for _, s := range v.dossier.Sites {
		site, _, _ := strings.Cut(f.Place.Row, "→")
		if site == s.ID || strings.HasSuffix(f.Place.Column, "_"+s.ID) {
			ids = append(ids, s.ID)
		}
	}
	for _, n := range v.dossier.Networks {
		if f.Place.Row == n.Network.ID {
			for _, s := range n.Members {
				ids = append(ids, s.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// networksBehind are those that a figure names, else those of its sites.
func networksBehind(d *reports.Dossier, f document.Figure, sites []*reports.SiteResult) (all []*reports.NetworkResult) {
	for _, n := range d.Networks {
		_, pair, _ := strings.Cut(f.Place.Row, "→")
		if f.Place.Row == n.Network.ID || pair == n.Network.ID {
			return []*reports.NetworkResult{n}
		}
		if slices.ContainsFunc(n.Members, func(s *reports.SiteResult) bool {
			return slices.ContainsFunc(sites, func(o *reports.SiteResult) bool { return o.ID == s.ID })
		}) {
			all = append(all, n)
		}
	}
	return all
}

// recordsOf are the records of a site's period.
func (l *Library) recordsOf(ctx context.Context, s *reports.SiteResult) ([]interval.Record, error) {
	key := s.ID + " " + reports.PeriodID(s.Period)
	if records, read := l.records[key]; read {
		return records, nil
	}
	records, err := l.Source.Records(ctx, s.ID, s.Period.From, s.Period.To)
	l.records[key] = records
	return records, err
}

func siteName(d *reports.Dossier, id string) string {
	for _, s := range d.Sites {
		if s.ID == id {
			return reports.SiteName(s)
		}
	}
	return id
}
