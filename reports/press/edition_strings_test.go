package press

import (
	"strings"
	"testing"

	"thermie/reports/document"
)

// sameStrings holds every cell to one string in HTML, DOCX, ODT, PDF and the
// workbook, and every figure of the other files to that of its code.
func (e *edition) sameStrings(t *testing.T) {
	figures, onPaper := 0, map[string]int{}
	for i, table := range e.tables() {
		sheet := e.sheetOf(table)
		for format, all := range e.text {
			if len(all) != len(e.tables()) || len(all[i]) != 1+len(rows(table)) {
				t.Fatalf("%s of the %s has %d tables for %d, and %d rows of %q", format, e.profile, len(all), len(e.tables()), len(all[i]), table.Caption)
			}
		}
		for r, cells := range rows(table) {
			for c, cell := range cells {
				html := e.text["html"][i][r+1][c]
				for format, all := range e.text {
					if got := all[i][r+1][c]; unmarked(got) != unmarked(html) {
						t.Errorf("%s prints %q where HTML prints %q (%s)", format, got, html, table.Caption)
					}
				}
				if cell.Figure == nil {
					continue
				}
				figures++
				want := inCell(*cell.Figure, table.Columns[c])
				if unmarked(html) != want {
					t.Errorf("HTML prints %q for %q (%s)", html, want, table.Caption)
				}
				onPaper[spaced(cell.Figure.Text("fr"))]++
				e.sameInSheet(t, sheet, table, r, c)
			}
		}
	}
	if figures < 300 {
		t.Errorf("the edition for the %s holds %d figures", e.profile, figures)
	}
	paper := spaced(e.pdf)
	for text, cells := range onPaper {
		if times := strings.Count(paper, text); len(text) > 4 && times < cells || times == 0 {
			t.Errorf("%d cells print %q, the PDF %d times", cells, text, times)
		}
	}
	e.sameByCode(t)
}

// inCell is what a text prints of a figure in a column.
func inCell(f document.Figure, c document.Column) string {
	switch {
	case c.Unit == "" && c.Uncertain:
		return f.Full("fr")
	case c.Unit == "":
		f.U, f.Unbudgeted = 0, false
		return f.Full("fr")
	case c.Uncertain:
		return f.WithU("fr")
	}
	return f.Text("fr")
}

// rows are a table's rows with the total, as the grids of the formats have
// them below their heads.
func rows(t document.Table) (all [][]document.Cell) {
	for _, r := range t.Rows {
		all = append(all, r.Cells)
	}
	if t.Total != nil {
		all = append(all, t.Total)
	}
	return all
}

// spaced is a text in which a space is a space, whichever program wrote it.
func spaced(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

// unmarked is a printed figure without the mark of simulated data.
func unmarked(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(text, document.LabelsOf("fr").Simulated))
}

// sameInSheet holds the shown cell of the workbook, and its ±, to the figure.
func (e *edition) sameInSheet(t *testing.T, sheet [][]string, table document.Table, row, column int) {
	f, c, at := *rows(table)[row][column].Figure, table.Columns[column], sheetColumn(table, column)
	if len(sheet) <= sheetHead+row || len(sheet[sheetHead+row]) <= at {
		t.Errorf("the workbook has no cell for %s (%s)", f.Text("fr"), table.Caption)
		return
	}
	value, u := f, f.Uncertainty("fr")
	value.U, value.Unbudgeted = 0, false
	if got, want := spaced(unmarked(sheet[sheetHead+row][at])), spaced(inCell(value, c)); got != want {
		t.Errorf("the workbook shows %q for %q (%s)", got, want, table.Caption)
	}
	if !c.Uncertain {
		return
	}
	if got := sheet[sheetHead+row][at+1]; c.Unit != "" && spaced(got) != spaced(u) {
		t.Errorf("the workbook shows ± %q for %q (%s)", got, u, table.Caption)
	}
}

// sheetColumn is a column's place in the workbook, where ± has one of its own.
func sheetColumn(t document.Table, column int) int {
	at := column
	for _, c := range t.Columns[:column] {
		if c.Uncertain {
			at++
		}
	}
	return at
}

// sheetHead is how many rows stand above a table's first one in the workbook.
const sheetHead = 4
