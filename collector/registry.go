package collector

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
)

// Registry knows the sites, territories and networks: the agents' cards from
// the store, with the declarations of the configuration laid over them. It
// is the source of every report, so a corrected declaration corrects the
// past as well, and the store stays what the agents said.
type Registry struct {
	store store.Store
	sites map[string]interval.Site // declared

	territories []configs.Territory
	networks    []configs.Network
}

// NewRegistry makes the registry of cfg over a store.
func NewRegistry(cfg *configs.Collector, over store.Store) *Registry {
	r := &Registry{store: over, sites: map[string]interval.Site{}, territories: cfg.Territories, networks: cfg.Networks}
	for _, s := range cfg.Sites {
		r.sites[s.ID] = s.Site
	}
	over.Describe(r.Cards)
	return r
}

// Territories returns the configured territories.
func (r *Registry) Territories() []configs.Territory { return r.territories }

// Networks returns the configured heat networks.
func (r *Registry) Networks() []configs.Network { return r.networks }

// Territory finds a territory by its SIREN, the latest millésime of it.
func (r *Registry) Territory(siren string) (t configs.Territory, ok bool) {
	for _, one := range r.territories {
		if one.SIREN == siren && (!ok || one.Year > t.Year) {
			t, ok = one, true
		}
	}
	return t, ok
}

// Network finds a network by its id.
func (r *Registry) Network(id string) (configs.Network, bool) {
	i := slices.IndexFunc(r.networks, func(n configs.Network) bool { return n.ID == id })
	if i < 0 {
		return configs.Network{}, false
	}
	return r.networks[i], true
}

// Sites returns the ids of all sites, sending or declared, sorted.
func (r *Registry) Sites(ctx context.Context) ([]string, error) {
	sites, err := r.store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for id := range r.sites {
		sites = append(sites, id)
	}
	slices.Sort(sites)
	return slices.Compact(sites), nil
}

// Cards returns a site's cards. What is declared of the site replaces that
// part of every version of its card; a site without an agent has one card,
// valid since ever.
func (r *Registry) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	cards, err := r.store.Cards(ctx, site)
	if err != nil {
		return nil, err
	}
	declared, ok := r.sites[site]
	if !ok {
		return cards, nil
	}
	described := false
	for i := range cards {
		if cards[i].Place != nil {
			described = true
			cards[i].Place = overlay(*cards[i].Place, declared)
		}
	}
	if described {
		return cards, nil
	}
	place := overlay(interval.Site{Data: interval.DeclaredData}, declared)
	cards = append(cards, interval.Card{Site: site, Meter: interval.SiteCard, Place: place})
	slices.SortStableFunc(cards, func(a, b interval.Card) int {
		return cmp.Or(cmp.Compare(a.Meter, b.Meter), cmp.Compare(a.ValidFrom, b.ValidFrom))
	})
	return cards, nil
}

// Records returns a site's merged records; see store.Store.
func (r *Registry) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return r.store.Records(ctx, site, from, to)
}

// Events returns a site's events; see store.Store.
func (r *Registry) Events(ctx context.Context, site string, from, to time.Time) ([]interval.Event, error) {
	return r.store.Events(ctx, site, from, to)
}

// Span returns when a site's intervals begin and end; see store.Store.
func (r *Registry) Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error) {
	return r.store.Span(ctx, site)
}

// Place returns the latest description of a site; ok is false if there is
// none.
func (r *Registry) Place(ctx context.Context, site string) (place interval.Site, ok bool, err error) {
	cards, err := r.Cards(ctx, site)
	for _, c := range cards { // sorted by ValidFrom: the last one stands
		if c.Place != nil {
			place, ok = *c.Place, true
		}
	}
	return place, ok, err
}

// Around returns the territory that names a site, or one without a name
// where none does.
func (r *Registry) Around(site string) configs.Territory {
	for _, t := range r.territories {
		if slices.Contains(t.Sites, site) {
			return t
		}
	}
	return configs.Territory{}
}

// Serves returns the territory that names a network.
func (r *Registry) Serves(network string) (configs.Territory, bool) {
	i := slices.IndexFunc(r.territories, func(t configs.Territory) bool { return slices.Contains(t.Networks, network) })
	if i < 0 {
		return configs.Territory{}, false
	}
	return r.territories[i], true
}

// Area returns a territory with the networks that serve it.
func (r *Registry) Area(t configs.Territory) reports.Area {
	area := reports.Area{Territory: t}
	for _, id := range t.Networks {
		if n, ok := r.Network(id); ok {
			area.Networks = append(area.Networks, n)
		}
	}
	return area
}

// Walk hands over every interval of a site; see store.Store.
func (r *Registry) Walk(ctx context.Context, site string, each func(*interval.Record) error) error {
	return r.store.Walk(ctx, site, each)
}

// overlay returns base with every field that is set in over.
func overlay(base, over interval.Site) *interval.Site {
	into, from := reflect.ValueOf(&base).Elem(), reflect.ValueOf(over)
	for i := range from.NumField() {
		if field := from.Field(i); !field.IsZero() {
			into.Field(i).Set(field)
		}
	}
	return &base
}
