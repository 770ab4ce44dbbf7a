package press

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports/fixture"
)

// aTerritory writes the fixture's sites and territory as if they were real:
// the export and the configuration that the command reads.
func aTerritory(t *testing.T, change ...string) (export, config string) {
	t.Helper()
	dir := t.TempDir()
	export, config = filepath.Join(dir, "export.lp"), filepath.Join(dir, "collector.yaml")
	lines := strings.ReplaceAll(string(fixture.Export(t)), `,\"fictitious\":true`, "")
	text := strings.NewReplacer("    fictitious: true\n", "", `"999000012"`, `"200054781"`).Replace(fixture.Config)
	for path, data := range map[string]string{export: lines, config: strings.NewReplacer(change...).Replace(text)} {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return export, config
}

// page reads a page that was written, with ordinary spaces.
func page(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(string(data))
}

// An engineer makes a study, changes its workbook, and makes the study again.
func TestAStudyIsMadeAgainFromItsWorkbook(t *testing.T) {
	export, config := aTerritory(t)
	first, second := filepath.Join(t.TempDir(), "1"), filepath.Join(t.TempDir(), "2")
	study := []string{"network", "-from", export, "-config", config, "-territory", "200054781", "-site", "dlc-2mw", "-year", "2025", "-date", "2026-03-01"}
	if _, _, err := report(append(study, "-out", first)...); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(first, "dlc-2mw.xlsx")
	change(t, path, map[string]any{"thermie_electricity": 150, "thermie_lorenz_efficiency": 0.42, "thermie_distance": 1500})
	_, said, err := report(append(study, "-out", second, "-inputs", path)...)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "150 instead of 100 €/MWh") {
		t.Errorf("the command says %q", said)
	}
	again := page(t, filepath.Join(second, "dlc-2mw-etude.html"))
	for _, want := range []string{"Étude refaite. Valeurs modifiées par l’ingénieur dans dlc-2mw.xlsx : 3 ;", "indiqué par l’ingénieur dans dlc-2mw.xlsx, cellule Hypothèses à modifier!B", "150 €/MWh", "0,42", "1 500 m", "1,50 km"} {
		if !strings.Contains(again, want) {
			t.Errorf("the study does not say %q", want)
		}
	}
	if was := page(t, filepath.Join(first, "dlc-2mw-etude.html")); strings.Contains(was, "refaite") {
		t.Error("the first study speaks of a workbook")
	}
	change(t, path, map[string]any{"thermie_discount": "quatre", "thermie_pipe_unit": "k€/m"})
	_, _, err = report(append(study, "-out", second, "-inputs", path)...)
	for _, want := range []string{`Hypothèses à modifier!B`, `"quatre" is a text`, `"k€/m"`, "€/m"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}

// change edits named cells of a workbook on disk.
func change(t *testing.T, path string, cells map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range f.GetDefinedName() {
		if v, ok := cells[n.Name]; ok {
			sheet, cell, _ := strings.Cut(n.RefersTo, "!")
			if err := f.SetCellValue(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// The workbook holds the charts that a spreadsheet draws.
func TestTheWorkbookHasItsCharts(t *testing.T) {
	o := fixture.Options(t.TempDir())
	if err := WriteNetwork(t.Context(), fixture.Source(t), fixture.Area(t), "dlc-2mw", o); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(filepath.Join(o.Out, "dlc-2mw.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range []string{"Monotone", "Nuage", "Graphique mois", "Hypothèses à modifier", "Points constructeur"} {
		if i, err := f.GetSheetIndex(sheet); err != nil || i < 0 {
			t.Errorf("no sheet %s among %v", sheet, f.GetSheetList())
		}
	}
	if n := strings.Count(strings.Join(partsOf(t, filepath.Join(o.Out, "dlc-2mw.xlsx")), "\n"), "xl/charts/chart"); n < 4 {
		t.Errorf("%d native charts, want the duration curve, the months, the cloud and the hours", n)
	}
}
