package collector

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"thermie/collector/registry"
	"thermie/configs"
	"thermie/interval"
)

// Cards returns a site's cards. What is declared of the site replaces that
// part of every version of its card from the day on from which it holds; a
// site without an agent has a card for each declaration.
func (r *Registry) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	said, err := r.store.Cards(ctx, site)
	declared := r.known().Site(site)
	if err != nil || len(declared) == 0 {
		return said, err
	}
	var places, cards []interval.Card
	for _, c := range said {
		if c.Place != nil {
			places = append(places, c)
		} else {
			cards = append(cards, c)
		}
	}
	cards = append(cards, laidOver(site, places, declared)...)
	slices.SortStableFunc(cards, func(a, b interval.Card) int {
		return cmp.Or(cmp.Compare(a.Meter, b.Meter), cmp.Compare(a.ValidFrom, b.ValidFrom))
	})
	return cards, nil
}

// laidOver gives the cards of a place that follow from those of its agent and
// from what is declared: one for each moment at which either changes.
func laidOver(site string, places []interval.Card, declared []registry.Version[configs.SiteEntry]) (cards []interval.Card) {
	var changes []int64
	for _, p := range places {
		changes = append(changes, p.ValidFrom)
	}
	for _, d := range declared {
		if from := unix(d.ValidFrom); len(places) == 0 || from > places[0].ValidFrom {
			changes = append(changes, from)
		}
	}
	slices.Sort(changes)
	for _, from := range slices.Compact(changes) {
		card := interval.Card{Site: site, Meter: interval.SiteCard, ValidFrom: from, Place: &interval.Site{Data: interval.DeclaredData}}
		agent := false
		for _, p := range places {
			if p.ValidFrom <= from {
				card, agent = p, true
			}
		}
		card.ValidFrom = from
		over := holding(declared, from)
		if over != nil {
			card.Place = overlay(*card.Place, over.Site)
		}
		if agent || over != nil {
			cards = append(cards, card)
		}
	}
	return cards
}

// holding is what is declared to hold at a time, nil for nothing.
func holding(declared []registry.Version[configs.SiteEntry], when int64) (says *configs.SiteEntry) {
	for _, d := range declared {
		if unix(d.ValidFrom) <= when {
			says = d.Says
		}
	}
	return says
}

// unix counts "since ever" as 0.
func unix(t time.Time) int64 { return max(0, t.Unix()) }

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
