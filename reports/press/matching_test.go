package press

import (
	"archive/zip"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thermie/reports/fixture"
)

// partsOf lists the files inside a packed document.
func partsOf(t *testing.T, path string) []string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	return names
}

// Every pair of a territory is in the matching: those that come about in
// order of cost, and the others with a reason.
func TestTheMatchingOfATerritory(t *testing.T) {
	far := "networks:\n  - {id: plaine, name: Réseau de la plaine, fluid: hot_water, demand_mwh: 9000, supply_cold_c: 90, return_cold_c: 50, supply_mild_c: 65, return_mild_c: 42, climate_zone: H1a, latitude_deg: 47.4, longitude_deg: -3.4}\n" +
		"  - {id: vapeur, name: Réseau de vapeur, fluid: steam, demand_mwh: 9000, supply_cold_c: 200, return_cold_c: 50, supply_mild_c: 200, return_mild_c: 42, climate_zone: H1a, latitude_deg: 46.602, longitude_deg: -3.405}\n"
	export, config := aTerritory(t, "networks:\n", far, "networks: [marais]", "networks: [marais, plaine, vapeur]")
	out := t.TempDir()
	_, said, err := report("matching", "-from", export, "-config", config, "-territory", "200054781", "-year", "2025", "-out", out, "-date", "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 sites, 3 networks: 2 pairs come about, 4 fail", "matching.docx, .pdf"} {
		if !strings.Contains(said, want) {
			t.Errorf("the command does not say %q:\n%s", want, said)
		}
	}
	for _, name := range []string{"matching.docx", "matching.pdf", "matching.html", "matching.xlsx", "matching.csv"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(page(t, filepath.Join(out, "matching.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[1:] {
		got = append(got, row[0]+" "+row[2]+" "+row[5]+row[6]+" "+row[14])
	}
	want := "dlc-2mw marais 12 |air-5mw marais 21 |air-5mw vapeur  fluid|air-5mw plaine  distance|dlc-2mw vapeur  fluid|dlc-2mw plaine  distance"
	if strings.Join(got, "|") != want {
		t.Errorf("the pairs are\n%s, want\n%s", strings.Join(got, "|"), want)
	}
	html := page(t, filepath.Join(out, "matching.html"))
	for _, text := range []string{"réseau hors de portée", "fluide du réseau hors de portée", "moins d’une année de données", "Couples par coût de la chaleur"} {
		if !strings.Contains(html, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if strings.Contains(html, "⟨") {
		t.Error("a text is missing")
	}
}

func TestAMatchingWithoutNetworks(t *testing.T) {
	area := fixture.Area(t)
	area.Networks = nil
	if _, err := WriteMatching(t.Context(), fixture.Source(t), area, fixture.Options(t.TempDir())); err != nil {
		t.Error(err)
	}
}

// What names every site with its heat is for readers who may see every value,
// whatever it is called.
func TestOnlyTheDossierHasAnEditionForOthers(t *testing.T) {
	for _, profile := range [][]string{{"public"}, {"operator", "-reader", "910000000"}} {
		for kind, of := range map[string][]string{"matching": {"-territory", "1"}, "letters": {"-territory", "1"}, "network": {"-site", "x"}, "site": {"-site", "x"}} {
			args := slices.Concat([]string{kind, "-from", "x", "-config", "y", "-year", "2025", "-out", t.TempDir()}, of, []string{"-disclosure"}, profile)
			_, _, err := report(args...)
			if err == nil || !strings.Contains(err.Error(), "report pcaet writes what such readers may see") {
				t.Errorf("%s for %v: %v", kind, profile, err)
			}
		}
	}
	_, _, err := report("site", "-from", "x", "-config", "y", "-site", "x", "-year", "2025", "-out", t.TempDir(), "-disclosure", "publique")
	if err == nil || !strings.Contains(err.Error(), "is no profile") {
		t.Errorf("a profile that there is not: %v", err)
	}
}
