package secrecy

import (
	"maps"
	"slices"
	"strings"

	"thermie/disclosure"
)

// heatOf is the heat that a leaf is an amount of: "gisement" of
// "gisement/air-5mw", "captee-trend-2030" of "captee-trend-2030/air-5mw→marais".
func heatOf(leaf string) string {
	heat, _, _ := strings.Cut(leaf, "/")
	return heat
}

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

// relate links the wholes with their splits, and the heats of a site.
func relate(t *disclosure.Table, leaves map[string]*leaf) error {
	heats := map[string]map[string]string{} // by site: heat to operator
	one := disclosure.Fraction{Num: 1, Den: 1}
	linked := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(leaves)) {
		p := leaves[id].part
		if p.Whole == "" {
			if heats[p.Site] == nil {
				heats[p.Site] = map[string]string{}
			}
			heats[p.Site][heatOf(id)] = p.Owner
			continue
		}
		split := splitCell(p.Whole, p.Split)
		if linked[split] || leaves[p.Whole] == nil {
			continue
		}
		linked[split] = true
		if err := t.Relate(disclosure.Link{From: wholeCell(p.Whole), To: split, Operator: p.Owner, Low: one, High: one, Source: "the rows of a table add up"}); err != nil {
			return err
		}
	}
	for _, site := range slices.Sorted(maps.Keys(heats)) {
		for _, b := range known {
			owner, from := heats[site][b.from]
			if _, to := heats[site][b.to]; !from || !to {
				continue
			}
			if err := t.Relate(disclosure.Link{From: siteCell(b.from, site), To: siteCell(b.to, site), Operator: owner, Low: b.low, High: b.high, Source: b.source}); err != nil {
				return err
			}
		}
	}
	return nil
}
