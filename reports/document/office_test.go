package document

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"thermie/proof"
)

// opened is what LibreOffice prints of the sample, page by page, in each of
// the formats that it opens.
func opened(t *testing.T) map[string][]string {
	office, reader := proof.Program(t, "libreoffice", proof.DebianOffice), proof.Program(t, "pdftotext", proof.DebianPoppler)
	dir := t.TempDir()
	var files []string
	for _, f := range Formats() {
		if f.Name == "html" || f.Name == "pdf" {
			continue
		}
		name := filepath.Join(dir, "sample-"+f.Name+"."+f.Name)
		if err := os.WriteFile(name, render(t, f.Write, sample("fr")), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}, files...)
	if out, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
		t.Fatalf("libreoffice: %v\n%s", err, out)
	}
	pages := map[string][]string{}
	for _, file := range files {
		pdf := strings.TrimSuffix(file, filepath.Ext(file)) + ".pdf"
		text, err := exec.CommandContext(ctx, reader, "-layout", pdf, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", filepath.Base(pdf), err)
		}
		for page := range strings.SplitSeq(string(text), "\f") {
			pages[strings.TrimPrefix(filepath.Ext(file), ".")] = append(pages[strings.TrimPrefix(filepath.Ext(file), ".")], page)
		}
	}
	return pages
}

// LibreOffice opens what we write, prints the figures, and knows on which
// page each heading stands.
func TestLibreOfficeOpensTheDocuments(t *testing.T) {
	for format, pages := range opened(t) {
		printed := strings.Map(plainSpace, strings.Join(pages, "\n"))
		for _, want := range []string{"12 573", "13 807", "45,0", "non connu", "sim.", "DÉMONSTRATION", "Couverture", "Monotone de puissance", "données simulées"} {
			if !strings.Contains(printed, want) {
				t.Errorf("%s does not print %q", format, want)
			}
		}
		if format == "docx" || format == "odt" {
			contentsTell(t, format, pages)
		}
	}
}

// contentsTell holds the numbers of the table of contents to the pages on
// which the headings stand.
func contentsTell(t *testing.T, format string, pages []string) {
	entries := regexp.MustCompile(`(?m)^\s*(\S.*?)\s?\.{3,}\s?(\d+)\s*$`).FindAllStringSubmatch(pages[0], -1)
	if len(entries) < 4 {
		t.Errorf("%s: %d entries of the table of contents bear a page:\n%s", format, len(entries), pages[0])
	}
	for _, e := range entries {
		number, _ := strconv.Atoi(e[2])
		if number < 1 || number > len(pages) || !strings.Contains(pages[number-1], e[1]) {
			t.Errorf("%s: %q is said to be on page %d", format, e[1], number)
		}
	}
}

// plainSpace makes every space an ordinary one: a PDF keeps its look, not
// its code.
func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}
