package secrecy

import (
	"testing"

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

// secret lists the rows that an edition hides.
func secret(t *testing.T, figures []document.Figure, p disclosure.Profile, k Knowledge) map[string]bool {
	t.Helper()
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
	d, err := Decide(figures, disclosure.Public, Knowledge{Openings: reports.Openings{to("b", false)}})
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
	d, err := Decide([]document.Figure{f}, disclosure.Public, Knowledge{})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Secret[f.Code] || len(d.Unstated) != 1 {
		t.Errorf("%+v", d)
	}
}
