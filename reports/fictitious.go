package reports

import (
	"context"
	"errors"
	"fmt"

	"thermie/interval"
)

// ErrFictitious is returned when what is fictitious would enter a report about
// what is real. A report about a fictitious territory, or of a fictitious
// site, says on each page that it is a demonstration.
var ErrFictitious = errors.New("fictitious: belongs to the demonstration and enters no report about what is real\nhint: what is real has no fictitious: true; what is fictitious is shown in a fictitious territory, or as a site by itself")

// refuseFictitious keeps the demonstration's networks out of real territories.
func (a Area) refuseFictitious(o Options) error {
	if o.AllowFictitious {
		return nil
	}
	if a.Territory.Fictitious {
		return fmt.Errorf("territory %s (%s): %w", a.Territory.SIREN, a.Territory.Name, ErrFictitious)
	}
	for _, n := range a.Networks {
		if n.Fictitious {
			return fmt.Errorf("network %s (%s): %w", n.ID, n.Name, ErrFictitious)
		}
	}
	return nil
}

// refuseFictitiousSite does the same for one site.
func refuseFictitiousSite(id string, place interval.Site, o Options) error {
	if place.Fictitious && !o.AllowFictitious {
		return fmt.Errorf("site %s (%s): %w", id, place.Name, ErrFictitious)
	}
	return nil
}

// ForSite returns the options of a report that is about one site of the area:
// all may be fictitious where the site is, else nothing may.
func (o Options) ForSite(ctx context.Context, src Source, area Area, site string) (Options, error) {
	cards, err := src.Cards(ctx, site)
	if err != nil {
		return o, fmt.Errorf("reading the cards of site %s: %w", site, err)
	}
	place, _, ok := splitCards(cards)
	if !ok {
		return o, unknownSite(site)
	}
	o.AllowFictitious = o.AllowFictitious || place.Fictitious
	return o, area.refuseFictitious(o)
}
