package disclosure

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// halls is a year of a territory's data centers as a dossier prints it: what
// each rejects and what networks draw of it, in rows of their own, by commune,
// network and month, and the links that a reader knows of the heats of a site.
type halls struct {
	sites, operators, communes, networks, months int
	declared                                     int // % of the sites whose rated power bounds what they reject
}

func (d halls) table(t testing.TB, seed uint64) *Table {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 300))
	table := &Table{}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range d.sites {
		h := hall{table: table, must: must, site: fmt.Sprintf("site-%03d", i), operator: siren(i % d.operators)}
		commune, network := fmt.Sprintf("commune-%d", random.IntN(d.communes)), fmt.Sprintf("network-%d", random.IntN(d.networks))
		rejected := Amount(1e5 + random.IntN(2e7))
		captured := rejected * Amount(40+random.IntN(61)) / 100
		electricity := captured * Amount(20+random.IntN(30)) / 100
		h.count("gisement", rejected, commune)
		h.count("captee", captured, commune, network)
		h.count("electricite", electricity, commune, network)
		h.count("livree", captured+electricity, commune, network)
		h.split("gisement", rejected, d.months, random)
		h.split("captee", captured, d.months, random)
		h.link("gisement", 0, "captee")
		h.link("captee", 0, "electricite")
		h.link("livree", 1, "captee", "electricite")
		if random.IntN(100) < d.declared {
			must(table.Know(Fact{Cell: h.whole("gisement"), Operator: h.operator, Low: 0, High: rejected * 11 / 10, Source: "rated power"}))
		}
	}
	return table
}

// hall is one site of it.
type hall struct {
	table          *Table
	must           func(error)
	site, operator string
}

// whole is a cell that nobody prints.
func (h hall) whole(heat string) string { return "whole/" + heat + "/" + h.site }

// count enters a heat with its own row, the total and the places that count it.
func (h hall) count(heat string, value Amount, places ...string) {
	h.table.Imagine(h.whole(heat))
	cells := []string{h.whole(heat), heat + "/" + h.site, heat + "/total"}
	for _, place := range places {
		cells = append(cells, heat+"/"+place)
	}
	h.must(h.table.Count(Contribution{Operator: h.operator, Value: value, Cells: cells}))
}

// split enters the months of a heat, which add up to it.
func (h hall) split(heat string, value Amount, months int, random *rand.Rand) {
	all := "split/" + heat + "/" + h.site
	h.table.Imagine(all)
	for m := range months {
		part := value / Amount(months-m)
		if m < months-1 {
			part = part * Amount(50+random.IntN(100)) / 100
		}
		value -= part
		h.must(h.table.Count(Contribution{Operator: h.operator, Value: part, Cells: []string{all, fmt.Sprintf("%s/m%02d", heat, m)}}))
	}
	if months > 0 {
		one := Fraction{1, 1}
		h.must(h.table.Relate(Link{From: h.whole(heat), To: []string{all}, Operator: h.operator, Low: one, High: one, Source: "rows add up"}))
	}
}

// link says that some heats are another one (least 1) or a part of it (0).
func (h hall) link(from string, least int64, to ...string) {
	for i := range to {
		to[i] = h.whole(to[i])
	}
	h.must(h.table.Relate(Link{From: h.whole(from), To: to, Operator: h.operator, Low: Fraction{least, 1}, High: Fraction{1, 1}, Source: "physics"}))
}
