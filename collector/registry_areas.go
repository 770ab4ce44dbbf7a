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

// lookAgain is how long the sites' communes are believed where no site came
// and nothing was declared.
const lookAgain = 10 * time.Minute

// located returns the commune of each site.
func (r *Registry) located() map[string]string {
	ctx := context.Background()
	sites, err := r.Sites(ctx)
	r.mu.Lock()
	lands, fresh := r.lands, r.sites == len(sites) && time.Now().Before(r.until)
	r.mu.Unlock()
	if err != nil || fresh {
		return lands
	}
	lands = make(map[string]string, len(sites))
	for _, site := range sites {
		place, _, err := r.Place(ctx, site)
		if err != nil {
			continue // a site whose card cannot be read lies nowhere
		}
		lands[site] = place.Commune
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lands, r.sites, r.until = lands, len(sites), time.Now().Add(lookAgain)
	return lands
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
// are declared, their courses.
func (r *Registry) Area(ctx context.Context, t configs.Territory) (reports.Area, error) {
	area := reports.Area{Territory: t, Courses: map[string]string{}, Studies: r.studies, Factors: r.known().Factors(), Plan: reports.PlanOf(r.plans, t.SIREN)}
	for _, id := range t.Networks {
		n, ok := r.known().Network(id)
		if !ok {
			continue
		}
		area.Networks = append(area.Networks, *n.Says)
		course, err := r.view.Course(ctx, n)
		if err != nil {
			return area, err
		}
		if course != nil {
			area.Courses[id] = string(course)
		}
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
