package pcaet_test

import (
	"bytes"
	"context"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/gis"
	"thermie/reports/pcaet"
)

// plan is one of everything that an authority may state.
var plan = configs.Plan{
	Hypotheses: []configs.Hypothesis{
		{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
		{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "dlc-2mw", State: "announced", Source: "presse locale"},
	},
	Documents: []configs.PlanDocument{
		{Topic: "plu", Title: "PLUi", File: "testdata/no-such-layer.geojson", Property: "libelle", Source: "géoportail"},
		{Topic: "scot", Title: "SCoT du Pays", Provision: "objectif 12", Source: "syndicat", Date: "2023-06-12"},
	},
	Actions: []configs.PlanAction{{Action: "charter", Lead: "Le bureau", Start: 2027, End: 2028, BudgetKEUR: 25, Source: "bureau"}},
}

// written is the demonstration's report with a plan, as text.
func written(t *testing.T, plan configs.Plan, profile string) (*pcaet.Report, string) {
	t.Helper()
	area, o := fixture.Area(t), fixture.Options("")
	area.Plan, o.Disclosure = plan, profile
	d, err := reports.Build(context.Background(), fixture.Source(t), area, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pcaet.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := document.WriteHTML(&page, p.Document()); err != nil {
		t.Fatal(err)
	}
	return p, page.String()
}

func TestWithoutAHypothesisNoTrajectoryIsMadeUp(t *testing.T) {
	_, page := written(t, configs.Plan{}, "authority")
	if !strings.Contains(page, "Aucune hypothèse d’évolution n’a été fournie") || strings.Contains(page, "Tendanciel") {
		t.Error("a trajectory without a hypothesis")
	}
}

func TestTheChaptersSayWhatTheAuthorityStates(t *testing.T) {
	_, page := written(t, plan, "authority")
	for _, text := range []string{"schéma directeur", "presse locale", "Tendanciel", "Ambitieux", "2036", "Le bureau", "2027–2028", "25 k€",
		"Couche illisible", "SCoT du Pays", "objectif 12", "12 juin 2023", "Textes – PLU(i)", "Temps de retour brut", "Statut de réseau efficace"} {
		if !strings.Contains(strings.ReplaceAll(page, document.Nbsp, " "), text) {
			t.Errorf("the dossier does not say %q", text)
		}
	}
	if strings.Contains(page, "⟨") {
		t.Error("a text is missing")
	}
}

func TestEachMatchHasItsActionSheet(t *testing.T) {
	p, _ := written(t, plan, "authority")
	actions := p.Actions()
	if len(actions) != 6 {
		t.Fatalf("%d sheets for two matches and four general actions", len(actions))
	}
	first := actions[0]
	if len(first.Results) != 3 || !first.Budget.Stated() || first.Budget.U == 0 || first.Lead != "" || len(first.Funding) < 3 {
		t.Errorf("sheet of a match: %+v", first)
	}
	if charter := actions[2]; charter.ID != "charter" || charter.Start != 2027 || charter.Budget.Value != 25 {
		t.Errorf("sheet of the charter: %+v", charter)
	}
}

// Two operators: whatever a trajectory adds up, it gives one of them away.
func TestATrajectoryOfTwoOperatorsIsSecret(t *testing.T) {
	p, _ := written(t, plan, "public")
	for _, f := range reports.FiguresOf(p.Document().Blocks) {
		at := f.Figure.Place
		told := strings.HasPrefix(at.Table, "trajector") || strings.HasPrefix(at.Table, "rates") || at.Table == "hypotheses" || at.Table == "communes" || at.Table == "idle" || at.Table == "deposit"
		if told && f.Figure.Mark == document.Known && f.Figure.Value != 0 && !f.Figure.Guard.Free {
			t.Errorf("%s, %s (%s) prints %s", f.Row, f.Column, f.Table, f.Figure.Full("fr"))
		}
	}
}

// What is wrong with a layer is told in French, and the file's name with it.
func TestALayerThatCannotBeReadIsToldInFrench(t *testing.T) {
	w, err := reports.WordsOf("fr")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range gis.FaultKinds {
		if !w.Has("layer_fault." + string(kind)) {
			t.Errorf("no French words for the fault %s", kind)
		}
	}
	for text, says := range map[string]string{
		"{":                            "ce n’est pas du GeoJSON",
		`{"type":"FeatureCollection"}`: "aucun objet n’y a de géométrie",
		`{"type":"Feature","geometry":{"type":"Blob"}}`:                                   `objet n° 1 : "Blob" n’est pas un type de géométrie`,
		`{"type":"Point","coordinates":[650000,6860000]}`:                                 "objet n° 1 : les coordonnées 650000, 6860000 ne sont pas des degrés",
		`{"type":"Point","crs":{"properties":{"name":"EPSG:27572"}},"coordinates":[1,2]}`: "projection « EPSG:27572 » inconnue",
	} {
		file := filepath.Join(t.TempDir(), "plu.geojson")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, page := written(t, configs.Plan{Documents: []configs.PlanDocument{{Topic: "plu", Title: "PLUi", File: file, Property: "libelle", Source: "géoportail"}}}, "authority")
		plain := strings.NewReplacer(document.Nbsp, " ", "\u202f", " ").Replace(html.UnescapeString(page))
		if !strings.Contains(plain, "plu.geojson : "+says) {
			i := max(0, strings.Index(plain, "Couche illisible"))
			t.Errorf("%s: the dossier says %q, want %q", text, plain[i:min(len(plain), i+200)], says)
		}
	}
}

// Sites whose electricity nobody knows consume something all the same.
func TestElectricityThatNobodyKnowsIsNotNothing(t *testing.T) {
	area, o := fixture.Area(t), fixture.Options("")
	area.Plan, area.Territory.Sites = configs.Plan{Hypotheses: plan.Hypotheses[:1]}, []string{"hall"}
	place := interval.Site{Name: "Salle", OperatorSIREN: "910000001", Commune: "99901", Latitude: 46.6, Longitude: -3.4, RatedITKW: 800, Tap: "return_air", Fictitious: true, UTCOffsetMin: 60, Data: interval.DeclaredData}
	d, err := reports.Build(context.Background(), reports.Declare(&reports.File{}, []configs.SiteEntry{{ID: "hall", Site: place}}), area, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pcaet.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range reports.FiguresOf(p.Document().Blocks) {
		if at := f.Figure.Place; at.Table == "trajectories" && at.Column == "e_dc_mwh" && f.Figure.Mark != document.Unknown {
			t.Errorf("%s: %s", at.Row, f.Figure.Full("fr"))
		}
	}
}
