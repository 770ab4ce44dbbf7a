package press

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports/document"
)

// sums adds up what is printed above each total, and has LibreOffice compute
// the workbook's formulas: a total is the sum of the rows that one sees, or
// states no sum where one of them is secret.
func (e *edition) sums(t *testing.T) {
	book, err := excelize.OpenFile(e.file("pcaet.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	added, withheld := 0, 0
	for i, table := range e.tables() {
		for c, column := range table.Columns {
			if !column.Sum || table.Total == nil || table.Total[c].Figure == nil || table.Total[c].Figure.Mark != document.Known {
				continue
			}
			formula, err := book.GetCellFormula(e.sheetName(t, book, i), cellAt(t, sheetColumn(table, c)+1, sheetHead+len(table.Rows)+1))
			if err != nil {
				t.Fatal(err)
			}
			if sum, whole := e.addedUp(i, table, c); whole {
				added++
				e.sameSum(t, i, table, c, sum, formula)
			} else if withheld++; formula != "" {
				t.Errorf("%q: the total of the column %q is %s over a secret row", table.Caption, column.Head, formula)
			}
		}
	}
	if added < 5 && e.profile == "authority" || added+withheld == 0 {
		t.Errorf("the edition for the %s has %d sums, and %d over secret rows", e.profile, added, withheld)
	}
	t.Logf("%s: %d totals added up, %d over secret rows", e.profile, added, withheld)
}

// addedUp adds the printed rows of a column; whole is false where one of them
// is secret.
func (e *edition) addedUp(i int, table document.Table, column int) (sum float64, whole bool) {
	whole = true
	for r, row := range table.Rows {
		if row.Cells[column].Figure == nil || row.Strong {
			continue
		}
		text := e.text["html"][i][r+1][column]
		whole = whole && text != "s"
		if v := readBack(text); !math.IsNaN(v) {
			sum += v
		}
	}
	return sum, whole
}

// sameSum holds a printed total, and the workbook's formula as LibreOffice
// computes it, to the sum of the rows.
func (e *edition) sameSum(t *testing.T, i int, table document.Table, column int, sum float64, formula string) {
	last := 0.5 * math.Pow10(-table.Total[column].Figure.Decimals)
	printed := e.text["html"][i][len(table.Rows)+1][column]
	if math.Abs(readBack(printed)-sum) > last {
		t.Errorf("%q: the rows of the column %q add up to %v, its total prints %s", table.Caption, table.Columns[column].Head, sum, printed)
	}
	computed := e.sheetOf(table)[sheetHead+len(table.Rows)][sheetColumn(table, column)]
	if !strings.HasPrefix(formula, "SUM(") || math.Abs(readBack(computed)-sum) > last {
		t.Errorf("%q: LibreOffice computes %q of the column %q as %s, printed is %s", table.Caption, formula, table.Columns[column].Head, computed, printed)
	}
}

// readBack reads a printed number back; NaN for a mark.
func readBack(text string) float64 {
	value, _, _ := strings.Cut(spaced(text), "±")
	v, err := strconv.ParseFloat(strings.NewReplacer(" ", "", ",", ".", "−", "-").Replace(unmarked(value)), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// isTable reports whether a sheet's first cell is the caption of the table of
// that number.
func isTable(caption string, number int) bool {
	return strings.HasPrefix(spaced(caption), "Tableau "+strconv.Itoa(number)+" :")
}

// sheetName is the workbook's sheet of the table of a number.
func (e *edition) sheetName(t *testing.T, book *excelize.File, i int) string {
	for _, name := range book.GetSheetList() {
		caption, err := book.GetCellValue(name, "A1")
		if err != nil {
			t.Fatal(err)
		}
		if isTable(caption, i+1) {
			return name
		}
	}
	t.Fatalf("no sheet of table %d", i+1)
	return ""
}

func cellAt(t *testing.T, column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	return name
}
