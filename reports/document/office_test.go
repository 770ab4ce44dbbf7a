package document

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"thermie/proof"
)

// LibreOffice opens what we write and prints the figures.
func TestLibreOfficeOpensTheDocuments(t *testing.T) {
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
	for _, file := range files {
		pdf := strings.TrimSuffix(file, filepath.Ext(file)) + ".pdf"
		text, err := exec.CommandContext(ctx, reader, "-layout", pdf, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", filepath.Base(pdf), err)
		}
		printed := strings.Map(plainSpace, string(text))
		for _, want := range []string{"12 573", "13 807", "45,0", "non connu", "sim.", "DÉMONSTRATION", "Couverture", "Monotone de puissance", "données simulées"} {
			if !strings.Contains(printed, want) {
				t.Errorf("%s does not print %q", filepath.Base(file), want)
			}
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
