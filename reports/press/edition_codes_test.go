package press

import (
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports"
	"thermie/reports/document"
)

// sameByCode looks up the codes that the other files print.
func (e *edition) sameByCode(t *testing.T) {
	byCode := map[string][]document.Figure{}
	for _, p := range reports.FiguresOf(e.report.Document().Blocks) {
		byCode[p.Figure.Code] = append(byCode[p.Figure.Code], p.Figure)
	}
	book, err := excelize.OpenFile(e.file(planFile))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for file, all := range map[string][][]string{planFile: plan, actionsFile: separated(t, mustRead(t, e.file(actionsFile)), ';')} {
		for _, row := range all {
			for line := range strings.Lines(strings.Join(row, "\n")) {
				found[file] += told(t, file, line, byCode)
			}
		}
	}
	for _, i := range e.indicators(t) {
		found[valuesFile] += told(t, valuesFile, i.ResultComment+i.TargetComment, byCode)
	}
	for _, line := range e.deposit(t) {
		found["depot.csv"] += e.sameInDeposit(t, line, byCode)
	}
	for _, file := range []string{planFile, actionsFile, valuesFile, "depot.csv"} {
		if found[file] == 0 {
			t.Errorf("%s of the %s prints no figure", file, e.profile)
		}
	}
	e.sameResults(t)
}

var codes = regexp.MustCompile(`\b[A-Z2-7]{8}\b`)

// told holds a text to the figures of the codes in it, and counts them.
func told(t *testing.T, file, text string, byCode map[string][]document.Figure) (found int) {
	says := func(figure string) bool { return strings.Contains(spaced(text), spaced(figure)) }
	for _, code := range codes.FindAllString(text, -1) {
		found++
		same := byCode[code] == nil && says(" : s (") // of a site whose rows the edition drops
		for _, f := range byCode[code] {
			bare := f
			bare.U, bare.Unbudgeted = 0, false
			same = same || says(f.Full("fr")) || says(f.WithU("fr")) || says(bare.Full("fr"))
		}
		if !same {
			t.Errorf("%s says of %s: %q", file, code, text)
		}
	}
	return found
}

// sameResults holds the numbers of indicateurs.json to depot.csv.
func (e *edition) sameResults(t *testing.T) {
	for _, i := range e.indicators(t) {
		if i.Result == "" {
			continue
		}
		year, _, _ := strings.Cut(i.Date, "-")
		for _, line := range e.deposit(t) {
			if line["case"] == i.ID && line["horizon"] == year && i.Result.String() != line["taux_pct"] && i.Result.String() != line["valeur_mwh"] {
				t.Errorf("indicateurs.json gives %s for %s in %s, depot.csv %q and %q", i.Result, i.ID, year, line["taux_pct"], line["valeur_mwh"])
			}
		}
	}
}

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
