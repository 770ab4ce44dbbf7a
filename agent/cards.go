package agent

import (
	"fmt"
	"slices"
	"time"

	"thermie/configs"
	"thermie/interval"
)

// cardsOf describes the site and its points, with what the device templates
// add: which register map was read, and the accuracy class of the model.
func cardsOf(cfg *configs.Agent, templates map[string]configs.Template) []interval.Card {
	place := cfg.Site.Site
	cards := []interval.Card{{Site: cfg.Site.ID, Meter: interval.SiteCard, Place: &place}}
	read := map[string]configs.Template{}
	for _, l := range cfg.Modbus {
		for _, d := range l.Devices {
			read[d.Point] = templates[d.Template]
		}
	}
	for _, p := range cfg.Points {
		point := p.Point
		if t, ok := read[p.ID]; ok {
			if point.Template == "" {
				point.Template = fmt.Sprintf("%s@%d", t.ID, t.Revision)
			}
			if point.Class == "" && point.DeclaredPct == nil {
				point.Class = t.Class
			}
		}
		cards = append(cards, interval.Card{Site: cfg.Site.ID, Meter: p.ID, Point: &point})
	}
	return cards
}

// version dates each card by what was sent before.
func version(cards, sent []interval.Card, now time.Time) []interval.Card {
	for i := range cards {
		c := &cards[i]
		at := slices.IndexFunc(sent, func(old interval.Card) bool { return old.Site == c.Site && old.Meter == c.Meter })
		if at >= 0 {
			*c, _ = c.Following(sent[at], now)
		}
	}
	return cards
}
