package secrecy

import (
	"maps"
	"slices"

	"thermie/disclosure"
	"thermie/reports/document"
)

// tableOf enters every leaf with the figures that count it. What attackers
// can relate is entered with it: the months of a year and its classes of
// temperature are the same heat, and no site gives more than it rejects.
func tableOf(byCode map[string]document.Figure, open Open) (*disclosure.Table, error) {
	t := &disclosure.Table{}
	leaves := leavesOf(byCode)
	for _, id := range slices.Sorted(maps.Keys(leaves)) {
		l := leaves[id]
		c := disclosure.Contribution{Operator: l.part.Owner, Value: amount(l.part.Value), Cells: append(l.codes, l.sums()...)}
		if open != nil {
			c.Disclosed = open(l.part)
		}
		if err := t.Count(c); err != nil {
			return nil, err
		}
	}
	return t, relate(t, leaves)
}

// leaf is one amount and the figures that count it.
type leaf struct {
	part  document.Part
	codes []string
}

// leavesOf gathers the leaves of all figures.
func leavesOf(byCode map[string]document.Figure) map[string]*leaf {
	leaves := map[string]*leaf{}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		for _, p := range byCode[code].Guard.Parts {
			l := leaves[p.Leaf]
			if l == nil {
				l = &leaf{part: p}
				leaves[p.Leaf] = l
			}
			l.codes = append(l.codes, code)
		}
	}
	return leaves
}

// sums are the cells that nobody prints and that attackers can form: all of a
// whole that was split in one way, and a site's whole heat.
func (l *leaf) sums() []string {
	if l.part.Whole != "" {
		return []string{splitCell(l.part.Whole, l.part.Split)}
	}
	return []string{wholeCell(l.part.Leaf), siteCell(heatOf(l.part.Leaf), l.part.Site)}
}

func splitCell(whole, split string) string { return "split " + whole + " " + split }
func wholeCell(whole string) string        { return "whole " + whole }
func siteCell(heat, site string) string    { return "site " + heat + " " + site }
