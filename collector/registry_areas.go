package collector

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/collector/registry"
	"thermie/configs"
	"thermie/reports"
)

// Territories returns the territories, each with the sites that it names and
// those whose commune is one of its own.
func (r *Registry) Territories() []configs.Territory {
	all := r.known().Territories()
	lands := r.located()
	for i := range all {
		all[i] = inhabited(all[i], lands)
	}
	return all
}

// Territory finds a territory by its SIREN, the latest millésime of it.
func (r *Registry) Territory(siren string) (configs.Territory, bool) {
	t, ok := r.known().Territory(siren)
	if ok {
		t = inhabited(t, r.located())
	}
	return t, ok
}

// inhabited adds the sites of a territory's communes to those it names. The
// commune's code decides, never the coordinates.
func inhabited(t configs.Territory, lands map[string]string) configs.Territory {
	t.Sites = slices.Clone(t.Sites)
	for site, commune := range lands {
		if commune != "" && !slices.Contains(t.Sites, site) && registry.Within(t, commune) {
			t.Sites = append(t.Sites, site)
		}
	}
	slices.Sort(t.Sites)
	return t
}

// How long the sites' communes are believed where no site came and nothing was
// declared: all of them, or those that could be read.
const (
	lookAgain     = 10 * time.Minute
	lookAgainSoon = time.Minute
)

// located returns the commune of each site.
func (r *Registry) located() map[string]string {
	ctx := context.Background()
	sites, err := r.Sites(ctx)
	r.mu.Lock()
	lands, fresh := r.lands, r.sites == len(sites) && time.Now().Before(r.until)
	r.mu.Unlock()
	if err == nil && fresh {
		return lands
	}
	if err == nil {
		lands, err = r.look(ctx, sites, lands)
	}
	believed := lookAgain
	if err != nil {
		believed = lookAgainSoon
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lands, r.sites, r.until, r.unlocated = lands, len(sites), time.Now().Add(believed), err
	return lands
}

// look reads the sites' communes anew. A site whose card cannot be read lies
// where it lay before.
func (r *Registry) look(ctx context.Context, sites []string, before map[string]string) (lands map[string]string, err error) {
	lands = make(map[string]string, len(sites))
	for _, site := range sites {
		place, _, fault := r.Place(ctx, site)
		if fault != nil {
			place.Commune, err = before[site], fault
		}
		lands[site] = place.Commune
	}
	return lands, err
}

// whole returns an error where a site may lie in a territory's communes and
// nobody can say: a report would lack it unseen.
func (r *Registry) whole(t configs.Territory) error {
	r.located()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.unlocated == nil || len(t.Communes) == 0 {
		return nil
	}
	return fmt.Errorf("which sites lie in %s is not known: %w", t.Name, r.unlocated)
}

// Around returns the territory of a site, or one without a name where there
// is none.
func (r *Registry) Around(site string) configs.Territory {
	for _, t := range r.Territories() {
		if slices.Contains(t.Sites, site) {
			return t
		}
	}
	return configs.Territory{}
}

// Serves returns the territory that names a network.
func (r *Registry) Serves(network string) (configs.Territory, bool) {
	all := r.Territories()
	i := slices.IndexFunc(all, func(t configs.Territory) bool { return slices.Contains(t.Networks, network) })
	if i < 0 {
		return configs.Territory{}, false
	}
	return all[i], true
}

// Area returns a territory with the networks that serve it and, where they
// are declared, their courses and their own hours.
func (r *Registry) Area(ctx context.Context, t configs.Territory) (reports.Area, error) {
	if err := r.whole(t); err != nil {
		return reports.Area{}, err
	}
	area := reports.Area{Territory: t, Courses: map[string]string{}, Studies: r.studies, Factors: r.known().Factors(), Plan: reports.PlanOf(r.plans, t.SIREN)}
	for _, id := range t.Networks {
		n, ok := r.known().Network(id)
		if !ok {
			continue
		}
		course, err := r.view.Course(ctx, n)
		if err != nil {
			return area, err
		}
		hours, err := r.view.Hours(ctx, *n.Says)
		if err != nil {
			return area, err
		}
		network := *n.Says
		network.DemandHours = string(hours)
		if course != nil {
			area.Courses[id], network.GeometryFile = string(course), "" // which is wherever it was declared
		}
		area.Networks = append(area.Networks, network)
	}
	return area, nil
}

// AreaOf implements reports.Atlas.
func (r *Registry) AreaOf(siren string) (reports.Area, error) {
	t, ok := r.Territory(siren)
	if !ok {
		return reports.Area{}, fmt.Errorf("no territory with SIREN %q is declared\nhint: thermie registry declare territory siren=%s, or list it under territories in the configuration", siren, siren)
	}
	return r.Area(context.Background(), t)
}
