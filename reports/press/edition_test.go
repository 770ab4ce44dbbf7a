package press

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// edition is one edition of a whole dossier: the report, and the files that an
// official opens.
type edition struct {
	profile string
	report  *pcaet.Report
	dir     string
	text    map[string][][][]string // the tables of HTML, DOCX and ODT, cell by cell
	sheets  map[string][][]string   // those of the workbook, as LibreOffice shows them once it has computed the formulas anew
	pdf     string                  // as it is read aloud
}

// editions are those of the demonstration's measured and simulated sites
// together with a town of declared ones, with a plan: for the authority, who
// sees every value, and for the public, to whom many are « s ».
func editions(t *testing.T) []*edition {
	t.Helper()
	var all []*edition
	for _, profile := range []string{"authority", "public"} {
		e := &edition{profile: profile, dir: t.TempDir(), text: map[string][][][]string{}}
		d := whole(t, profile, e.dir)
		var err error
		if e.report, err = pcaet.Write(d); err != nil {
			t.Fatal(err)
		}
		if _, err := WriteDossier(d); err != nil {
			t.Fatal(err)
		}
		for name, tables := range map[string]func(*testing.T, string) [][][]string{"html": htmlTables, "docx": docxTables, "odt": odtTables} {
			e.text[name] = tables(t, e.file("pcaet."+name))
		}
		e.sheets = recomputed(t, e.file("pcaet.xlsx"))
		text, err := exec.Command(proof.Program(t, "pdftotext", proof.DebianPoppler), "-layout", e.file("pcaet.pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		e.pdf = string(text)
		all = append(all, e)
	}
	return all
}

func (e *edition) file(name string) string { return filepath.Join(e.dir, name) }

// tables are those of the report, in the order of print.
func (e *edition) tables() (all []document.Table) {
	for _, b := range e.report.Document().Blocks {
		if table, ok := b.(document.Table); ok {
			all = append(all, table)
		}
	}
	return all
}

// whole is the dossier of all of them.
func whole(t *testing.T, profile, out string) *reports.Dossier {
	t.Helper()
	entries := town{operators: 4}.sites()
	area, o := fixture.Area(t), fixture.Options(out)
	for _, s := range entries {
		area.Territory.Sites = append(area.Territory.Sites, s.ID)
	}
	area.Plan = configs.Plan{Territory: area.Territory.SIREN, Needs: configs.PlanNeeds{MWh: 610000, Source: "Cerema"},
		Hypotheses: []configs.Hypothesis{
			{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
			{ID: "grid", Kind: configs.GridFactor, Scenario: "trend", From: 2030, KgPerKWh: 0.03, Source: "gestionnaire du réseau"},
			{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "dlc-2mw", State: "announced", Source: "presse locale"},
		}}
	o.Disclosure, o.OtherThermal = profile, true
	d, err := reports.Build(t.Context(), reports.Declare(fixture.Source(t), entries), area, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// cut are the parts of a text between two patterns.
func cut(text, from, to string) (parts []string) {
	for _, m := range regexp.MustCompile(`(?s)`+from+`(.*?)`+to).FindAllStringSubmatch(text, -1) {
		parts = append(parts, m[1])
	}
	return parts
}

// grid is a table cell by cell, each as a person reads it.
func grid(table, row, cell, end string) (all [][]string) {
	for _, r := range cut(table, row, "</"+strings.TrimPrefix(row[:strings.IndexAny(row, "[ >")], "<")+">") {
		var cells []string
		for _, c := range cut(r, cell, end) {
			cells = append(cells, strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(c, ""))))
		}
		all = append(all, cells)
	}
	return all
}

func htmlTables(t *testing.T, path string) (all [][][]string) {
	for _, table := range cut(string(mustRead(t, path)), `<table>`, `</table>`) {
		all = append(all, grid(table, `<tr[^>]*>`, `<t[hd](?: [^>]*)?>`, `</t[hd]>`))
	}
	return all
}

func docxTables(t *testing.T, path string) (all [][][]string) {
	for _, table := range cut(packed(t, mustRead(t, path), "word/document.xml"), `<w:tbl>`, `</w:tbl>`) {
		if strings.Contains(table, "<w:tblCaption ") { // the large figures stand in a table too
			all = append(all, grid(table, `<w:tr>`, `<w:tc>`, `</w:tc>`))
		}
	}
	return all
}

func odtTables(t *testing.T, path string) (all [][][]string) {
	for _, table := range cut(packed(t, mustRead(t, path), "content.xml"), `<table:table table:name="Tableau_`, `</table:table>`) {
		all = append(all, grid(table, `<table:table-row[^>]*>`, `<table:table-cell[^>]*>`, `</table:table-cell>`))
	}
	return all
}

var results = regexp.MustCompile(`</f><v>[^<]*</v>`)

// recomputed are the sheets of a workbook of which every result of a formula
// was struck out, as LibreOffice shows them.
func recomputed(t *testing.T, path string) map[string][][]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var bare bytes.Buffer
	w, struck := zip.NewWriter(&bare), 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			struck += len(results.FindAll(data, -1))
			data = results.ReplaceAll(data, []byte("</f>"))
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || struck == 0 {
		t.Fatalf("%d results of formulas were struck out (%v)", struck, err)
	}
	return shown(t, bare.Bytes())
}

// shown are a workbook's sheets as LibreOffice shows them, by their names.
func shown(t *testing.T, workbook []byte) map[string][][]string {
	t.Helper()
	soffice, dir := proof.Program(t, "soffice", "apt-get install libreoffice-calc"), t.TempDir()
	file := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(file, workbook, 0o600); err != nil {
		t.Fatal(err)
	}
	// UTF-8, cells apart by tabs and as they are shown, every sheet a file
	said, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,true,false,false,-1", "--outdir", dir, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "book-*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("LibreOffice shows no sheet (%v)\n%s", err, said)
	}
	sheets := map[string][][]string{}
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "book-"), ".csv")
		sheets[name] = tabbed(t, mustRead(t, path))
	}
	return sheets
}

// sheetOf is the shown sheet of a table.
func (e *edition) sheetOf(table document.Table) [][]string {
	i := slices.IndexFunc(e.tables(), func(x document.Table) bool { return x.Caption == table.Caption })
	for _, rows := range e.sheets {
		if len(rows) > 0 && len(rows[0]) > 0 && isTable(rows[0][0], i+1) {
			return rows
		}
	}
	return nil
}
