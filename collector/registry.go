package collector

import (
	"context"
	"slices"
	"sync"
	"time"

	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// Registry knows the sites, territories and networks: the agents' cards from
// the store, with what is declared laid over them. It is the source of every
// report. What is declared stands beside what the agents said and never
// changes it.
type Registry struct {
	store   store.Store
	view    registry.View
	studies []configs.Study // what engineers state; not declared, but configured
	plans   []configs.Plan  // what authorities state, likewise

	desk *rights.Desk // what operators consented to; nil where nobody keeps rights

	mu    sync.Mutex
	book  *registry.Book
	lands map[string]string // communes by site
	until time.Time         // when lands are looked up again
	sites int               // how many sites lands were looked up for

	unlocated error // why nobody can say where some of them lie
}

// NewRegistry lays what is declared over what a store knows. What cfg
// declares is declared anew where it changed.
func NewRegistry(ctx context.Context, cfg *configs.Collector, over store.Store, declared *registry.DB) (*Registry, registry.Changes, error) {
	changes, err := declared.Follow(ctx, cfg.Declared())
	if err != nil {
		return nil, changes, err
	}
	r := &Registry{store: over, view: declared.Now(), studies: cfg.Studies, plans: cfg.Plans}
	if with, ok := over.(released); ok {
		r.desk = with.desk
	}
	if r.book, err = r.view.Book(ctx); err != nil {
		return nil, changes, err
	}
	over.Describe(r.Cards)
	return r, changes, nil
}

// known returns what is declared, read again when more has been said. Where
// that fails, what was known before stands.
func (r *Registry) known() *registry.Book {
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx := context.Background()
	if mark, err := r.view.Mark(ctx); err != nil || mark == r.book.Mark {
		return r.book
	}
	if book, err := r.view.Book(ctx); err == nil {
		r.book, r.until = book, time.Time{}
	}
	return r.book
}

// Networks returns the heat networks.
func (r *Registry) Networks() []configs.Network { return r.known().Networks() }

// Network finds a network by its id.
func (r *Registry) Network(id string) (configs.Network, bool) {
	n, ok := r.known().Network(id)
	if !ok {
		return configs.Network{}, false
	}
	return *n.Says, true
}

// Sites returns the ids of all sites, sending or declared, sorted.
func (r *Registry) Sites(ctx context.Context) ([]string, error) {
	sites, err := r.store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	sites = append(sites, r.known().Sites()...)
	slices.Sort(sites)
	return slices.Compact(sites), nil
}

// Hours returns what a site's merged records say by UTC hour; see store.Store.
func (r *Registry) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return r.store.Hours(ctx, site, from, to)
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

// Walk hands over every interval of a site; see store.Store.
func (r *Registry) Walk(ctx context.Context, site string, each func(*interval.Record) error) error {
	return r.store.Walk(ctx, site, each)
}
