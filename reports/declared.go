package reports

import (
	"context"
	"slices"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// Declare adds sites that a person declared to what src knows, so that a
// report can speak of them before any meter does. A site that src describes
// itself stays as src has it.
func Declare(src Source, sites []configs.SiteEntry) Source { return declared{src, sites} }

type declared struct {
	Source
	sites []configs.SiteEntry
}

// Sites implements Source.
func (d declared) Sites(ctx context.Context) ([]string, error) {
	ids, err := d.Source.Sites(ctx)
	for _, s := range d.sites {
		ids = append(ids, s.ID)
	}
	return sortedUnique(ids), err
}

// Cards implements Source.
func (d declared) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	cards, err := d.Source.Cards(ctx, site)
	described := slices.ContainsFunc(cards, func(c interval.Card) bool { return c.Place != nil })
	for _, s := range d.sites {
		if s.ID == site && !described {
			place := s.Site
			cards = append(slices.Clip(cards), interval.Card{Site: site, Meter: interval.SiteCard, Place: &place})
		}
	}
	return cards, err
}

// Span returns when a site's intervals begin and end, where the source beneath
// knows it.
func (d declared) Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error) {
	if spanned, knows := d.Source.(interface {
		Span(ctx context.Context, site string) (from, to time.Time, ok bool, err error)
	}); knows {
		return spanned.Span(ctx, site)
	}
	return from, to, false, nil
}
