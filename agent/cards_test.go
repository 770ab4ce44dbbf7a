package agent

import (
	"testing"
	"time"

	"thermie/interval"
)

// sentCards is what was sent before: the site and one meter.
func sentCards() []interval.Card {
	return []interval.Card{
		{Site: "lyon-1", Meter: interval.SiteCard, Place: &interval.Site{Name: "Lyon"}},
		{Site: "lyon-1", Meter: "it", Rev: 2, Point: &interval.Point{Name: "Baies", Role: interval.RoleIT, Serial: "A1"}},
	}
}

func TestACardIsDatedByWhatChanged(t *testing.T) {
	now := time.Unix(1751328000, 0)
	cases := map[string]struct {
		change    func(*interval.Point)
		validFrom int64
		rev       int32
	}{
		"nothing":          {func(*interval.Point) {}, 0, 2},
		"put right":        {func(p *interval.Point) { p.Role = interval.RoleCooling }, 0, 3},
		"another serial":   {func(p *interval.Point) { p.Serial = "B2" }, now.Unix(), 0},
		"another template": {func(p *interval.Point) { p.Template = "pac3200@1"; p.Name = "PAC" }, now.Unix(), 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cards := sentCards()
			c.change(cards[1].Point)
			cards[1].Rev = 0
			got := version(cards, sentCards(), now)
			if got[1].ValidFrom != c.validFrom || got[1].Rev != c.rev {
				t.Errorf("valid from %d, rev %d", got[1].ValidFrom, got[1].Rev)
			}
			if got[0].ValidFrom != 0 || got[0].Rev != 0 {
				t.Errorf("the site's card changed: %+v", got[0])
			}
		})
	}
	if first := version(sentCards()[:1], nil, now); first[0].ValidFrom != 0 {
		t.Error("a first card must describe imported history too")
	}
}
