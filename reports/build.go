package reports

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"thermie/configs"
	"thermie/heat"
)

// Dossier is all that a territory's report says, before words and rounding:
// the sites' results, and the joint match of their heat with each network.
type Dossier struct {
	Area     Area
	Options  Options
	Year     heat.Period
	Sites    []*SiteResult // in the order of their ids
	Networks []*NetworkResult
	Secret   map[string]bool // codes of figures that this edition must not show
	Left     []Unmatched     // sites that no network takes heat from
	Failures []heat.Failure  // pairs of a site and a network that do not come about
	Missing  []string        // sites that the territory names and the source does not know
}

// Build reads the territory's sites from src and computes its dossier. A
// site whose data cannot be used keeps its place, with the fault; sites that
// src does not know, or cannot describe, are listed as missing.
func Build(ctx context.Context, src Source, area Area, o Options) (*Dossier, error) {
	o, err := o.WithDefaults()
	if err != nil {
		return nil, err
	}
	if err := area.refuseFictitious(o); err != nil {
		return nil, err
	}
	area.Networks = slices.Clone(area.Networks)
	for i, n := range area.Networks {
		area.Networks[i] = n.Of(o.Year)
	}
	known, err := src.Sites(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the sites: %w", err)
	}
	d := &Dossier{Area: area, Options: o, Year: heat.YearOf(o.Year, MetropolitanOffset)}
	ids := sortedUnique(area.Territory.Sites)
	told := o.step("sites")
	for i, id := range ids {
		if told != nil {
			told(i, len(ids))
		}
		if !slices.Contains(known, id) {
			d.Missing = append(d.Missing, id)
			continue
		}
		site, err := ReadSite(ctx, src, id, o)
		if errors.Is(err, ErrNoCard) {
			d.Missing = append(d.Missing, id)
			continue
		}
		if err != nil {
			return nil, err
		}
		if site.Place.NeverListed {
			continue // a dossier names its sites, and this one is in no list
		}
		d.Sites = append(d.Sites, site)
	}
	if err := d.match(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// MetropolitanOffset is the standard time of metropolitan France, UTC+1, in
// minutes: the reporting year of a territory.
const MetropolitanOffset = 60

func sortedUnique(ids []string) []string {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// Fictitious reports whether any part of the dossier belongs to the
// demonstration.
func (d *Dossier) Fictitious() bool {
	if d.Area.Territory.Fictitious {
		return true
	}
	return slices.ContainsFunc(d.Sites, func(s *SiteResult) bool { return s.Place.Fictitious }) ||
		slices.ContainsFunc(d.Area.Networks, func(n configs.Network) bool { return n.Fictitious })
}

// Outside returns the sites that stay out of the annual totals.
func (d *Dossier) Outside() []*SiteResult {
	var out []*SiteResult
	for _, s := range d.Sites {
		if !s.Annual() {
			out = append(out, s)
		}
	}
	return out
}

// Operators returns how many operators the sites have, by SIREN where it is
// known and by name where it is not: the unit of statistical secrecy.
func (d *Dossier) Operators() int {
	who := map[string]bool{}
	for _, s := range d.Sites {
		who[s.Owner()] = true
	}
	return len(who)
}
