package secrecy

import (
	"slices"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// Attempt is an attack that would have told an operator's amount more closely
// than the rules allow, had nothing more been hidden. It names neither the
// operator nor the amount.
type Attempt struct {
	Contributor bool     // the attacker subtracted amounts of its own
	By          []string // codes of the figures that it combined
	Outside     []string // sources of outside figures that it used
	Relations   bool     // it used what ties wholes to parts, or the heats of a site to each other
	Hidden      string   // code of the figure that was hidden to foil it
}

func attemptOf(b disclosure.Breach, byCode map[string]document.Figure, k Knowledge) Attempt {
	a := Attempt{Contributor: b.Attacker != "", Hidden: b.Hidden}
	for _, what := range b.By {
		_, printed := byCode[what]
		switch {
		case printed:
			a.By = append(a.By, what)
		case slices.ContainsFunc(k.Outside, func(o reports.Outside) bool { return o.Source == what }):
			a.Outside = append(a.Outside, what)
		default:
			a.Relations = true
		}
	}
	return a
}
