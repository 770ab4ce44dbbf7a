package document

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// openXLSX renders d and opens the workbook again.
func openXLSX(t *testing.T, d *Document) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(render(t, WriteXLSX, d)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// cellIs compares what a cell shows.
func cellIs(t *testing.T, f *excelize.File, sheet, cell, want string) {
	t.Helper()
	if got, err := f.GetCellValue(sheet, cell); err != nil || got != want {
		t.Errorf("%s!%s shows %q (%v), want %q", sheet, cell, got, err, want)
	}
}

func TestXLSXTable(t *testing.T) {
	f := openXLSX(t, sample("fr"))
	want := []string{"Lisez-moi", "Sites", "Monotone", "Température de l’air en sortie", "Chaleur livrée par mois", "Chaleur livrée par site"}
	if got := f.GetSheetList(); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("sheets %q, want %q", got, want)
	}
	cellIs(t, f, "Sites", "B4", "Gisement (MWh/an)")
	cellIs(t, f, "Sites", "C4", "± (k = 2) (MWh/an)")
	cellIs(t, f, "Sites", "B5", "12,573"+Nbsp+"sim.")
	cellIs(t, f, "Sites", "C5", "1,260")
	cellIs(t, f, "Sites", "E6", "45.0")
	cellIs(t, f, "Sites", "D6", "0")
	cellIs(t, f, "Sites", "B7", "non connu")
	cellIs(t, f, "Sites", "E7", "s")
	cellIs(t, f, "Sites", "B8", "13,807")
	if formula, err := f.GetCellFormula("Sites", "B8"); err != nil || formula != "SUM(B5:B7)" {
		t.Errorf("the total is %q (%v), want a sum", formula, err)
	}
	if computed, err := f.CalcCellValue("Sites", "B8", excelize.Options{RawCellValue: true}); err != nil || computed != "13807" {
		t.Errorf("the formula yields %q (%v), want the stored 13807", computed, err)
	}
	panes, err := f.GetPanes("Sites")
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v (%v): the heads are not frozen", panes, err)
	}
	layout, err := f.GetPageLayout("Sites")
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" {
		t.Errorf("page layout %+v (%v), want A4 landscape", layout, err)
	}
	properties, err := f.GetDocProps()
	if err != nil || properties.Created != "2025-09-01T00:00:00Z" || properties.Language != "fr-FR" {
		t.Errorf("properties %+v (%v)", properties, err)
	}
}

func TestXLSXChart(t *testing.T) {
	parts := unpack(t, render(t, WriteXLSX, sample("fr")))
	for name, body := range parts {
		if strings.HasSuffix(name, ".xml") {
			wellFormed(t, name, body)
		}
	}
	duration, day := string(parts["xl/charts/chart1.xml"]), string(parts["xl/charts/chart2.xml"])
	for _, want := range []string{"<scatterChart>", "<xVal><numRef>", "'Monotone'!$A$5:$A$8764", "données simulées", `<max val="12500">`} {
		if !strings.Contains(strings.ReplaceAll(duration, "&#39;", "'"), want) {
			t.Errorf("the duration curve lacks %s", want)
		}
	}
	if !strings.Contains(day, `<majorUnit val="3">`) {
		t.Error("the day's hours are not marked every three hours")
	}
	f := openXLSX(t, sample("fr"))
	cellIs(t, f, "Monotone", "B5", "4,200")
	cellIs(t, f, "Température de l’air en sortie", "B160", "") // a gap stays empty
}

func TestSumSkipsSubtotals(t *testing.T) {
	number := func(v float64) Row { return Row{Cells: []Cell{FigureCell(Figure{Value: v})}} }
	strong := number(3)
	strong.Strong = true
	table := Table{Caption: "Essai", Sheet: "Essai", Columns: []Column{{Head: "b", Sum: true}},
		Rows: []Row{number(1), number(2), strong, number(4)}, Total: []Cell{FigureCell(Figure{Value: 7})}}
	f := openXLSX(t, &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{table}})
	if formula, err := f.GetCellFormula("Essai", "A9"); err != nil || formula != "SUM(A5:A6,A8:A8)" {
		t.Errorf("formula %q (%v)", formula, err)
	}
}

func TestSheetNames(t *testing.T) {
	used := map[string]bool{}
	for _, c := range []struct{ wanted, want string }{
		{"Sites", "Sites"}, {"sites", "sites (2)"}, {"A/B: [c]?*\\", "A B c"}, {"'", " (2)"},
		{"Un nom bien trop long pour un onglet de tableur", "Un nom bien trop long pour un o"},
		{"Un nom bien trop long pour un onglet de classeur", "Un nom bien trop long pour (2)"},
	} {
		if got := sheetName(c.wanted, used); got != c.want {
			t.Errorf("sheetName(%q) = %q, want %q", c.wanted, got, c.want)
		}
	}
}

func TestAVeryLongCellStillFitsARow(t *testing.T) {
	d := sample("fr")
	d.Blocks = []Block{Table{Caption: "Fiche", Columns: []Column{{Head: "Rubrique"}, {Head: "Texte"}},
		Rows: []Row{{Cells: []Cell{HeadCell("Partenaires"), TextCell(strings.Repeat("Exploitant, ", 2000))}}}}}
	if err := WriteXLSX(io.Discard, d); err != nil {
		t.Error(err)
	}
}
