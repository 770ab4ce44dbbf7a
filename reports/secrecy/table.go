package secrecy

import (
	"maps"
	"slices"

	"thermie/disclosure"
	"thermie/reports/document"
)

// tableOf enters every leaf with the figures that count it. What attackers
// can relate is entered with it: the months of a year and its classes of
// temperature are the same heat, and no site gives more than it rejects; nor
// does one give anything that lies in no network's reach. What was opened to
// the edition's reader alone it can subtract, so it protects nobody here.
func tableOf(byCode map[string]document.Figure, k Knowledge) (*disclosure.Table, error) {
	t := &disclosure.Table{}
	leaves := leavesOf(byCode)
	owners := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(leaves)) {
		l := leaves[id]
		owners[l.part.Site] = l.part.Owner
		sums := slices.Concat(l.sums(), k.sums(l.part))
		t.Imagine(sums...)
		c := disclosure.Contribution{Operator: l.part.Owner, Value: amount(l.part.Value), Cells: append(l.codes, sums...),
			Disclosed: reckoned(l.part, k.Openings.Readable)}
		if err := t.Count(c); err != nil {
			return nil, err
		}
		if untaken(l.part) {
			if err := t.Know(disclosure.Fact{Cell: wholeCell(id), Operator: l.part.Owner, Source: "TE2: no network in reach takes it"}); err != nil {
				return nil, err
			}
		}
	}
	for _, o := range k.Outside {
		if o.Site != "" && owners[o.Site] == "" {
			continue // of a site that no figure counts
		}
		if err := k.enter(t, o, owners); err != nil {
			return nil, err
		}
	}
	return t, k.relate(t, leaves)
}

// untaken reports whether a part is what a site without any connection gives
// to networks: nothing, as who knows the places of both can tell. An amount
// that is given stands in the row of its site and network.
func untaken(p document.Part) bool {
	return p.Value == 0 && (p.Leaf == "captee/"+p.Site || p.Leaf == "livree/"+p.Site)
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
// whole that was split in one way, and a kind of energy at each place.
func (l *leaf) sums() []string {
	cells := []string{wholeCell(l.part.Leaf)}
	if l.part.Whole != "" {
		cells = []string{splitCell(l.part.Whole, l.part.Split)}
	}
	for _, at := range placesOf(l.part) {
		cells = append(cells, kindCell(l.part.Kind(), at))
	}
	return cells
}

// sums are the cells that outside knowledge speaks of and that count a part.
func (k Knowledge) sums(p document.Part) (cells []string) {
	if p.Whole != "" {
		return nil
	}
	for _, o := range k.Outside {
		if o.Site == "" && o.Heat == p.Heat() && (o.Commune == "" || o.Commune == k.Communes[p.Site]) {
			cells = append(cells, outsideCell(o))
		}
	}
	return cells
}

func splitCell(whole, split string) string    { return "split " + whole + " " + split }
func wholeCell(whole string) string           { return "whole " + whole }
func kindCell(kind string, at place) string   { return string(at.each) + " " + kind + " " + at.name }
func communeCell(heat, commune string) string { return "commune " + heat + " " + commune }
func allCell(heat string) string              { return "all " + heat }
