package inputs

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thermie/proof"
)

// LibreOffice opens the sheet, saves it as its own spreadsheet and back: what
// was changed survives, and nothing else has changed.
func TestASheetGoesThroughLibreOffice(t *testing.T) {
	office := proof.Program(t, "soffice", proof.DebianOffice)
	area := theArea(t)
	book := edited(t, sheetOf(t, area), func(f *excelize.File) {
		set(t, f, "electricity", 137.25)
		set(t, f, "lorenz_efficiency", 0.4321)
		set(t, f, "injection", "supply_to_return")
		set(t, f, "ramp_up_1", 40)
		for column, v := range map[string]float64{"source_in": 30, "source_out": 20, "sink_in": 50, "sink_out": 80, "cop": 3.1} {
			set(t, f, "point_1_"+column, v)
		}
		sheet, cell := placeOf(t, f, "aid")
		if err := f.SetCellFormula(sheet, cell, "10+15"); err != nil { // LibreOffice calculates it
			t.Fatal(err)
		}
	})
	dir := t.TempDir()
	path := filepath.Join(dir, "etude.xlsx")
	if err := os.WriteFile(path, book, 0o600); err != nil {
		t.Fatal(err)
	}
	convert(t, office, path, "ods", dir)
	convert(t, office, filepath.Join(dir, "etude.ods"), "xlsx", filepath.Join(dir, "back"))
	back, err := Open(filepath.Join(dir, "back", "etude.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := back.Apply(area, 2025)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"electricity": "100 → 137.25", "lorenz_efficiency": "0.5 → 0.4321", "injection": "return_to_supply → supply_to_return",
		"ramp_up_1": " → 40", "heat_pump_points": " → 30/20 → 50/80 : 3.1", "aid": "20 → 25"}
	if !reflect.DeepEqual(values(got.Restated), want) {
		t.Errorf("changed %v, want %v", values(got.Restated), want)
	}
	if _, err := Open(filepath.Join(dir, "etude.ods")); err == nil {
		t.Error("an OpenDocument spreadsheet is read")
	}
}

func convert(t *testing.T, office, path, format, dir string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	profile := "-env:UserInstallation=file://" + filepath.Join(filepath.Dir(path), "profile")
	if out, err := exec.CommandContext(ctx, office, profile, "--headless", "--convert-to", format, "--outdir", dir, path).CombinedOutput(); err != nil {
		t.Fatalf("%s to %s: %v\n%s", filepath.Base(path), format, err, out)
	}
}
