package reports

import (
	"context"
	"fmt"
	"slices"

	"thermie/configs"
	"thermie/disclosure"
	"thermie/heat"
)

// Dossier is all that a territory's report says, before words and rounding:
// the sites' results, and the joint match of their heat with each network.
type Dossier struct {
	Area      Area
	Options   Options
	Year      heat.Period
	Sites     []*SiteResult // in the order of their ids, their balances condensed
	Networks  []*NetworkResult
	Secret    map[string]bool // codes of figures that this edition must not show
	Openings  Openings        // fields that operators consented to, or publish
	Secrecy   Secrecy         // the rules of editions for readers who do not see every value
	Protected bool            // this is one of them
	Known     []Outside       // what can be read of the sites elsewhere
	Left      []Unmatched     // sites that no network takes heat from
	Failures  []heat.Failure  // pairs of a site and a network that do not come about
	Missing   []string        // sites that the territory names and the source does not know
	Compared  *Comparison     // with an earlier year; nil where nobody asked
	Since     *SinceFiled     // what has become of this year since it was filed; nil where it was not
}

// Build reads the territory's sites from src and computes its dossier. A
// site whose data cannot be used keeps its place, with the fault; sites that
// src does not know, or cannot describe, are listed as missing.
func Build(ctx context.Context, src Source, area Area, o Options) (*Dossier, error) {
	o, err := o.WithDefaults()
	if err != nil {
		return nil, err
	}
	o.AllowFictitious = o.AllowFictitious || area.Territory.Fictitious
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
	profile, listed := disclosure.ProfileByID(o.Disclosure)
	if !listed {
		return nil, fmt.Errorf("no disclosure profile %q\nhint: -disclosure takes public, authority, engineer or operator", o.Disclosure)
	}
	d := &Dossier{Area: area, Options: o, Year: heat.YearOf(o.Year, MetropolitanOffset)}
	if err := d.learn(ctx, src); err != nil {
		return nil, err
	}
	ids := sortedUnique(area.Territory.Sites)
	sites, err := readSites(ctx, src, ids, known, o)
	if err != nil {
		return nil, err
	}
	for i, site := range sites {
		switch {
		case site == nil:
			d.Missing = append(d.Missing, ids[i])
		case profile.Lists(site.Place.NeverListed, site.Owner(), o.Reader): // else in no list and no count
			d.Sites = append(d.Sites, site)
		}
	}
	d.Area.Territory.Sites = d.ids() // no list of it names a site that is never listed
	if err := d.match(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// learn gathers what is open of the sites, what can be read of them elsewhere,
// and the rules of secrecy on the report's date.
func (d *Dossier) learn(ctx context.Context, src Source) (err error) {
	d.Openings = slices.Clone(d.Options.Openings)
	if c, ok := src.(Consenter); ok {
		open, err := c.Openings(ctx, d.Options.Date)
		if err != nil {
			return fmt.Errorf("what operators consented to: %w", err)
		}
		d.Openings = append(d.Openings, open...)
	}
	d.Openings = append(d.Openings, published(d.Area.Plan.Publications)...)
	if d.Secrecy, err = SecrecyOn(d.Options.Date); err != nil {
		return err
	}
	d.Known, err = readOutside(d.Area.Plan.Outside, d.Options.Year)
	return err
}

// ids are the sites of the dossier, and those that it misses.
func (d *Dossier) ids() []string {
	ids := slices.Clone(d.Missing)
	for _, s := range d.Sites {
		ids = append(ids, s.ID)
	}
	slices.Sort(ids)
	return ids
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
