package registry

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"thermie/configs"
)

// Book is all that is declared, in memory: 10,000 sites are some ten
// megabytes. It is never changed.
type Book struct {
	Mark int64 // of the view, before it was read

	now         func() time.Time
	sites       map[string][]Version[configs.SiteEntry] // by id, each by valid_from
	territories []Version[configs.Territory]
	networks    []Version[configs.Network]
	factors     []Version[configs.Factor]
}

// Sites lists the ids of the declared sites that have not ended, sorted.
func (b *Book) Sites() (ids []string) {
	for id, versions := range b.sites {
		if versions[len(versions)-1].Says != nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Site returns what is declared of a site, by valid_from.
func (b *Book) Site(id string) []Version[configs.SiteEntry] { return b.sites[id] }

// SitesNow returns each declared site as it is now, by id.
func (b *Book) SitesNow() (all []configs.SiteEntry) {
	for _, id := range slices.Sorted(maps.Keys(b.sites)) {
		all = append(all, says(at(b.sites[id], b.now()))...)
	}
	return all
}

// Territories returns the territories of now, by SIREN and millésime.
func (b *Book) Territories() []configs.Territory { return says(at(b.territories, b.now())) }

// Territory finds a territory by its SIREN, the latest millésime of it.
func (b *Book) Territory(siren string) (t configs.Territory, ok bool) {
	for _, one := range slices.Backward(b.Territories()) {
		if one.SIREN == siren {
			return one, true
		}
	}
	return t, false
}

// Networks returns the heat networks of now, by id.
func (b *Book) Networks() []configs.Network { return says(at(b.networks, b.now())) }

// Network finds a network by its id.
func (b *Book) Network(id string) (n Version[configs.Network], ok bool) {
	for _, one := range at(b.networks, b.now()) {
		if one.ID == id {
			return one, true
		}
	}
	return n, false
}

// Factors returns the declared emission factors of now, by id.
func (b *Book) Factors() []configs.Factor { return says(at(b.factors, b.now())) }

func says[T any](versions []Version[T]) (all []T) {
	for _, v := range versions {
		all = append(all, *v.Says)
	}
	return all
}

// at picks, of versions by id and valid_from, what holds at a time.
func at[T any](versions []Version[T], when time.Time) (holding []Version[T]) {
	for i, v := range versions {
		last := i+1 == len(versions) || versions[i+1].ID != v.ID || versions[i+1].ValidFrom.After(when)
		if last && !v.ValidFrom.After(when) && v.Says != nil {
			holding = append(holding, v)
		}
	}
	return holding
}

// territoryID is under which a territory is kept: two millésimes are two.
func territoryID(t configs.Territory) string { return fmt.Sprintf("%s/%d", t.SIREN, t.Year) }
