package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// Day is the balance of one site over one civil day in its standard time:
// what heat.NewBalance and Estimate give for that day alone. So a capture
// fraction learned from other days is not in it.
type Day struct {
	Site string
	Date time.Time // the civil day, as midnight UTC

	Total, IT, Cooling    Amount // electricity: E_DC, E_IT, cooling
	Rejected, HandedOver  Amount // heat metered at the tapping points, and at the hand-off (« valorisée »)
	Recoverable           Amount // heat that could be drawn (« gisement »)
	ByTier                [heat.T5]float64
	SumOfParts, Simulated bool // no point meters the total; some of it is simulated
}

// Amount is an energy as the table of balances has it. Without coverage it
// is unknown, which is not zero.
type Amount struct {
	KWh, UKWh float64 // value and standard uncertainty (k=1), kWh
	Coverage  float64 // share of the time for which KWh accounts
}

// Known reports whether anything is known of the energy.
func (a Amount) Known() bool { return a.Coverage > 0 }

// amountOf takes a balance's quantity.
func amountOf(q heat.Quantity) Amount {
	if !q.Known {
		return Amount{}
	}
	return Amount{q.Value / float64(interval.KilowattHour), q.U / float64(interval.KilowattHour), q.Coverage}
}

// amounts lists the day's energies in the order of the table's columns.
func (d *Day) amounts() []*Amount {
	return []*Amount{&d.Total, &d.IT, &d.Cooling, &d.Rejected, &d.HandedOver, &d.Recoverable}
}

// known reports whether the day says anything.
func (d *Day) known() bool {
	for _, a := range d.amounts() {
		if a.Known() {
			return true
		}
	}
	return false
}

// boundary is what a site's cards say of it.
type boundary struct {
	site  string
	place interval.Site
	cards []interval.Card
	hash  string
}

// balanceForm is raised when the same cards and intervals give another
// balance than before: every day is then computed anew.
const balanceForm = 1

// boundaryOf reads the cards of a site: its latest description, and a hash
// that changes with whatever a balance may rest on.
func boundaryOf(site string, cards []interval.Card) boundary {
	b := boundary{site: site, cards: cards}
	var latest *interval.Card
	hash := sha256.New()
	fmt.Fprintln(hash, balanceForm)
	for i := range cards {
		c := &cards[i]
		hash.Write(append(c.AppendLine(nil), '\n'))
		if c.Place != nil && (latest == nil || c.ValidFrom > latest.ValidFrom || c.ValidFrom == latest.ValidFrom && c.Rev > latest.Rev) {
			latest = c
		}
	}
	if latest != nil {
		b.place = *latest.Place
	}
	b.hash = hex.EncodeToString(hash.Sum(nil)[:12])
	return b
}

// day returns the span of a civil day of the site. Roll-ups are by UTC hour:
// where standard time is no whole number of hours from UTC, the day begins
// with the hour in which it begins.
func (b *boundary) day(civil int64) span {
	offset := int64(b.place.UTCOffsetMin) * 60
	from := civil*secondsPerDay - (offset - mod(offset, secondsPerHour))
	return span{from, from + secondsPerDay}
}

// civilDay returns the civil day in which a second lies.
func (b *boundary) civilDay(second int64) int64 {
	at := second - b.day(0).from
	return (at - mod(at, secondsPerDay)) / secondsPerDay
}

// mod is the remainder that is never negative.
func mod(a, b int64) int64 { return (a%b + b) % b }

// balance forms a day of the site from its hours; false means that nothing
// is known of it.
func (b *boundary) balance(civil int64, hours []interval.Record) (Day, bool) {
	d := Day{Site: b.site, Date: time.Unix(civil*secondsPerDay, 0).UTC()}
	s := b.day(civil)
	whole, err := heat.NewBalance(heat.SiteData{ID: b.site, Site: b.place, Cards: b.cards, Records: hours},
		heat.Period{From: time.Unix(s.from, 0).UTC(), To: time.Unix(s.to, 0).UTC()})
	if err != nil {
		return d, false // a day is never too long, nor empty
	}
	d.Total, d.IT, d.Cooling = amountOf(whole.EDC), amountOf(whole.EIT), amountOf(whole.Cooling)
	d.Rejected, d.HandedOver = amountOf(whole.Rejected), amountOf(whole.HandedOver)
	d.SumOfParts = whole.Partial
	for _, q := range []heat.Quantity{whole.EDC, whole.EIT, whole.Cooling, whole.Rejected, whole.HandedOver} {
		d.Simulated = d.Simulated || q.Simulated
	}
	// A tap that nobody knows leaves the heat unknown; the rest stands.
	if estimate, err := whole.Estimate(); err == nil {
		d.Recoverable = amountOf(estimate.Recoverable)
		d.Simulated = d.Simulated || estimate.Recoverable.Simulated
		for tier, energy := range estimate.ByTier {
			d.ByTier[tier-heat.T1] = float64(energy) / float64(interval.KilowattHour)
		}
	}
	return d, d.known()
}

// balances forms the days from the first to the last, of hours in any order.
func (b *boundary) balances(first, last int64, hours []interval.Record) []Day {
	byDay := map[int64][]interval.Record{}
	for i := range hours {
		civil := b.civilDay(hours[i].Start)
		byDay[civil] = append(byDay[civil], hours[i])
	}
	var days []Day
	for civil := first; civil <= last; civil++ {
		if recs := byDay[civil]; len(recs) > 0 {
			if d, known := b.balance(civil, recs); known {
				days = append(days, d)
			}
		}
	}
	return days
}

// DaysOf is Store.Days of a site's cards and merged intervals, for a store
// that keeps no balances.
func DaysOf(site string, cards []interval.Card, recs []interval.Record, from, to time.Time) []Day {
	b := boundaryOf(site, cards)
	first, last := civilRange(from, to)
	return b.balances(first, last, hoursOf(recs, span{b.day(first).from, b.day(last).to}))
}
