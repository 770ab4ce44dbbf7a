package press

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports"
	"thermie/reports/document"
)

// isTable reports whether a sheet's first cell is the caption of the table of
// that number.
func isTable(caption string, number int) bool {
	return strings.HasPrefix(spaced(caption), "Tableau "+strconv.Itoa(number)+" :")
}

// tabbed reads cells apart by tabs.
func tabbed(t *testing.T, data []byte) [][]string { return separated(t, data, '\t') }

func separated(t *testing.T, data []byte, comma rune) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = comma, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// spaced is a text in which a space is a space, whichever program wrote it.
func spaced(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

// unmarked is a printed figure without the mark of simulated data.
func unmarked(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(text, document.LabelsOf("fr").Simulated))
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

// sameStrings holds every cell to one string in HTML, DOCX, ODT, PDF and the
// workbook, and every figure of the other files to that of its code.
func (e *edition) sameStrings(t *testing.T) {
	figures := 0
	paper := spaced(e.pdf)
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
				if !strings.Contains(paper, spaced(cell.Figure.Text("fr"))) {
					t.Errorf("the PDF does not print %q (%s)", want, table.Caption)
				}
				e.sameInSheet(t, sheet, table, r, c)
			}
		}
	}
	if figures < 300 {
		t.Errorf("the edition for the %s holds %d figures", e.profile, figures)
	}
	e.sameByCode(t)
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

var codes = regexp.MustCompile(`\b[A-Z2-7]{8}\b`)

// sameByCode looks up the codes that the other files print.
func (e *edition) sameByCode(t *testing.T) {
	byCode := map[string][]document.Figure{}
	for _, p := range reports.FiguresOf(e.report.Document().Blocks) {
		byCode[p.Figure.Code] = append(byCode[p.Figure.Code], p.Figure)
	}
	told := func(file, text string) (found int) {
		for _, code := range codes.FindAllString(text, -1) {
			same := byCode[code] == nil && strings.Contains(spaced(text), " : s (") // of a site whose rows the edition drops
			for _, f := range byCode[code] {
				plain := f
				plain.U, plain.Unbudgeted = 0, false
				same = same || strings.Contains(spaced(text), spaced(f.Full("fr"))) || strings.Contains(spaced(text), spaced(f.WithU("fr"))) || strings.Contains(spaced(text), spaced(plain.Full("fr")))
			}
			if found++; !same {
				t.Errorf("%s says of %s: %q", file, code, text)
			}
		}
		return found
	}
	book, err := excelize.OpenFile(e.file(planFile))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := book.GetRows(planSheet(book))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for file, all := range map[string][][]string{planFile: plan, actionsFile: separated(t, mustRead(t, e.file(actionsFile)), ';')} {
		for _, row := range all {
			for _, cell := range row {
				for line := range strings.Lines(cell) {
					found[file] += told(file, line)
				}
			}
		}
	}
	for _, i := range e.indicators(t) {
		found[valuesFile] += told(valuesFile, i.ResultComment+i.TargetComment)
		if i.Result != "" {
			found[valuesFile]++
		}
	}
	deposit := e.deposit(t)
	for _, line := range deposit {
		found["depot.csv"] += e.sameInDeposit(t, line, byCode)
	}
	for _, file := range []string{planFile, actionsFile, valuesFile, "depot.csv"} {
		if found[file] == 0 {
			t.Errorf("%s of the %s prints no figure", file, e.profile)
		}
	}
}

func planSheet(book *excelize.File) string { return book.GetSheetName(0) }

// sameInDeposit holds the numbers of a line of depot.csv to the figures of its
// codes.
func (e *edition) sameInDeposit(t *testing.T, line map[string]string, byCode map[string][]document.Figure) (found int) {
	for column, code := range map[string]string{"valeur_mwh": "code_valeur", "valeur_gwh": "code_valeur", "plafond_mwh": "code_plafond", "plafond_gwh": "code_plafond", "points_de_taux": "code_valeur"} {
		if line[column] == "" {
			continue
		}
		unit := map[string]string{"_mwh": "MWh", "_gwh": "GWh"}[column[len(column)-4:]]
		for _, f := range byCode[line[code]] {
			if unit != "" && f.Unit != unit {
				continue
			}
			found++
			want := f.Plain()
			if f.Mark != document.Known {
				want = f.Text("fr")
			}
			if line[column] != want {
				t.Errorf("depot.csv has %s = %q of %s, printed as %q", column, line[column], line[code], want)
			}
		}
	}
	return found
}

// deposit are the lines of depot.csv by column.
func (e *edition) deposit(t *testing.T) (lines []map[string]string) {
	all := separated(t, mustRead(t, e.file("depot.csv")), ';')
	for _, row := range all[1:] {
		line := map[string]string{}
		for i, head := range all[0] {
			line[head] = row[i]
		}
		lines = append(lines, line)
	}
	return lines
}

// indicator is one of indicateurs.json.
type indicator struct {
	ID            string      `json:"indicateur"`
	Status        string      `json:"statut"`
	Result        json.Number `json:"resultat"`
	ResultComment string      `json:"resultatCommentaire"`
	TargetComment string      `json:"objectifCommentaire"`
}

func (e *edition) indicators(t *testing.T) []indicator {
	var v struct {
		Indicators []indicator `json:"indicateurs"`
	}
	if err := json.Unmarshal(mustRead(t, e.file(valuesFile)), &v); err != nil {
		t.Fatal(err)
	}
	return v.Indicators
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
		if table.Total == nil {
			continue
		}
		for c, column := range table.Columns {
			total := table.Total[c].Figure
			if !column.Sum || total == nil || total.Mark != document.Known {
				continue
			}
			sum, secret := 0.0, false
			for r, row := range table.Rows {
				if text := e.text["html"][i][r+1][c]; row.Cells[c].Figure != nil && !row.Strong {
					secret = secret || text == "s"
					if v := readBack(text); !math.IsNaN(v) {
						sum += v
					}
				}
			}
			formula, err := book.GetCellFormula(e.sheetName(t, book, i), cellAt(t, sheetColumn(table, c)+1, sheetHead+len(table.Rows)+1))
			if err != nil {
				t.Fatal(err)
			}
			if secret {
				if withheld++; formula != "" {
					t.Errorf("%q: the total of the column %q is %s over a secret row", table.Caption, column.Head, formula)
				}
				continue
			}
			added++
			shown := e.text["html"][i][len(table.Rows)+1][c]
			if math.Abs(readBack(shown)-sum) > 0.5*math.Pow10(-total.Decimals) {
				t.Errorf("%q: the rows of the column %q add up to %v, its total prints %s", table.Caption, column.Head, sum, shown)
			}
			if again := readBack(e.sheetOf(table)[sheetHead+len(table.Rows)][sheetColumn(table, c)]); !strings.HasPrefix(formula, "SUM(") || math.Abs(again-sum) > 0.5*math.Pow10(-total.Decimals) {
				t.Errorf("%q: LibreOffice computes %q of the column %q as %v, printed is %s", table.Caption, formula, column.Head, again, shown)
			}
		}
	}
	if added < 5 && e.profile == "authority" || added+withheld == 0 {
		t.Errorf("the edition for the %s has %d sums, and %d over secret rows", e.profile, added, withheld)
	}
	t.Logf("%s: %d totals added up, %d over secret rows", e.profile, added, withheld)
}

func cellAt(t *testing.T, column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	return name
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

// threeMarks wants a zero, an unknown and a secret number told apart in every
// file, by a person and by a program.
func (e *edition) threeMarks(t *testing.T) {
	book, err := excelize.OpenFile(e.file("pcaet.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for i, table := range e.tables() {
		name := e.sheetName(t, book, i)
		for r, cells := range rows(table) {
			for c, cell := range cells {
				f := cell.Figure
				if f == nil || f.Mark == document.Known && f.Value != 0 {
					continue
				}
				mark := map[document.Mark]string{document.Known: "zero", document.Unknown: "non connu", document.Secret: "s"}[f.Mark]
				count[mark]++
				at := cellAt(t, sheetColumn(table, c)+1, sheetHead+r+1)
				raw, err := book.GetCellValue(name, at, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				for format, text := range map[string]string{"HTML": e.text["html"][i][r+1][c], "DOCX": e.text["docx"][i][r+1][c], "ODT": e.text["odt"][i][r+1][c], "XLSX": raw} {
					if zero := readBack(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(unmarked(text), f.Unit)), "\u00a0")) == 0; mark == "zero" && !zero || mark != "zero" && unmarked(text) != mark {
						t.Errorf("%s prints %q for a number that is %s (%s)", format, text, mark, table.Caption)
					}
				}
			}
		}
	}
	if count["zero"] == 0 || count["non connu"] == 0 || (count["s"] > 0) != (e.profile == "public") {
		t.Errorf("the edition for the %s has the marks %v", e.profile, count)
	}
	e.threeStatuses(t)
}

// threeStatuses looks at the files that programs read.
func (e *edition) threeStatuses(t *testing.T) {
	seen := map[string]bool{}
	for _, line := range e.deposit(t) {
		status, value := line["statut"], line["valeur_mwh"]
		seen[status] = true
		want := map[string]string{e.report.T("deposit.unknown"): "non connu", e.report.T("deposit.secret"): "s", e.report.T("deposit.zero"): "0"}[status]
		if rate := line["taux_pct"]; rate != "" {
			value = rate
		}
		if want != "" && value != want {
			t.Errorf("depot.csv gives %q for what is %s (%s %s)", value, status, line["case"], line["horizon"])
		}
	}
	if !seen[e.report.T("deposit.unknown")] && !seen[e.report.T("deposit.secret")] {
		t.Errorf("depot.csv of the %s has the statuses %v", e.profile, seen)
	}
	for _, i := range e.indicators(t) {
		if hidden := i.Status == e.report.T("deposit.unknown") || i.Status == e.report.T("deposit.secret"); hidden && i.Result != "" {
			t.Errorf("indicateurs.json gives %s for %s, which is %s", i.Result, i.ID, i.Status)
		}
	}
	t.Logf("%s: depot.csv has the statuses %v", e.profile, seen)
}
