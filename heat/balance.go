package heat

import (
	"errors"

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
	Hours  []Hour // one an hour of the period

	EDC, EIT, Cooling, Other Quantity
	Rejected                 Quantity // heat metered at the tapping points
	HandedOver               Quantity // « valorisée »

	PUE         Quantity // known only for twelve months of a metered total, see METHODS.md
	InterimPPUE Quantity // ratio of what was metered, whatever the time and the boundary

	Partial bool     // E_DC is a sum of parts: no point meters the total
	Interim bool     // less than twelve months are accounted for
	Notes   []string // stable keys of what a reader should know
}

// NewBalance forms the balance of d over p.
func NewBalance(d SiteData, p Period) (*Balance, error) {
	return nil, errors.New("balance: not yet")
}
