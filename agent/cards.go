package agent

import (
	"bytes"
	"encoding/json"
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

// version dates each card by what was sent before. A first card holds from
// the beginning of time, so that it describes imported history too. A device
// exchanged holds from now; any other change puts the same description
// right, for the past as well.
func version(cards, sent []interval.Card, now time.Time) []interval.Card {
	for i := range cards {
		c := &cards[i]
		at := slices.IndexFunc(sent, func(old interval.Card) bool { return old.Site == c.Site && old.Meter == c.Meter })
		if at < 0 {
			continue
		}
		old := sent[at]
		c.ValidFrom, c.Rev = old.ValidFrom, old.Rev
		switch {
		case exchanged(old.Point, c.Point):
			c.ValidFrom, c.Rev = now.Unix(), 0
		case !bytes.Equal(description(old), description(*c)):
			c.Rev++
		}
	}
	return cards
}

// exchanged reports whether the two describe different devices.
func exchanged(old, now *interval.Point) bool {
	if old == nil || now == nil {
		return false
	}
	return old.Serial != now.Serial || old.Device != now.Device || old.Template != now.Template
}

// description is what a card says, apart from since when.
func description(c interval.Card) []byte {
	said, err := json.Marshal([]any{c.Point, c.Place})
	if err != nil {
		return nil // NaN in a card: the configuration's check refuses it before
	}
	return said
}
