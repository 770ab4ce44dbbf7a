package reports

import (
	"slices"
	"time"

	"thermie/reports/document"
)

// Comparison splits the change of a territory's sums between two years into
// its causes, each found by computing again with one thing exchanged.
type Comparison struct {
	From, To      int               // years
	Filed         bool              // the first year's sums are those that were filed
	Reckoned      bool              // of some of them the filing states no number: they were computed again
	Rounded       bool              // uncertainties were filed rounded up: they are not compared
	Before, After []document.Figure // MWh, in the order of Compared
	Causes        []Cause
}

// Cause is what one thing did to each sum, in MWh. What cannot be told apart
// is unknown, not zero; it is left in the remainder.
type Cause struct {
	Key string // of the words, chapter "change"
	MWh []document.Figure
}

// Compared are the sums that are compared, by their keys.
var Compared = []string{"e_dc", "e_it", "gisement", "captee", "livree", "valorisee"}

// ComparedSums are those of a dossier, in the order of Compared.
func (f *TerritoryFigures) ComparedSums() []document.Figure {
	return []document.Figure{f.EDC.MWh, f.EIT.MWh, f.Rejected.MWh, f.Captured.MWh, f.Delivered.MWh, f.Supplied.MWh}
}

// SinceFiled says what has become of a year's sums since they were filed.
type SinceFiled struct {
	ID       string // of the filing
	Date     time.Time
	Software string
	Sums     *Comparison
}

// sealed is the comparison as an edition prints it.
func (c *Comparison) sealed(g Grid) *Comparison {
	if c == nil {
		return nil
	}
	row := func(figures []document.Figure) []document.Figure {
		out := slices.Clone(figures)
		for i := range out {
			out[i] = g.sealed(out[i])
		}
		return out
	}
	e := *c
	e.Before, e.After, e.Causes = row(c.Before), row(c.After), slices.Clone(c.Causes)
	for i := range e.Causes {
		e.Causes[i].MWh = row(e.Causes[i].MWh)
	}
	return &e
}

// Changed reports whether any sum is not the one that was compared with.
func (c *Comparison) Changed() bool {
	return !slices.EqualFunc(c.Before, c.After, func(a, b document.Figure) bool {
		return a.Mark == b.Mark && a.Value == b.Value && (c.Rounded || a.U == b.U)
	})
}
