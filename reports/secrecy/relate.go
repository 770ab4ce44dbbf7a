package secrecy

import (
	"maps"
	"slices"
	"strings"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// bounds is what everyone knows of two heats of one site.
type bounds struct {
	from, to  string
	low, high disclosure.Fraction
	source    string
}

// known are the bounds of physics and of the methods that the report prints.
var known = []bounds{
	{"gisement", "captee", disclosure.Fraction{Num: 0, Den: 1}, disclosure.Fraction{Num: 1, Den: 1}, "AL1: what is captured was rejected"},
	{"gisement", "valorisee", disclosure.Fraction{Num: 0, Den: 1}, disclosure.Fraction{Num: 1, Den: 1}, "what is handed over was rejected"},
	{"captee", "electricite", disclosure.Fraction{Num: 0, Den: 1}, disclosure.Fraction{Num: 1, Den: 1}, "HP1: no heat pump runs at a COP below 2"},
	{"captee", "livree", disclosure.Fraction{Num: 1, Den: 1}, disclosure.Fraction{Num: 2, Den: 1}, "AL1: delivered is captured and electricity"},
	{"e_dc", "e_it", disclosure.Fraction{Num: 0, Den: 1}, disclosure.Fraction{Num: 1, Den: 1}, "ISO/IEC 30134-2: PUE is not below 1"},
	{"e_dc", "gisement", disclosure.Fraction{Num: 0, Den: 1}, disclosure.Fraction{Num: 3, Den: 2}, "T3: heat comes from electricity"},
}

// sliceOf names the slice in which the heats of a site are compared: its year,
// or the hours of one class of temperature.
func sliceOf(p document.Part) (slice string, compared bool) {
	switch {
	case p.Whole == "":
		return p.Site, true
	case p.Split == reports.ClassTable:
		return p.Site + p.Leaf[strings.LastIndex(p.Leaf, "/"):], true
	}
	return "", false
}

// relate links the wholes with their splits, and the heats of a site, in its
// year and in each class of temperature.
func relate(t *disclosure.Table, leaves map[string]*leaf) error {
	heats := map[string]map[string]string{} // by slice: heat to operator
	one := disclosure.Fraction{Num: 1, Den: 1}
	linked := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(leaves)) {
		p := leaves[id].part
		if slice, compared := sliceOf(p); compared {
			if heats[slice] == nil {
				heats[slice] = map[string]string{}
			}
			heats[slice][p.Heat()] = p.Owner
		}
		split := splitCell(p.Whole, p.Split)
		if p.Whole == "" || linked[split] || leaves[p.Whole] == nil {
			continue
		}
		linked[split] = true
		if err := t.Relate(disclosure.Link{From: wholeCell(p.Whole), To: split, Operator: p.Owner, Low: one, High: one, Source: "the rows of a table add up"}); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(leaves)) {
		if err := foresee(t, leaves[id].part, leaves[leaves[id].part.Of]); err != nil {
			return err
		}
	}
	for _, slice := range slices.Sorted(maps.Keys(heats)) {
		for _, b := range known {
			owner, from := heats[slice][b.from]
			if _, to := heats[slice][b.to]; !from || !to {
				continue
			}
			if err := t.Relate(disclosure.Link{From: siteCell(b.from, slice), To: siteCell(b.to, slice), Operator: owner, Low: b.low, High: b.high, Source: b.source}); err != nil {
				return err
			}
		}
	}
	return nil
}
