package disclosure

import (
	"reflect"
	"testing"
)

// What the grid publishes by delivery point narrows what others may hide
// behind: the sum minus a known delivery gives the third away.
func TestOutsideKnowledgeIsUsed(t *testing.T) {
	table := &Table{}
	fill(t, table, "commune", 400, 350, 300)
	if protect(t, table, Public).Why["commune"] != "" {
		t.Fatal("three alike must be shown")
	}
	know := func(f Fact) {
		if err := table.Know(f); err != nil {
			t.Fatal(err)
		}
	}
	know(Fact{Cell: "commune", Operator: siren(2), Low: 295, High: 305, Source: "RTE, D. 111-53 I 4°"})
	know(Fact{Cell: "commune", Operator: siren(9), Low: 1, High: 2, Source: "who is not here"})
	if p := protect(t, table, Public); p.Why["commune"] == "" {
		t.Error("operator 1 subtracts its own and the known delivery, and reads operator 0")
	}
	p := protect(t, table, Public)
	for _, v := range p.Verdict.Protected {
		if v.Operator == siren(2) && !v.Known {
			t.Errorf("what RTE publishes is known, not ours to protect: %+v", v)
		}
	}
}

func TestAContradictionIsNamedAndDoesNotBlind(t *testing.T) {
	table := &Table{}
	fill(t, table, "commune", 400, 350, 300)
	if err := table.Know(Fact{Cell: "commune", Operator: siren(0), Low: 0, High: 100, Source: "an old declaration"}); err != nil {
		t.Fatal(err)
	}
	if v := protect(t, table, Public).Verdict; len(v.Contradicted) != 1 {
		t.Errorf("contradicted = %v", v.Contradicted)
	}
}

// A printed growth hypothesis carries one year's figure to another.
func TestYearsAreLinked(t *testing.T) {
	table := &Table{}
	fill(t, table, "2026/a 2026/epci", 900)
	fill(t, table, "2026/b 2026/epci", 3000, 4000, 5000)
	fill(t, table, "2030/a 2030/epci", 990)
	fill(t, table, "2030/b 2030/epci", 3300, 4400, 5500)
	printed := map[string]Interval{"2026/epci": {12900, 12900}, "2026/b": {12000, 12000}}
	for _, l := range []struct{ from, to string }{{"2026/a", "2030/a"}, {"2026/b", "2030/b"}} {
		if err := table.Relate(Link{From: l.from, To: []string{l.to}, Low: Fraction{11, 10}, High: Fraction{11, 10}, Source: "hypothesis H1"}); err != nil {
			t.Fatal(err)
		}
	}
	verdict, err := Attack(table, printed, usual)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, b := range verdict.Breaches {
		found = found || b.Cell == "2030/a" && b.Low == 990 && b.High == 990
	}
	if !found {
		t.Errorf("2030 does not follow from 2026: %v", verdict.Breaches)
	}
	p := protect(t, table, Public)
	for _, f := range (oracle{table, p.Printed(1), usual}).attack([]string{"", siren(1)}) {
		t.Errorf("%+v", f)
	}
}

// What is public is shown with its source, protects nobody else, and needs
// no company.
func TestPublicFiguresCarryTheirSource(t *testing.T) {
	law := &Disclosure{Basis: ByLaw, Source: "https://dc.example.fr/eed-2026", Date: "2026-05-15", Field: "gisement"}
	consent := &Disclosure{Basis: ByConsent, Source: "consent 2026-014", Date: "2026-03-02", Field: "gisement"}
	table := &Table{}
	for i, d := range []*Disclosure{law, consent, nil, nil} {
		cells := []string{"commune"}
		if d != nil {
			cells = append(cells, "site-of-"+siren(i))
		}
		if err := table.Count(Contribution{Operator: siren(i), Value: 100, Cells: cells, Disclosed: d}); err != nil {
			t.Fatal(err)
		}
	}
	p := protect(t, table, Public)
	want := Cell{ID: "site-of-" + siren(0), Mark: Open, Value: 100, Sources: []Disclosure{*law}}
	if got, _ := p.Cell(want.ID); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, _ := p.Cell("commune"); got.Mark != Hidden || len(got.Sources) != 0 {
		t.Errorf("two secrets among four: %+v", got)
	}
	if err := table.Count(Contribution{Operator: siren(4), Value: 100, Cells: []string{"commune"}}); err != nil {
		t.Fatal(err)
	}
	if got, _ := protect(t, table, Public).Cell("commune"); got.Mark != Shown || got.Value != 500 || len(got.Sources) != 2 {
		t.Errorf("three secrets and two public figures: %+v", got)
	}
	if err := table.Count(Contribution{Operator: siren(5), Value: 1, Cells: []string{"x"}, Disclosed: &Disclosure{Basis: ByLaw}}); err == nil {
		t.Error("a disclosure without a source was accepted")
	}
}

// A site that is never listed leaves no trace: the publication is the same,
// to the byte, as if it did not exist.
func TestTheNeverListedSiteLeavesNoTrace(t *testing.T) {
	without, with := &Table{}, &Table{}
	for _, table := range []*Table{without, with} {
		if table == with {
			for _, cells := range [][]string{{"a", "epci"}, {"lonely", "epci"}} {
				if err := table.Count(Contribution{Operator: siren(7), Value: 12345, Cells: cells, NeverListed: true}); err != nil {
					t.Fatal(err)
				}
			}
		}
		fill(t, table, "a epci", 900)
		fill(t, table, "b epci", 300, 400, 500)
	}
	for _, profile := range Profiles {
		if a, b := protect(t, without, profile), protect(t, with, profile); !reflect.DeepEqual(a, b) {
			t.Errorf("profile %s: %+v\nis not %+v", profile.ID, b, a)
		}
		if profile.Lists(true, siren(7), "") || profile.Lists(true, siren(7), siren(1)) {
			t.Errorf("profile %s lists the site", profile.ID)
		}
	}
	if !Operator.Lists(true, siren(7), siren(7)) {
		t.Error("its operator does not see it")
	}
}

func TestProfilesReadWhatTheirConventionSays(t *testing.T) {
	table := &Table{}
	fill(t, table, "commune", 100)
	for id, want := range map[string]Mark{"operator": Hidden, "engineer": Shown, "authority": Shown, "public": Hidden} {
		p, ok := ProfileByID(id)
		if got := protect(t, table, p).Cells[0].Mark; !ok || got != want {
			t.Errorf("profile %s: mark %d, want %d", id, got, want)
		}
	}
}

func TestBadContributionsAreRefused(t *testing.T) {
	table := &Table{}
	for _, c := range []Contribution{{Value: 1}, {Operator: "1", Value: -1}, {Operator: "1", Value: maxAmount + 1}} {
		if table.Count(c) == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
	for _, f := range []Fact{{Cell: "a"}, {Cell: "a", Source: "s", Low: 2, High: 1}} {
		if table.Know(f) == nil {
			t.Errorf("%+v was accepted", f)
		}
	}
	one, b := Fraction{1, 1}, []string{"b"}
	for _, l := range []Link{{To: b, Low: one, High: one}, {Source: "s", Low: one, High: one}, {To: b, Source: "s", Low: one, High: Fraction{1, 0}}, {To: b, Source: "s", Low: one, High: Fraction{1, 2}}} {
		if table.Relate(l) == nil {
			t.Errorf("%+v was accepted", l)
		}
	}
}
