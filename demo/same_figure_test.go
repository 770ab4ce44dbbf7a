package demo

import (
	"archive/zip"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"thermie/proof"
)

// A figure's code leads to the same printed string in every format; the
// spreadsheet holds the number itself, with those digits.
func TestAFigureIsTheSameStringInEveryFormat(t *testing.T) {
	out := playedOut(t)
	folder := filepath.Join(out, "pcaet")
	page := plainText(t, filepath.Join(folder, "pcaet.html"))
	document := plainText(t, filepath.Join(folder, "pcaet.docx"))
	paper := plainText(t, filepath.Join(folder, "pcaet.pdf"))
	sheets := plainText(t, filepath.Join(folder, "pcaet.xlsx"))
	_, town := readSummary(t, out)
	for _, key := range []string{"gisement_mwh", "captee_mwh", "livree_mwh", "valorisee_mwh"} {
		code := regexp.MustCompile(`"code": "([A-Z2-7]{8})"`).FindStringSubmatch(string(town[key]))
		if code == nil {
			t.Fatalf("%s carries no code: %s", key, town[key])
		}
		plain := regexp.MustCompile(`"value": ([0-9.]+)`).FindStringSubmatch(string(town[key]))[1]
		printed := frenchDigits(plain)
		for name, text := range map[string]string{"HTML": page, "DOCX": document, "PDF": paper} {
			if !strings.Contains(text, code[1]) || !strings.Contains(text, printed) {
				t.Errorf("%s %s: the %s does not hold %q with that code", key, code[1], name, printed)
			}
		}
		if !strings.Contains(sheets, code[1]) || !slices.Contains(strings.Fields(sheets), plain) {
			t.Errorf("%s %s: the XLSX does not hold %s with that code", key, code[1], plain)
		}
	}
}

// frenchDigits is a whole number as French prints it.
func frenchDigits(plain string) string {
	for i := len(plain) - 3; i > 0; i -= 3 {
		plain = plain[:i] + "\u202f" + plain[i:]
	}
	return plain
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plainText is what a file says, its markup taken away.
func plainText(t *testing.T, path string) string {
	t.Helper()
	switch filepath.Ext(path) {
	case ".docx", ".xlsx", ".odt":
		return unzippedText(t, path)
	case ".pdf":
		return pageText(t, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(path) != ".html" {
		return string(text)
	}
	return html.UnescapeString(tag.ReplaceAllString(string(text), ""))
}

// pageText is what a reader copies from a PDF, with the narrow spaces that
// the program makes ordinary ones; without the program, the test is skipped.
func pageText(t *testing.T, path string) string {
	t.Helper()
	reader := proof.Program(t, "pdftotext", proof.DebianPoppler)
	text, err := exec.Command(reader, "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext %s: %v", filepath.Base(path), err)
	}
	return betweenDigits.ReplaceAllString(string(text), "$1\u202f$2")
}

var betweenDigits = regexp.MustCompile(`(\d) (\d{3})`)

func unzippedText(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all strings.Builder
	for _, part := range archive.File {
		if !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		apart := " " // between a spreadsheet's cells; a word processor's runs join
		if filepath.Ext(path) == ".docx" {
			apart = ""
		}
		all.WriteString(html.UnescapeString(tag.ReplaceAllString(string(text), apart)))
	}
	return all.String()
}
