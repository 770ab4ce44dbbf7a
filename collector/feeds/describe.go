package feeds

import (
	"context"
	"fmt"
	"time"

	"thermie/interval"
)

// describe sends the cards of the mapped points that the store does not
// have as they are described now.
func (f *Feed) describe(ctx context.Context, now time.Time) error {
	sent, err := f.store.Cards(ctx, f.site)
	if err != nil {
		return fmt.Errorf("feed of %s: %w", f.site, err)
	}
	last := map[string]interval.Card{}
	for _, c := range sent { // sorted by ValidFrom: the last one stands
		last[c.Meter] = c
	}
	var cards []interval.Card
	for _, p := range f.cfg.Points {
		point := p.Point
		card := interval.Card{Site: f.site, Meter: p.ID, Point: &point}
		before, known := last[p.ID]
		if known {
			if card, known = card.Following(before, now); !known {
				continue
			}
		}
		cards = append(cards, card)
	}
	f.pending.Cards = cards
	if err := f.deliver(ctx); err != nil {
		return err
	}
	f.described = true
	return nil
}
