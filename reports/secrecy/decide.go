package secrecy

import (
	"fmt"
	"math"
	"slices"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// Knowledge is what is known of the sites beside what the report prints.
type Knowledge struct {
	Rules    reports.Secrecy   // that hold for the report
	Openings reports.Openings  // what operators consented to, or publish by law
	Outside  []reports.Outside // what anyone can read elsewhere
	Communes map[string]string // of the sites, by id
	Reader   string            // the operator for whom an own edition is made, by SIREN
}

// Decision is what a profile may read of a set of printed figures.
type Decision struct {
	Profile   disclosure.Profile
	Secret    map[string]bool   // codes that print « s »
	Why       map[string]string // by code: the rule that hides it, a word's key
	Sources   map[string][]disclosure.Disclosure
	Verdict   *disclosure.Verdict
	Attempts  []Attempt // attacks that succeeded before more was hidden
	Figures   int       // how many there are
	Operators int
	Unstated  []string // codes of figures of which nobody said whom they give away: hidden
}

// Exact is the decision for readers who see every value.
func Exact(p disclosure.Profile) *Decision { return &Decision{Profile: p} }

// Decide attacks the figures of all editions and files of one report. What it
// returns depends on the figures alone, not on their order.
//
// A number is hidden where the attack on the sums says so; where it tells of
// one operator what no sum hides, unless that operator opened it; where it
// can be reckoned back to a hidden one; and where nobody said what it tells.
func Decide(figures []document.Figure, p disclosure.Profile, k Knowledge) (*Decision, error) {
	byCode := stated(figures)
	d := &Decision{Profile: p, Secret: map[string]bool{}, Why: map[string]string{}, Sources: map[string][]disclosure.Disclosure{}, Figures: len(byCode)}
	if p.Exact {
		return d, nil
	}
	t, err := tableOf(byCode, k)
	if err != nil {
		return nil, err
	}
	published, err := disclosure.Protect(t, p, k.Rules.Rules)
	if err != nil {
		return nil, fmt.Errorf("protecting %d figures: %w", len(byCode), err)
	}
	d.Verdict, d.Operators = published.Verdict, published.Verdict.Attackers-1
	for _, b := range published.Attempts {
		d.Attempts = append(d.Attempts, attemptOf(b, byCode, k))
	}
	for _, c := range published.Cells {
		f, printed := byCode[c.ID]
		if !printed || len(f.Guard.Parts) == 0 {
			continue
		}
		sources, open := k.sourcesOf(f)
		d.Sources[c.ID] = sources
		switch {
		case c.Mark == disclosure.Hidden, c.Mark == disclosure.Empty && f.Value != 0:
			d.hide(c.ID, string(published.Why[c.ID]))
		case c.Mark == disclosure.Open && !open: // reckoned, but by nobody published
			d.hide(c.ID, private)
		}
	}
	d.hideOthers(byCode, k)
	d.showOwn(byCode, k)
	d.hideFollowers(byCode)
	return d, nil
}

// Shown is how many figures are printed.
func (d *Decision) Shown() int { return d.Figures - len(d.Secret) }

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

func (d *Decision) show(code string) {
	delete(d.Secret, code)
	delete(d.Why, code)
}

// hideOthers decides on what is not a sum.
func (d *Decision) hideOthers(byCode map[string]document.Figure, k Knowledge) {
	for code, f := range byCode {
		g := f.Guard
		switch {
		case g.Free || len(g.Parts) > 0 || len(g.Follows) > 0:
		case len(g.Private) == 0:
			d.hide(code, unstated)
			d.Unstated = append(d.Unstated, code)
		default:
			if source := opensPrivate(f, k.Openings.Public); source != nil {
				d.Sources[code] = []disclosure.Disclosure{*source}
			} else {
				d.hide(code, private)
			}
		}
	}
	slices.Sort(d.Unstated)
}

// showOwn shows what the edition's reader knows anyway: its own figures, and
// those that were opened to it alone. It attacks as a contributor; nobody
// else reads this edition.
func (d *Decision) showOwn(byCode map[string]document.Figure, k Knowledge) {
	own := func(owner string) bool { return d.Profile.Own && k.Reader != "" && owner == k.Reader }
	for code, f := range byCode {
		g := f.Guard
		switch {
		case !d.Secret[code]:
		case len(g.Parts) > 0:
			if !slices.ContainsFunc(g.Parts, func(p document.Part) bool { return !own(p.Owner) && opens(p, k.Openings.Readable) == nil }) {
				d.show(code)
			}
		case len(g.Private) > 0:
			if !slices.ContainsFunc(g.Private, func(owner string) bool { return !own(owner) }) || opensPrivate(f, k.Openings.Readable) != nil {
				d.show(code)
			}
		}
	}
}

// hideFollowers hides what can be reckoned back to a hidden figure. It may
// itself be followed, hence the rounds.
func (d *Decision) hideFollowers(byCode map[string]document.Figure) {
	for again := true; again; {
		again = false
		for code, f := range byCode {
			if !d.Secret[code] && slices.ContainsFunc(f.Guard.Follows, func(other string) bool { return d.Secret[other] }) {
				d.hide(code, follows)
				again = true
			}
		}
	}
}

// amount is a figure's value in the whole units that tables are attacked in:
// kWh for energies. What is beyond any energy is no limit.
func amount(mwh float64) disclosure.Amount {
	const beyond = 1e15 // kWh
	if kwh := math.Round(mwh * 1000); kwh < beyond {
		return disclosure.Amount(kwh)
	}
	return disclosure.Unbounded
}
