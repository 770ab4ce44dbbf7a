package pcaet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// typed is the report of a territory of n data centers that somebody typed,
// each of its own operator; of the first few the yearly electricity is known.
func typed(t *testing.T, n, declared int, profile string, change ...func(*configs.SiteEntry)) (p *pcaet.Report, page string) {
	t.Helper()
	area, o := fixture.Area(t), fixture.Options("")
	area.Territory.Sites = nil
	var list []configs.SiteEntry
	for i := range n {
		s := configs.SiteEntry{ID: fmt.Sprintf("hall-%02d", i), Site: interval.Site{Name: fmt.Sprintf("Salle %02d", i), Operator: fmt.Sprintf("Exploitant %02d", i),
			Commune: "99902", Latitude: 46.6, Longitude: -3.4, PositionClass: 5, RatedITKW: 900 + 10*float64(i), Tap: "chilled_water_return", UTCOffsetMin: 60,
			Data: interval.DeclaredData, Fictitious: true}}
		if i < declared {
			s.TotalKWh = 6e6 + 1e5*float64(i)
		}
		for _, f := range change {
			f(&s)
		}
		list, area.Territory.Sites = append(list, s), append(area.Territory.Sites, s.ID)
	}
	o.Disclosure = profile
	d, err := reports.Build(t.Context(), reports.Declare(&reports.File{}, list), area, o)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = pcaet.Write(d); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := document.WriteHTML(&b, p.Document()); err != nil {
		t.Fatal(err)
	}
	return p, typewritten(b.String())
}

// typewritten has one kind of space and apostrophe, where French print has more.
func typewritten(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "’", "'")
}

// deposit is depot.csv.
func deposit(t *testing.T, p *pcaet.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteDeposit(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The first page, the tables and the file to type from say of which sites a
// total lacks the part: who types it must not take it for the whole.
func TestATotalSaysWhatItLacks(t *testing.T) {
	p, page := typed(t, 5, 4, "authority")
	first, _, _ := strings.Cut(page, "Ce qu'il faut saisir")
	const said = "Hors du total d'électricité, non connue : Salle 04."
	if !strings.Contains(first, said) {
		t.Error("the first page does not say which site the electricity lacks")
	}
	for line := range strings.Lines(deposit(t, p)) {
		if share := strings.Contains(line, ";PEC_CONSO_") || strings.Contains(line, ";cae_2.fb;"); share != strings.Contains(typewritten(line), said) {
			t.Errorf("depot.csv: %s", line)
		}
	}
	if !strings.Contains(page, "Non compris dans le total, faute de valeur connue : Salle 04.") {
		t.Error("the table does not say which site its total lacks")
	}
}

// One operator's total is its own, and a site elsewhere may be counted twice:
// both are said before any figure is read.
func TestTheFirstPageSaysWhoseAndWhereTheSitesAre(t *testing.T) {
	_, page := typed(t, 2, 2, "authority", func(s *configs.SiteEntry) {
		s.OperatorSIREN = "999000038"
		if s.ID == "hall-01" {
			s.Commune = "75056"
		}
	})
	first, _, _ := strings.Cut(page, "Ce qu'il faut saisir")
	for _, want := range []string{"Moins de 3 exploitants : aucun total n'est publiable sans leur accord", "Commune déclarée hors du périmètre, à vérifier : Salle 01 (75056)."} {
		if !strings.Contains(first, want) {
			t.Errorf("the first page does not say %q", want)
		}
	}
}

// A list of many names leaves the first page for the figures.
func TestAFirstPageNamesAFew(t *testing.T) {
	_, page := typed(t, 14, 2, "authority")
	if !strings.Contains(page, "non connue : Salle 02, Salle 03, Salle 04, Salle 05, Salle 06, Salle 07, Salle 08, Salle 09 et 4 autres.") {
		t.Error("twelve sites are not named as eight and four others")
	}
}

// What is secret is known: a public total lacks only what nobody knows, and
// does not say of which site that is.
func TestAPublicTotalLacksOnlyWhatNobodyKnows(t *testing.T) {
	_, page := typed(t, 6, 5, "public")
	for _, want := range []string{"Hors du total d'électricité, non connue : 1 site(s).", "faute de valeur connue : 1 site(s)."} {
		if !strings.Contains(page, want) {
			t.Errorf("the public edition does not say %q", want)
		}
	}
	if _, whole := typed(t, 6, 6, "public"); strings.Contains(whole, "Hors du total d'électricité") {
		t.Error("a public total of known amounts is said to lack some")
	}
}

// The layer of sites says who may read it, as every page does.
func TestTheLayerOfSitesSaysWhoMayReadIt(t *testing.T) {
	for profile, want := range map[string]string{"authority": "Diffusion restreinte", "public": "Édition publique"} {
		area, o := fixture.Area(t), fixture.Options("")
		o.Disclosure = profile
		area.Plan.Publications = []configs.Publication{{Site: "dlc-2mw", Fields: []string{reports.NameField, reports.LocationField}, Page: "https://calcul.example/eed", Date: "2026-02-01"}}
		d, err := reports.Build(t.Context(), fixture.Source(t), area, o)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pcaet.Write(d)
		if err != nil {
			t.Fatal(err)
		}
		layer := p.Layer()
		if len(layer.Features) == 0 {
			t.Fatalf("%s: no site is on the map", profile)
		}
		for _, f := range layer.Features {
			for _, a := range f.Properties {
				if a.Name == "diffusion" && !strings.Contains(a.Value.(string), want) {
					t.Errorf("%s: site %s says %q", profile, f.ID, a.Value)
				}
			}
		}
	}
}

// A network's rate is one string wherever it stands.
func TestARateIsOneString(t *testing.T) {
	p, _ := written(t, plan, "authority")
	printed := func(table, key string) string {
		for _, f := range reports.FiguresOf(p.Document().Blocks) {
			if f.Figure.Place.Table == table && f.Figure.Key == key {
				return f.Figure.Full("fr")
			}
		}
		return ""
	}
	if network, deposit := printed("networks", "enrr_percent"), printed("deposit", "rate"); network == "" || network != deposit {
		t.Errorf("the network's table says %q, the deposit's %q", network, deposit)
	}
}
