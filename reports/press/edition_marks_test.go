package press

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports/document"
)

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
