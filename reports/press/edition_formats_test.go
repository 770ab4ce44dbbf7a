package press

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"thermie/proof"
)

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
