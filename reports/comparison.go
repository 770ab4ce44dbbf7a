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

// Changed reports whether any sum is not the one that was compared with.
func (c *Comparison) Changed() bool {
	return !slices.EqualFunc(c.Before, c.After, func(a, b document.Figure) bool {
		return a.Mark == b.Mark && a.Value == b.Value && a.U == b.U
	})
}
