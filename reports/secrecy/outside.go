package secrecy

import (
	"fmt"
	"math"

	"thermie/disclosure"
	"thermie/reports"
)

// enter puts an outside figure into the table, over the pseudo-cell that counts
// the leaves of which it speaks; one of another year the wider, the farther it
// lies.
func (k Knowledge) enter(t *disclosure.Table, o reports.Outside, owners map[string]string) error {
	drift := math.Pow(k.Rules.YearlyChange, math.Abs(float64(o.Years)))
	f := disclosure.Fact{Cell: outsideCell(o), Operator: owners[o.Site], Low: amount(o.Low / drift), High: amount(o.High * drift), Source: o.Source}
	if err := t.Know(f); err != nil {
		return fmt.Errorf("outside knowledge: %w", err)
	}
	return nil
}

// outsideCell is the pseudo-cell that counts the leaves of which it speaks.
func outsideCell(o reports.Outside) string {
	switch {
	case o.Site != "":
		return kindCell(o.Heat, place{reports.EachSite, o.Site})
	case o.Commune != "":
		return communeCell(o.Heat, o.Commune)
	}
	return allCell(o.Heat)
}
