package reports

import "thermie/reports/document"

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
