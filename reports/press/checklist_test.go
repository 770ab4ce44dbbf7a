package press

import (
	"bytes"
	"encoding/csv"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"thermie/reports/document"
	"thermie/reports/fixture"
)

// produced are the files of the demonstration's dossier, as an official opens
// them: the text of each format, the cells of the deposit table, the sheets
// of the workbook.
type produced struct {
	texts   map[string]string // by extension
	deposit [][]string
	sheets  map[string][][]string
}

// readAs is what a person reads in a file: signs as they are, one space
// between words.
func readAs(text string) string {
	text = regexp.MustCompile(`<(style|script)[ >](?s:.*?)</(style|script)>`).ReplaceAllString(text, " ")
	text = regexp.MustCompile(`</(w:p|text:p|text:h|td|th|p|li|h[1-6]|w:tc|table:table-cell)>`).ReplaceAllString(text, " ")
	text = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, ""))
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)), " ")
}

func produce(t *testing.T) produced {
	t.Helper()
	dir := t.TempDir()
	if _, err := writeTerritory(t.Context(), fixture.Source(t), fixture.Area(t), fixture.Options(dir)); err != nil {
		t.Fatal(err)
	}
	file := func(name string) []byte { return mustRead(t, filepath.Join(dir, name)) }
	f := produced{texts: map[string]string{
		"docx": readAs(packed(t, file("pcaet.docx"), "word/document.xml")),
		"odt":  readAs(packed(t, file("pcaet.odt"), "content.xml")),
		"html": readAs(string(file("pcaet.html"))),
		"pdf":  readAs(html.EscapeString(strings.Join(paper(t, filepath.Join(dir, "pcaet.pdf")), " "))),
	}, sheets: map[string][][]string{}}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file("depot.csv"), []byte("\ufeff"))))
	r.Comma = ';'
	var err error
	if f.deposit, err = r.ReadAll(); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file("pcaet.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range book.GetSheetList() {
		if f.sheets[name], err = book.GetRows(name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "pcaet.xlsx")); err != nil {
		t.Fatal(err)
	}
	return f
}

// says wants a text in every text format.
func (f produced) says(t *testing.T, wants ...string) {
	t.Helper()
	for format, text := range f.texts {
		for _, want := range wants {
			if !strings.Contains(text, readAs(document.Typeset("fr", want))) {
				t.Errorf("%s does not say %q", format, want)
			}
		}
	}
}

// column is a column of depot.csv, without its head.
func (f produced) column(t *testing.T, name string) []string {
	t.Helper()
	i := slices.Index(f.deposit[0], name)
	if i < 0 {
		t.Fatalf("depot.csv has no column %s", name)
	}
	var cells []string
	for _, row := range f.deposit[1:] {
		cells = append(cells, row[i])
	}
	return cells
}

// The checklist that an official would run over a dossier before accepting
// it, line by line.
func TestTheAcceptanceChecklist(t *testing.T) {
	f := produce(t)
	both := editions(t)
	inBoth := func(holds func(*edition, *testing.T)) func(*testing.T) {
		return func(t *testing.T) {
			for _, e := range both {
				holds(e, t)
			}
		}
	}
	for _, line := range []struct {
		name  string
		holds func(*testing.T)
	}{
		{"the territory has the right SIREN and millésime", func(t *testing.T) { f.says(t, "SIREN 999000012", "millésime 2025") }},
		{"the reference year is stated", func(t *testing.T) { f.says(t, "année de référence 2025") }},
		{"units stand in every header, MWh and GWh both", f.units},
		{"PCI or PCS is stated", func(t *testing.T) {
			f.says(t, "elle ne dépend ni du PCI ni du PCS")
			for i, convention := range f.column(t, "convention") {
				if convention == "" {
					t.Errorf("line %d of depot.csv states no convention", i+2)
				}
			}
		}},
		{"nothing is counted twice", func(t *testing.T) {
			f.says(t, "nette de l'électricité des pompes à chaleur", "Elle n'est pas saisie une seconde fois en filière 9", "Rien à ajouter : le total du Tertiaire doit déjà comprendre l'électricité des centres de données")
		}},
		{"sectors have the names of the order of 2016", func(t *testing.T) { f.says(t, "Tertiaire") }},
		{"horizons are those of the forms", f.horizons},
		{"totals are the sum of their rows", inBoth((*edition).sums)},
		{"zero, unknown and secret are different marks", inBoth((*edition).threeMarks)},
		{"the same figure is the same string in every format", inBoth((*edition).sameStrings)},
		{"factors have source and year", f.factors},
		{"climate-normalised or raw is stated", func(t *testing.T) { f.says(t, "non corrigée du climat de l'année") }},
		{"the rules of secrecy are named", func(t *testing.T) { f.says(t, "Confidentialité", "85 %") }},
		{"the method of the EnR&R rate is named", func(t *testing.T) {
			f.says(t, "Points de taux gagnés si la chaleur déplace une production non renouvelable", "L. 711-4")
		}},
		{"every figure can be traced", f.codes},
		{"formats can be edited", func(t *testing.T) {
			if len(f.texts["docx"]) < 20000 || len(f.texts["odt"]) < 20000 || len(f.sheets) < 10 {
				t.Errorf("DOCX %d, ODT %d characters, %d sheets", len(f.texts["docx"]), len(f.texts["odt"]), len(f.sheets))
			}
		}},
		{"it is written in the plan's French", func(t *testing.T) {
			f.says(t, "Fiche de synthèse", "Diagnostic", "Potentiel de récupération", "Suivi et évaluation", "énergie de récupération", "fiches actions")
			for format, text := range f.texts {
				if foreign := regexp.MustCompile(`\b(data cent(er|re)s?|waste heat|not known|dashboard)\b`).FindString(text); foreign != "" {
					t.Errorf("%s says %q", format, foreign)
				}
			}
		}},
	} {
		t.Run(line.name, line.holds)
	}
}

// units looks at the heads of the workbook: a column of numbers says its unit
// or is a pure ratio, and energies come in both units.
func (f produced) units(t *testing.T) {
	f.says(t, "(MWh)", "(GWh)")
	for name, rows := range f.sheets {
		for _, row := range rows[:min(5, len(rows))] {
			for _, head := range row {
				if head == "Énergie" || head == "Valeur" && strings.HasPrefix(name, "Dépôt") {
					t.Errorf("sheet %s has the head %q without a unit", name, head)
				}
			}
		}
	}
	for i, unit := range f.column(t, "unite_case") {
		if !slices.Contains([]string{"MWh", "GWh", "%"}, unit) {
			t.Errorf("line %d of depot.csv is in %q", i+2, unit)
		}
	}
}

// factors wants year and source beside each.
func (f produced) factors(t *testing.T) {
	f.says(t, "Facteurs d'émission datés")
	rows := f.sheets["Facteurs"]
	for _, row := range rows[4:] {
		if len(row) >= 7 && (!regexp.MustCompile(`^20\d\d$`).MatchString(row[3]) || row[5] == "") {
			t.Errorf("the factor %q has the year %q and the source %q", row[0], row[3], row[5])
		}
	}
	if len(rows) < 8 {
		t.Errorf("the table of factors has %d rows", len(rows))
	}
}

// horizons holds each form to its own years.
func (f produced) horizons(t *testing.T) {
	cells, years := f.column(t, "case"), f.column(t, "horizon")
	want := map[string]string{"ENR_valorisation_recuperation_3": "2026", "ENR_valorisation_recuperation_6": "2030", "ENR_valorisation_recuperation_7": "2050", "ENR_valorisation_recuperation_2": "2021"}
	var rates []string
	for i, cell := range cells {
		if year, known := want[cell]; known && years[i] != year {
			t.Errorf("%s is for %s, want %s", cell, years[i], year)
		}
		if cell == "cae_22" {
			rates = append(rates, years[i])
		}
	}
	if strings.Join(rates, " ") != "2025 2030 2036 2050" {
		t.Errorf("cae_22 has the horizons %v", rates)
	}
}

// codes wants a register of figures, each with a code, coverage and method.
func (f produced) codes(t *testing.T) {
	register := f.sheets["Registre"]
	if len(register) < 40 {
		t.Fatalf("the register has %d rows", len(register))
	}
	code := regexp.MustCompile(`^[A-Z2-7]{8}$`)
	found := 0
	for _, row := range register {
		if len(row) > 4 && code.MatchString(row[0]) && row[len(row)-1] != "" {
			found++
		}
	}
	if found < 30 {
		t.Errorf("%d figures of the register have code and method", found)
	}
}
