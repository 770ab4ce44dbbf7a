package inputs

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// theArea is the fixture's territory with one study.
func theArea(t *testing.T) reports.Area {
	t.Helper()
	area := fixture.Area(t)
	area.Studies = []configs.Study{{Site: "dlc-2mw", Network: "marais",
		Stated: []configs.StudyItem{{ID: "aid", Value: 20, Unit: "%", Origin: "convention"}}}}
	return area
}

// sheetOf writes the input sheet of the fixture's connection as a workbook.
func sheetOf(t *testing.T, area reports.Area) []byte {
	t.Helper()
	c, err := CaseOf(area, "dlc-2mw", "marais", 2025, 1.7*interval.Megawatt, 412.5)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := c.Sheet("fr")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	doc := &document.Document{Title: "Étude", Lang: "fr", Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Version: "test", Blocks: blocks}
	if err := document.WriteXLSX(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited is a workbook in which somebody changed named cells.
func edited(t *testing.T, data []byte, change func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	change(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// set puts a value into a named cell.
func set(t *testing.T, f *excelize.File, name string, v any) {
	t.Helper()
	sheet, cell := placeOf(t, f, name)
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
}

// placeOf is where a named cell stands.
func placeOf(t *testing.T, f *excelize.File, name string) (sheet, cell string) {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Name == prefix+name {
			e, err := read(f, n.RefersTo)
			if err != nil {
				t.Fatal(err)
			}
			return e.sheet, e.ref
		}
	}
	t.Fatalf("no cell is named %s", prefix+name)
	return "", ""
}

// apply reads a workbook and applies it.
func apply(t *testing.T, area reports.Area, data []byte) (reports.Area, error) {
	t.Helper()
	w, err := Read("etude.xlsx", data)
	if err != nil {
		return area, err
	}
	return w.Apply(area, 2025)
}
