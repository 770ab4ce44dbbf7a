package press

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// office converts a file with LibreOffice and returns the path of the result.
func office(t *testing.T, file, extension, filter string) string {
	t.Helper()
	soffice := proof.Program(t, "soffice", "apt-get install libreoffice-writer")
	dir := t.TempDir()
	to := extension
	if filter != "" {
		to += ":" + filter
	}
	said, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", dir, file).CombinedOutput()
	made := filepath.Join(dir, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))+"."+extension)
	if _, missing := os.Stat(made); err != nil || missing != nil {
		t.Fatalf("LibreOffice made no %s of %s: %v\n%s", extension, file, err, said)
	}
	return made
}

// paper is what a reader of the file sees on paper, page by page.
func paper(t *testing.T, file string) []string {
	t.Helper()
	pdftotext := proof.Program(t, "pdftotext", "apt-get install poppler-utils")
	pdf := file
	if filepath.Ext(file) != ".pdf" {
		pdf = office(t, file, "pdf", "")
	}
	text, err := exec.Command(pdftotext, "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// The templates are those that a French authority makes: styles with French
// names, its own header, saved by LibreOffice for both word processors.
func TestTheInsertTakesTheLookOfTheAuthoritysTemplate(t *testing.T) {
	d, err := reports.Build(t.Context(), fixture.Source(t), fixture.Area(t), fixture.Options(""))
	if err != nil {
		t.Fatal(err)
	}
	p, err := pcaet.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct{ extension, filter, made string }{{"ott", "", "odt"}, {"dotx", "MS Word 2007 XML Template", "docx"}} {
		t.Run(kind.extension, func(t *testing.T) {
			template := office(t, "testdata/charte.fodt", kind.extension, kind.filter)
			out, err := inTemplate(insertFile, p.Insert(), mustRead(t, template), template)
			if err != nil {
				t.Fatal(err)
			}
			if out.Name != "encart."+kind.made {
				t.Errorf("a template .%s makes %s", kind.extension, out.Name)
			}
			file := filepath.Join(t.TempDir(), out.Name)
			var filled bytes.Buffer
			if err := out.Write(&filled); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, filled.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			pages := paper(t, file)
			if len(pages) > 3 {
				t.Errorf("the insert has %d pages, want at most 3", len(pages))
			}
			for i, page := range pages {
				if !strings.Contains(page, "charte des documents") {
					t.Errorf("page %d lost the authority's header", i+1)
				}
				if confirm := strings.Contains(page, "à confirmer"); confirm != strings.Contains(page, "textes à confirmer") {
					t.Errorf("page %d: unconfirmed law stands outside the annex", i+1)
				}
			}
			if strings.Contains(strings.Join(pages, ""), "Texte d'exemple") {
				t.Error("the template's own text is still there")
			}
			styledByTemplate(t, kind.made, filled.Bytes())
		})
	}
}

// styledByTemplate holds every heading, caption and cell to a style that the
// template has.
func styledByTemplate(t *testing.T, extension string, file []byte) {
	t.Helper()
	wants, body := []string{`<w:pStyle w:val="Titre1"/>`, `<w:pStyle w:val="Lgende"/>`}, ""
	if extension == "odt" {
		body, wants = packed(t, file, "content.xml"), []string{`text:style-name="Titre_20_1" text:outline-level="1"`, `"Légende"`, `style:parent-style-name="Contenu_20_de_20_tableau"`}
	} else {
		body = packed(t, file, "word/document.xml")
	}
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in the insert", want)
		}
	}
	for _, ours := range []string{`"Heading1"`, `"Heading_20_1"`, `"TableText"`, "1F3A5F", "#1f3a5f"} {
		if strings.Contains(body, ours) {
			t.Errorf("the insert still has our own %s", ours)
		}
	}
}

func mustRead(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestATemplateThatIsNoneIsRefusedWithAHint(t *testing.T) {
	doc := &document.Document{Title: "Essai", Lang: "fr", Date: fixture.Options("").Date}
	macros := map[string]string{"word/document.xml": "<w:document/>", "word/styles.xml": "<w:styles/>", "[Content_Types].xml": "macroEnabled"}
	for name, c := range map[string]struct {
		template []byte
		says     string
	}{
		"an old Word template": {[]byte("\xd0\xcf\x11\xe0"), "save it as .dotx or .ott"},
		"a spreadsheet":        {zipped(t, map[string]string{"xl/workbook.xml": ""}), "neither a Word nor an OpenDocument text"},
		"macros":               {zipped(t, macros), "holds macros"},
		"broken styles":        {zipped(t, map[string]string{"content.xml": "", "styles.xml": "<office:styles>"}), "the template's styles"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := document.FillTemplate(&bytes.Buffer{}, doc, c.template); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, body := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
