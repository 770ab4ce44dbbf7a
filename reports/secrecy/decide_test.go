package secrecy

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
)

// printed is a table of one row a site, each of an operator of its own, and
// the total.
func printed(mwh map[string]float64) []document.Figure {
	place := func(row string) document.Place {
		return document.Place{Report: "pcaet", Area: "999000012", Period: "2025", Table: "rejected", Row: row, Column: "gisement_mwh"}
	}
	total := document.Figure{Place: place("total"), Unit: "MWh"}
	total.Code = total.Place.Code()
	figures := []document.Figure{}
	for site, v := range mwh {
		part := document.Part{Owner: "operator " + site, Site: site, Leaf: "gisement/" + site, Value: v}
		row := document.Figure{Place: place(site), Unit: "MWh", Value: v, Guard: document.Guard{Parts: []document.Part{part}}}
		row.Code = row.Place.Code()
		figures = append(figures, row)
		total.Value += v
		total.Guard.Parts = append(total.Guard.Parts, part)
	}
	return append(figures, total)
}

// rules are those of the reports of today.
func rules(t *testing.T) reports.Secrecy {
	t.Helper()
	r, err := reports.SecrecyOn(time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// secret lists the rows that an edition hides.
func secret(t *testing.T, figures []document.Figure, p disclosure.Profile, k Knowledge) map[string]bool {
	t.Helper()
	k.Rules = rules(t)
	d, err := Decide(figures, p, k)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, f := range figures {
		rows[f.Place.Row] = d.Secret[f.Code]
	}
	return rows
}

// to says that a site's heat is open: to everyone, or to one reader alone.
func to(site string, reader bool) reports.Opening {
	return reports.Opening{Site: site, Reader: reader, Disclosure: disclosure.Disclosure{Basis: disclosure.ByConsent, Source: "accord 12", Date: "2026-05-15", Field: reports.HeatField}}
}

var three = map[string]float64{"a": 4000, "b": 5000, "c": 6000}

// What a reader was shown of two operators it can take from the sum of three.
func TestASumIsSecretToWhoWasShownTheOthers(t *testing.T) {
	figures := printed(three)
	if got := secret(t, figures, disclosure.Operator, Knowledge{Reader: "somebody"}); got["total"] || !got["a"] || !got["b"] || !got["c"] {
		t.Errorf("to who was shown nothing: %v", got)
	}
	got := secret(t, figures, disclosure.Operator, Knowledge{Reader: "somebody", Openings: reports.Openings{to("b", true), to("c", true)}})
	if got["b"] || got["c"] {
		t.Errorf("what was opened to this reader is hidden: %v", got)
	}
	if !got["a"] || !got["total"] {
		t.Errorf("the third operator's heat can be reckoned: %v", got)
	}
}

// A consent for everyone opens the figure in every edition, with its source.
func TestWhatIsOpenToEveryoneIsPrintedWithItsSource(t *testing.T) {
	figures := printed(three)
	d, err := Decide(figures, disclosure.Public, Knowledge{Rules: rules(t), Openings: reports.Openings{to("b", false)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		if row := f.Place.Row; d.Secret[f.Code] != (row != "b") {
			t.Errorf("row %s: secret %v", row, d.Secret[f.Code])
		}
		if sources := d.Sources[f.Code]; f.Place.Row == "b" && (len(sources) != 1 || sources[0].Source != "accord 12") {
			t.Errorf("sources of b: %v", sources)
		}
	}
}

// An operator reads its own figure in its own edition, and no sum from which
// that and what it was shown leave a single other one.
func TestAnOperatorReadsItsOwn(t *testing.T) {
	figures := printed(three)
	if got := secret(t, figures, disclosure.Operator, Knowledge{Reader: "operator a"}); got["a"] || got["total"] || !got["b"] || !got["c"] {
		t.Errorf("its own edition: %v", got)
	}
	got := secret(t, figures, disclosure.Operator, Knowledge{Reader: "operator a", Openings: reports.Openings{to("b", true)}})
	if got["a"] || got["b"] || !got["c"] || !got["total"] {
		t.Errorf("once another's was opened to it: %v", got)
	}
}

// A figure of which nobody said whom it gives away is not published.
func TestAFigureThatNobodyThoughtAboutIsSecret(t *testing.T) {
	f := document.Figure{Code: "AAAAAAAA", Unit: "MWh", Value: 12}
	d, err := Decide([]document.Figure{f}, disclosure.Public, Knowledge{Rules: rules(t)})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Secret[f.Code] || len(d.Unstated) != 1 {
		t.Errorf("%+v", d)
	}
}

// split is a table of a heat by class, each site with all of its heat in one.
func split(heat string, class map[string]string, mwh map[string]float64) []document.Figure {
	rows := map[string]document.Figure{}
	for _, c := range []string{"cold", "hot"} {
		row := document.Figure{Place: document.Place{Report: "pcaet", Area: "999000012", Period: "2025", Table: reports.ClassTable, Row: c, Column: heat + "_mwh"}, Unit: "MWh"}
		row.Code = row.Place.Code()
		for site, v := range mwh {
			part := document.Part{Owner: "operator " + site, Site: site, Whole: heat + "/" + site, Split: reports.ClassTable, Leaf: heat + "/" + site + "/" + reports.ClassTable + "/" + c}
			if class[site] == c {
				part.Value = v
			}
			row.Value += part.Value
			row.Guard.Parts = append(row.Guard.Parts, part)
		}
		rows[c] = row
	}
	return []document.Figure{rows["cold"], rows["hot"]}
}

// What is handed over in a class that two operators have is secret, and so is
// the other class, which the total would give back.
func TestAClassOfFewOperatorsIsSecret(t *testing.T) {
	mwh := map[string]float64{"a": 4000, "b": 5000, "c": 6000, "d": 4500, "e": 5500}
	few := map[string]string{"a": "hot", "b": "hot", "c": "cold", "d": "cold", "e": "cold"}
	figures := append(renamed(printed(mwh), "valorisee"), split("valorisee", few, mwh)...)
	got := secret(t, figures, disclosure.Public, Knowledge{})
	if !got["hot"] || !got["cold"] || got["total"] {
		t.Errorf("two operators in one class, three in the other: %v", got)
	}
	mwh["f"], few["f"] = 5200, "hot"
	figures = append(renamed(printed(mwh), "valorisee"), split("valorisee", few, mwh)...)
	if got := secret(t, figures, disclosure.Public, Knowledge{}); got["hot"] || got["cold"] || got["total"] {
		t.Errorf("three operators in each class: %v", got)
	}
}

// What a site captures in a class it rejects there: attackers compare its
// heats class by class, as they do year by year.
func TestTheHeatsOfASiteAreComparedInEachClass(t *testing.T) {
	mwh := map[string]float64{"a": 4000, "b": 5000, "c": 6000}
	all := map[string]string{"a": "hot", "b": "hot", "c": "hot"}
	leaves := map[string]*leaf{}
	for _, heat := range []string{"gisement", "captee", "livree", "valorisee"} {
		for _, f := range append(renamed(printed(mwh), heat), split(heat, all, mwh)...) {
			for _, p := range f.Guard.Parts {
				leaves[p.Leaf] = &leaf{part: p}
			}
		}
	}
	sums := map[string]int{}
	for _, l := range leaves {
		for _, cell := range l.sums() {
			sums[cell]++
		}
	}
	for _, cell := range []string{"site captee a", "site captee a/classes/hot", "connection livree a", "site gisement a/classes/cold", "split livree/b classes", "whole valorisee/c"} {
		if sums[cell] == 0 {
			t.Errorf("no attacker forms the sum %q", cell)
		}
	}
	if err := (Knowledge{Rules: rules(t)}).relate(&disclosure.Table{}, leaves); err != nil {
		t.Error(err)
	}
}

// A site that lies in no network's reach gives nothing, and everybody can tell:
// nobody's heat could be its instead.
func TestNobodyHidesBehindWhoIsOutOfReach(t *testing.T) {
	sum := func(leaf string) []document.Figure {
		f := document.Figure{Place: document.Place{Report: "pcaet", Area: "999000012", Period: "2025", Table: "match", Row: "total", Column: "captee_mwh"}, Unit: "MWh"}
		f.Code = f.Place.Code()
		for _, site := range []string{"a", "b", "c"} {
			f.Guard.Parts = append(f.Guard.Parts, document.Part{Owner: "operator " + site, Site: site, Leaf: "captee/" + site + "→marais", Value: three[site]})
			f.Value += three[site]
		}
		for _, site := range []string{"d", "e"} { // two, for each knows of itself
			f.Guard.Parts = append(f.Guard.Parts, document.Part{Owner: "operator " + site, Site: site, Leaf: fmt.Sprintf(leaf, site)})
		}
		return []document.Figure{f}
	}
	var atMost []reports.Outside // what b and c can give is known, so that a gives the rest at least
	for _, site := range []string{"b", "c"} {
		atMost = append(atMost, reports.Outside{Site: site, Heat: "captee", High: three[site], Source: "permit"})
	}
	if got := secret(t, sum("captee/%s→marais"), disclosure.Public, Knowledge{Outside: atMost}); got["total"] {
		t.Error("a part of the heat could be that of the other sites on the network")
	}
	if got := secret(t, sum("captee/%s"), disclosure.Public, Knowledge{Outside: atMost}); !got["total"] {
		t.Error("the first operator's heat can be told, for the others give nothing")
	}
}

// What an energy may have become since a figure of long ago bounds nothing, and
// takes no edition down.
func TestAFigureOfLongAgoTellsNothing(t *testing.T) {
	old := []reports.Outside{{Site: "a", Heat: "gisement", Years: -200, Low: 1e9, High: 1e9, Source: "archive"}}
	if got := secret(t, printed(three), disclosure.Public, Knowledge{Outside: old}); got["total"] {
		t.Errorf("%v", got)
	}
}

// renamed are figures of another heat.
func renamed(figures []document.Figure, heat string) []document.Figure {
	for i := range figures {
		f := &figures[i]
		f.Place.Column = heat + "_mwh"
		f.Code = f.Place.Code()
		f.Guard.Parts = slices.Clone(f.Guard.Parts)
		for j := range f.Guard.Parts {
			f.Guard.Parts[j].Leaf = heat + "/" + f.Guard.Parts[j].Site
		}
	}
	return figures
}
