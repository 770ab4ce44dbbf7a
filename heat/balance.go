package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// SiteData is everything known of one site.
type SiteData struct {
	ID      string
	Site    interval.Site
	Cards   []interval.Card   // all versions of the points' cards; a site's own card is skipped
	Records []interval.Record // merged
}

// Hour is one hour of a balance. Temperatures are NaN where unknown.
type Hour struct {
	Total, IT, Cooling, Other Flow // electricity
	InRoom                    Flow // electricity that becomes heat in the cooled room, IT included
	Heat                      Flow // metered at the tapping points
	HandedOver                Flow // metered at the hand-off to a third party
	Supply, Return, Outdoor   interval.Temperature
}

// Balance is a site's energies over a period, by hour and in sum (J).
type Balance struct {
	Site   SiteData // without Records
	Period Period
	Hours  []Hour // one an hour of the period; nil once condensed

	EDC, EIT, Cooling, Other Quantity
	InRoom                   Quantity
	Rejected                 Quantity // heat metered at the tapping points
	HandedOver               Quantity // « valorisée », without what cools the site itself
	Water                    Quantity // m³ that entered the site

	PUE         Quantity // known only for twelve months of a metered total
	InterimPPUE Quantity // ratio of what was metered, whatever the time and the boundary

	Budgets Budgets // of the uncertainties of the sums

	Partial bool // E_DC is a sum of parts: no point meters the total
	Interim bool // less than twelve months are accounted for
	// Notes are remarks for a reader: a stable key, and after a colon the
	// point that it is about. METHODS.md lists the keys.
	Notes []string

	backwards bool // the heat meters read backwards
	ledger    *ledger
	epochs    []epoch
	total, it tally // of all hours
}

// EnoughCoverage is the least share of a year that carries a yearly figure.
//
// Method: B6.
const EnoughCoverage = 0.75

// NewBalance forms the balance of d over p. Points that lack a card, a class
// or records are noted and never stop the others.
//
// Method: B1, B2, B3, B4, B5.
func NewBalance(d SiteData, p Period) (*Balance, error) {
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("balance of site %s: %w", d.ID, err)
	}
	l := newLedger(d, p)
	b := &Balance{Site: d, Period: p, Hours: make([]Hour, p.Hours()), ledger: l, epochs: l.epochs(d.Cards)}
	b.Site.Records = nil
	b.energies()
	b.ratios()
	b.remark()
	return b, nil
}

// Condense forgets the hours and what they were formed of, which take some
// megabytes a site and year. The sums, their budgets and the notes stay;
// whoever wants more forms the balance anew.
func (b *Balance) Condense() { b.Hours, b.ledger, b.epochs = nil, nil, nil }

// energies fills the hours and their sums.
func (b *Balance) energies() {
	l := b.ledger
	total, it, cooling, other := l.newTally(), l.newTally(), l.newTally(), l.newTally()
	inRoom, rejected, handed, water := l.newTally(), l.newTally(), l.newTally(), l.newTally()
	stated := statedConditions(b.Site.Site)
	b.eachHour(func(h int, e *epoch) {
		b.Hours[h] = Hour{
			Total:      l.electric(e.total, h, &total, 1),
			IT:         l.electric(e.it, h, &it, 1),
			Cooling:    l.electric(e.cooling, h, &cooling, 1),
			Other:      l.electric(e.other, h, &other, 1),
			InRoom:     l.electric(e.inRoom, h, &inRoom, 1),
			Heat:       l.thermal(e.heat, h, &rejected, stated),
			HandedOver: l.thermal(e.handover, h, &handed, stated),
			Outdoor:    l.outdoor(e.climate, h),
		}
		l.fixed(waterKinds, e.water, h, &water, 1)
		b.Hours[h].Supply, b.Hours[h].Return = l.circuitTemperatures(e.heat, h)
		b.Partial = b.Partial || e.partial
	})
	b.total, b.it = total, it
	method := methodEDC
	if b.Partial {
		method = methodParts
	}
	b.EDC, b.EIT = l.quantity(total, method), l.quantity(it, methodEIT)
	b.Cooling, b.Other = l.quantity(cooling, methodEIT), l.quantity(other, methodOther)
	b.InRoom, b.Water = l.quantity(inRoom, methodInRoom), l.quantity(water, methodWUE)
	b.Rejected, b.HandedOver = l.quantity(rejected, methodHeat), l.quantity(handed, methodHeat)
	b.Budgets = Budgets{l.contributions(total.budget), l.contributions(it.budget), l.contributions(cooling.budget), l.contributions(handed.budget)}
}

// eachHour visits the hours with the layout that holds in each.
func (b *Balance) eachHour(visit func(h int, e *epoch)) {
	h := 0
	for i := range b.epochs {
		for ; h < b.epochs[i].end; h++ {
			visit(h, &b.epochs[i])
		}
	}
}

// outdoor returns the mean of the outdoor sensors that are known in an hour.
func (l *ledger) outdoor(tracks []int, h int) interval.Temperature {
	var sum, n float64
	for _, t := range tracks {
		if v := l.tracks[t].mean(outdoorTemperature, h); !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	return interval.Temperature(sum / n)
}

// circuitTemperatures returns supply and return of the circuits that carry
// heat in an hour, weighted by their heat.
func (l *ledger) circuitTemperatures(parts []part, h int) (supply, ret interval.Temperature) {
	var s, r, weight float64
	for _, p := range parts {
		t := l.tracks[p.track]
		hot, cold := t.mean(supplyTemperature, h), t.mean(returnTemperature, h)
		if heat := t.energy(thermalKinds, h).sum; heat > 0 && hot <= float64(boiling) && !math.IsNaN(cold) {
			s, r, weight = s+heat*hot, r+heat*cold, weight+heat
		}
	}
	return interval.Temperature(s / weight), interval.Temperature(r / weight)
}
