package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Amount is a quantity in the smallest unit that the caller's tables know:
// kWh for energies. Whole numbers, so that every comparison is exact.
type Amount int64

// Unbounded stands for "no upper limit known".
const Unbounded Amount = math.MaxInt64

// maxAmount keeps the sum of a table's amounts, times a hundred, inside 64
// bits: 10^15 kWh is some forty times what mankind uses in a year.
const maxAmount Amount = 1e15

// Basis says why a figure is no secret.
type Basis uint8

// The bases.
const (
	ByLaw     Basis = iota + 1 // published by law, e.g. C. énergie L. 236-1 from 500 kW
	ByConsent                  // the operator's signed consent, for this field
)

// Disclosure tells why a contribution is known to everyone. Source and Date
// are printed beside the figure.
type Disclosure struct {
	Basis  Basis
	Source string // address of the public page, or the consent's number
	Date   string // of publication or signature, YYYY-MM-DD
	Field  string // what was published or consented to, e.g. "gisement"
}

// Contribution is what one operator adds to some cells.
type Contribution struct {
	Operator  string // SIREN, or the group's key
	Value     Amount // not negative
	Cells     []string
	Disclosed *Disclosure // nil: secret
	// NeverListed keeps a site out of every table that others read. It is
	// left out before any test, so that not even a hidden cell hints at it.
	NeverListed bool
}

// Table holds contributions and what attackers know from elsewhere. The zero
// Table is empty and ready.
type Table struct {
	order         []string // cells by first mention
	declared      map[string]bool
	contributions []Contribution
	facts         []Fact
	links         []Link
	unprinted     map[string]bool // see Imagine
	sum           Amount
}

// Declare adds cells, also such as nothing may ever count in: they print as
// empty. Cells are printed in the order in which they were first named.
func (t *Table) Declare(cells ...string) {
	if t.declared == nil {
		t.declared = map[string]bool{}
	}
	for _, id := range cells {
		if !t.declared[id] {
			t.declared[id] = true
			t.order = append(t.order, id)
		}
	}
}

// Imagine adds cells that nobody prints: sums that an attacker can form, or
// that outside knowledge speaks of.
func (t *Table) Imagine(cells ...string) {
	t.Declare(cells...)
	if t.unprinted == nil {
		t.unprinted = map[string]bool{}
	}
	for _, id := range cells {
		t.unprinted[id] = true
	}
}

// Count adds a contribution to its cells. It refuses amounts that are
// negative or beyond any energy, contributions without an operator, and
// disclosures that do not say where and when.
func (t *Table) Count(c Contribution) error {
	switch {
	case c.Operator == "":
		return fmt.Errorf("counting in cells %v: no operator: give the SIREN, or the site's own id if the operator is not known", c.Cells)
	case c.Value < 0 || c.Value > maxAmount:
		return fmt.Errorf("counting operator %s in cells %v: %d is not an amount between 0 and %d", c.Operator, c.Cells, c.Value, maxAmount)
	case c.Disclosed != nil && (c.Disclosed.Basis == 0 || c.Disclosed.Source == "" || c.Disclosed.Date == ""):
		return fmt.Errorf("counting operator %s in cells %v: a public figure needs its basis, source and date, else count it as secret", c.Operator, c.Cells)
	case t.sum > maxAmount-c.Value:
		return fmt.Errorf("counting operator %s: the table's sum exceeds %d: check the unit", c.Operator, maxAmount)
	}
	c.Cells = slices.Clone(c.Cells)
	slices.Sort(c.Cells)
	c.Cells = slices.Compact(c.Cells)
	if !c.NeverListed { // a row in which only such a site stands must not exist
		t.Declare(c.Cells...)
	}
	t.contributions = append(t.contributions, c)
	t.sum += c.Value
	return nil
}

// compareDisclosures orders sources for printing.
func compareDisclosures(a, b Disclosure) int {
	return cmp.Or(cmp.Compare(a.Basis, b.Basis), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Field, b.Field))
}
