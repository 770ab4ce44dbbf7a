package collector

import (
	"net/http"

	"thermie/collector/rights"
)

// need is a field that a page or file shows, as finely as it shows it.
type need struct {
	field rights.Field
	by    rights.Resolution
}

// What pages and files show of a single site. The territory's report names
// its sites and gives each one's year.
var (
	siteNeeds      = []need{{rights.Name, rights.Once}, {rights.Heat, rights.Hour}, {rights.Temperature, rights.Hour}, {rights.Electricity, rights.Hour}}
	territoryNeeds = []need{{rights.Name, rights.Once}, {rights.Location, rights.Once}, {rights.Heat, rights.Year}, {rights.Electricity, rights.Year}}
)

// denied is the error of a page that the reader may not see.
type denied struct {
	status int
	reason string
}

// Error implements error.
func (d denied) Error() string { return d.reason }

// deny refuses in the name of who reads.
func (v *visit) deny(reason string) error {
	return denied{rights.From(v.ctx).Status(), reason}
}

// may returns nil if the reader may see all that is needed of a site.
func (v *visit) may(site string, needs []need) error {
	for _, n := range needs {
		if d := v.rights.May(v.ctx, site, n.field, n.by); !d.Allowed {
			return v.deny(d.Reason)
		}
	}
	return nil
}

// readsAll reports whether the reader may see all figures that a territory's
// report gives of single sites. What of a released site is not here cannot be
// shown to anyone, and is no reason to hide the others.
func (v *visit) readsAll(sites []string) bool {
	held, err := v.rights.Held(v.ctx)
	if err != nil {
		return false
	}
	for _, site := range sites {
		needs := territoryNeeds
		if len(held[site]) > 0 {
			needs = []need{{rights.Name, rights.Once}, {rights.Heat, rights.Year}}
		}
		if v.may(site, needs) != nil {
			return false
		}
	}
	return true
}

// lists reports whether the reader may learn that a site is there.
func (v *visit) lists(site string) bool {
	return v.rights.May(v.ctx, site, rights.Name, rights.Once).Allowed
}

// listed counts the sites that the reader may learn of: a number that is
// higher would tell of those never listed.
func (v *visit) listed(sites []string) (n int) {
	for _, site := range sites {
		if v.lists(site) {
			n++
		}
	}
	return n
}

// refusal is the page of a denial, in the reader's language; a browser asks
// its person for a token.
func (v *visit) refusal(w http.ResponseWriter, d denied) *page {
	if d.status == http.StatusUnauthorized {
		rights.Challenge(w.Header())
	}
	return &page{Title: v.words["denied"], Subtitle: v.words["denied_text"]}
}
