package secrecy

import (
	"fmt"
	"math"

	"thermie/disclosure"
	"thermie/reports/document"
)

// Open says of a leaf (see document.Part) why its amount is no secret: it is
// published by law, or its operator consented. nil: it is secret.
type Open func(p document.Part) *disclosure.Disclosure

// Decision is what a profile may read of a set of printed figures.
type Decision struct {
	Profile  disclosure.Profile
	Secret   map[string]bool   // codes that print « s »
	Why      map[string]string // by code: the rule that hides it, a word's key
	Sources  map[string][]disclosure.Disclosure
	Verdict  *disclosure.Verdict
	Shown    int      // figures that are printed
	Unstated []string // codes of figures of which nobody said whom they give away: hidden
}

// Decide attacks the figures of all editions and files of one report. What it
// returns depends on the figures alone, not on their order.
//
// A number is hidden where the attack on the sums says so; where it tells of
// one operator what no sum hides, unless that operator opened it; where it
// can be reckoned back to a hidden one; and where nobody said what it tells.
func Decide(figures []document.Figure, p disclosure.Profile, open Open) (*Decision, error) {
	d := &Decision{Profile: p, Secret: map[string]bool{}, Why: map[string]string{}, Sources: map[string][]disclosure.Disclosure{}}
	byCode := stated(figures)
	if p.Exact {
		d.Shown = len(byCode)
		return d, nil
	}
	t, err := tableOf(byCode, open)
	if err != nil {
		return nil, err
	}
	published, err := disclosure.Protect(t, p, "")
	if err != nil {
		return nil, fmt.Errorf("protecting %d figures: %w", len(byCode), err)
	}
	d.Verdict = published.Verdict
	for _, c := range published.Cells {
		if f, printed := byCode[c.ID]; printed && len(f.Guard.Parts) > 0 {
			if c.Mark != disclosure.Shown && c.Mark != disclosure.Open && f.Value != 0 || c.Mark == disclosure.Hidden {
				d.hide(c.ID, string(published.Why[c.ID]))
			}
			d.Sources[c.ID] = c.Sources
		}
	}
	d.hideOthers(byCode, open)
	d.Shown = len(byCode) - len(d.Secret)
	return d, nil
}

// stated are the figures that hold a number, once each. A figure in two
// units has one code.
func stated(figures []document.Figure) map[string]document.Figure {
	byCode := map[string]document.Figure{}
	for _, f := range figures {
		if f.Code == "" || !f.Stated() {
			continue
		}
		if old, seen := byCode[f.Code]; !seen || old.Unit == "GWh" && f.Unit == "MWh" {
			byCode[f.Code] = f
		}
	}
	return byCode
}

// The reasons that no table gives.
const (
	private  = "private"  // tells of one operator what no sum hides
	follows  = "follows"  // can be reckoned back to a hidden figure
	unstated = "unstated" // nobody said what it tells
)

func (d *Decision) hide(code, why string) { d.Secret[code], d.Why[code] = true, why }

// hideOthers decides on what is not a sum. What follows a hidden figure may
// itself be followed, hence the rounds.
func (d *Decision) hideOthers(byCode map[string]document.Figure, open Open) {
	for code, f := range byCode {
		g := f.Guard
		switch {
		case g.Free || len(g.Parts) > 0 || len(g.Follows) > 0:
		case len(g.Private) == 0:
			d.hide(code, unstated)
			d.Unstated = append(d.Unstated, code)
		case !opened(f, open):
			d.hide(code, private)
		}
	}
	for again := true; again; {
		again = false
		for code, f := range byCode {
			for _, other := range f.Guard.Follows {
				if d.Secret[other] && !d.Secret[code] {
					d.hide(code, follows)
					again = true
				}
			}
		}
	}
}

// opened reports whether each operator whom a figure tells of opened it.
func opened(f document.Figure, open Open) bool {
	for _, owner := range f.Guard.Private {
		if open == nil || open(document.Part{Owner: owner, Site: f.Place.Row, Leaf: f.Place.Column + "/" + f.Place.Row}) == nil {
			return false
		}
	}
	return true
}

// amount is a figure's value in the whole units that tables are attacked in:
// kWh for energies.
func amount(mwh float64) disclosure.Amount { return disclosure.Amount(math.Round(mwh * 1000)) }
