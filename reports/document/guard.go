package document

import (
	"math"
	"strings"
)

// Guard says whom a figure could give away, for those who decide what may be
// published. A figure whose guard is empty has not been thought about and is
// not shown where secrecy holds.
type Guard struct {
	Parts   []Part   // the energies that it is the sum of
	Private []string // operators of whom it tells something that no sum hides: a PUE, a temperature
	Follows []string // codes of figures that it can be reckoned back to
	Free    bool     // nobody's secret: a count, what a network publishes of itself
}

// Part is the energy that one site adds to a figure.
type Part struct {
	Owner string  // the operator, by SIREN: the unit of statistical secrecy
	Site  string  // id
	Leaf  string  // names the amount, e.g. "gisement/air-5mw": it may count in many figures
	Whole string  // the leaf that it is a part of; empty for none
	Split string  // what divides the whole, e.g. "monthly"
	Of    string  // the leaf of which it is a share that everybody can reckon; empty for none
	Value float64 // in the figure's unit, rounded as printed
}

// Heat is what the part is an amount of: "gisement" of "gisement/air-5mw", and
// "captee-trend-2030" of "captee-trend-2030/air-5mw→marais" in a year to come.
func (p Part) Heat() string {
	heat, _, _ := strings.Cut(p.Leaf, "/")
	return heat
}

// Kind is Heat whatever its year: "captee" of both.
func (p Part) Kind() string {
	kind, _, _ := strings.Cut(p.Heat(), "-")
	return kind
}

// Stated reports whether there is a number, shown or secret.
func (f Figure) Stated() bool { return f.Mark != Unknown }

// Shown returns the number, NaN where none is known or may be shown: what
// charts and maps draw.
func (f Figure) Shown() float64 {
	if f.Mark != Known {
		return math.NaN()
	}
	return f.Value
}
