package secrecy

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// place is where the kinds of energy of one operator are compared: a site, or
// a connection of it, in a year or in a slice of one.
type place struct {
	each reports.Extent
	name string
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.each, b.each), cmp.Compare(a.name, b.name))
}

// placesOf are those of a part: captee-trend-2030/air-5mw→marais/classes/cold
// is compared on the connection air-5mw→marais and on the site air-5mw, in its
// class and in the year to come.
func placesOf(p document.Part) []place {
	_, row, _ := strings.Cut(p.Leaf, "/")
	connection, slice, sliced := strings.Cut(row, "/")
	if sliced {
		slice = "/" + slice
	}
	slice = strings.TrimPrefix(p.Heat(), p.Kind()) + slice
	return []place{{reports.EachConnection, connection + slice}, {reports.EachSite, p.Site + slice}}
}

// energies are one operator's at a place, MWh by kind.
type energies struct {
	owner  string
	byKind map[string]float64
}

// knows reports whether there is something to relate.
func (e energies) knows(r reports.Relation) bool {
	for _, kind := range append([]string{r.Of}, r.Takes...) {
		if _, known := e.byKind[kind]; !known {
			return false
		}
	}
	return true
}

// keeps reports whether a relation is true, to the last printed digit.
func (e energies) keeps(r reports.Relation) bool {
	taken := 0.0
	for _, kind := range r.Takes {
		taken += e.byKind[kind]
	}
	of := e.byKind[r.Of]
	return float64(r.LeastPercent)*of <= 100*taken && 100*taken <= float64(r.MostPercent)*of
}

// relate enters what ties leaves together: wholes and what they are split
// into, the years to come and today, and the kinds of energy of a site.
func (k Knowledge) relate(t *disclosure.Table, leaves map[string]*leaf) error {
	ids := slices.Sorted(maps.Keys(leaves))
	linked := map[string]bool{}
	places := map[place]energies{}
	for _, id := range ids {
		p := leaves[id].part
		for _, at := range placesOf(p) {
			if places[at].byKind == nil {
				places[at] = energies{p.Owner, map[string]float64{}}
			}
			places[at].byKind[p.Kind()] += p.Value
		}
		if err := foresee(t, p, leaves[p.Of]); err != nil {
			return err
		}
		split := splitCell(p.Whole, p.Split)
		if p.Whole == "" || linked[split] || leaves[p.Whole] == nil {
			continue
		}
		linked[split] = true
		one := disclosure.Fraction{Num: 1, Den: 1}
		if err := t.Relate(disclosure.Link{From: wholeCell(p.Whole), To: []string{split}, Operator: p.Owner, Low: one, High: one, Source: "the rows of a table add up"}); err != nil {
			return err
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(places), comparePlaces) {
		if err := k.compare(t, at, places[at]); err != nil {
			return err
		}
	}
	return nil
}

// compare enters the relations that hold at a place. One that speaks of fewer
// terms than another of the same energy follows from it, unless that other is
// not true here: then each is entered, for meters break one without the other.
func (k Knowledge) compare(t *disclosure.Table, at place, e energies) error {
	var kept []reports.Relation
	for _, r := range k.Rules.Relations {
		follows := func(fuller reports.Relation) bool {
			return fuller.Of == r.Of && !slices.ContainsFunc(r.Takes, func(kind string) bool { return !slices.Contains(fuller.Takes, kind) })
		}
		if r.Each != at.each || !e.knows(r) || slices.ContainsFunc(kept, follows) {
			continue
		}
		l := disclosure.Link{From: kindCell(r.Of, at), Operator: e.owner, Low: percent(r.LeastPercent), High: percent(r.MostPercent), Source: r.Source}
		for _, kind := range r.Takes {
			l.To = append(l.To, kindCell(kind, at))
		}
		if err := t.Relate(l); err != nil {
			return err
		}
		if e.keeps(r) {
			kept = append(kept, r)
		}
	}
	return nil
}

func percent(n int64) disclosure.Fraction { return disclosure.Fraction{Num: n, Den: 100} }
