package document

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"thermie/proof"
)

var (
	pdfStreams = regexp.MustCompile(`(?s)stream\n.*?\nendstream`)
	pdfLengths = regexp.MustCompile(`/Length1? \d+`)
	pdfStrings = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\)( Tj)?`)
)

// pdfParts takes a PDF apart: its objects, the strings in them and the texts
// of its pages.
func pdfParts(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	var drawn []byte
	for _, stream := range pdfStreams.FindAll(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[len("stream\n"):]))
		if err != nil {
			continue // the metadata and the map to Unicode are not compressed
		}
		inflated, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(inflated, []byte(" Tj")) {
			drawn = append(drawn, inflated...)
		}
	}
	objects, _, _ := bytes.Cut(pdfStreams.ReplaceAll(file, nil), []byte("\nxref\n"))
	objects = pdfLengths.ReplaceAll(objects, nil)
	return map[string][]byte{"objects": objects, "strings": pdfTexts(objects), "pages": pdfTexts(drawn)}
}

// pdfTexts returns the strings of UTF-16 in a stream, a line each.
func pdfTexts(stream []byte) []byte {
	var texts bytes.Buffer
	for _, match := range pdfStrings.FindAllSubmatch(stream, -1) {
		raw := bytes.TrimPrefix(regexp.MustCompile(`(?s)\\(.)`).ReplaceAll(match[1], []byte("$1")), []byte("\xfe\xff"))
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
		}
		texts.WriteString(string(utf16.Decode(units)) + "\n")
	}
	return texts.Bytes()
}

// poppler runs one of its programs on a PDF and returns what it prints, with
// all spaces of a line alike.
func poppler(t *testing.T, file []byte, program string, args ...string) string {
	t.Helper()
	found := proof.Program(t, program, proof.DebianPoppler)
	name := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(name, file, 0o644); err != nil {
		t.Fatal(err)
	}
	args = append(args, name)
	if program != "pdfinfo" {
		args = append(args, "-")
	}
	out, err := exec.Command(found, args...).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("Error")) {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\f' {
			return r
		}
		return plainSpace(r)
	}, string(out))
}

// printedFigures lists what the figures of a document print.
func printedFigures(d *Document) []string {
	var all []string
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case Table:
			for _, row := range append(slices.Clone(v.Rows), Row{Cells: v.Total}) {
				for i, c := range row.Cells {
					all = append(all, c.text(d.Lang, v.Columns[i]))
				}
			}
		case Paragraph:
			for _, r := range v.Runs {
				if r.Figure != nil {
					all = append(all, r.text(d.Lang))
				}
			}
		case Highlights:
			for _, h := range v.Items {
				all = append(all, h.Figure.valueUnit(d.Lang), h.Figure.Uncertainty(d.Lang))
			}
		}
	}
	return all
}

// Every figure is one string of the page, its narrow spaces included.
func TestPDFPrintsEveryFigure(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		for _, d := range []*Document{sample(lang), sample(lang)} {
			texts := string(pdfParts(t, render(t, WritePDF, d))["pages"])
			unbroken := strings.NewReplacer("\n", "", " ", "").Replace(texts)
			for _, want := range printedFigures(d) {
				if !strings.Contains(unbroken, strings.ReplaceAll(want, " ", "")) {
					t.Errorf("%s: %q is not printed", d.Title, want)
				}
			}
		}
	}
}

// What a reader copies from the page are the characters that were meant.
func TestPDFTextIsReadBack(t *testing.T) {
	d := sample("fr")
	const signs = "≥ ≤ 45 °C, m² et m³, 10⁻³ kg·m⁻³, CO₂, η ≈ 0,5 → Éœuf « ç » n° 1 – ±"
	d.Blocks = append(d.Blocks, Paragraph{Runs: Text(signs)})
	text := poppler(t, render(t, WritePDF, d), "pdftotext", "-layout")
	for _, want := range []string{strings.Map(plainSpace, Typeset("fr", signs)), "12 573 ± 1 260 MWh sim.", "13 807 ± 1 264", "45,0", "non connu",
		"Page 1 sur ", "DÉMONSTRATION – sites fictifs", "Tableau 1 : Gisement", "données simulées", "Heures par an (h)", "• Simulation d’une année type", "ENR_valorisation_recuperation_6"} {
		if !strings.Contains(text, want) {
			t.Errorf("pdftotext does not find %q in\n%s", want, text)
		}
	}
	for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		if !strings.Contains(page, "DÉMONSTRATION") || !strings.Contains(page, fmt.Sprintf("Page %d sur", i+1)) {
			t.Errorf("page %d has no banner or no number", i+1)
		}
	}
}

func TestPDFDescribesItself(t *testing.T) {
	file := render(t, WritePDF, sample("fr"))
	info := poppler(t, file, "pdfinfo", "-isodates")
	for _, want := range []string{"Chaleur récupérable des centres de données", "Communauté d’agglomération de Valbrume", "Thermie 0.1.0", "2025-09-01T00:00:00", "Metadata Stream: yes"} {
		if !strings.Contains(info, strings.Map(plainSpace, want)) {
			t.Errorf("pdfinfo does not show %q:\n%s", want, info)
		}
	}
	if !bytes.Contains(file, []byte("/Lang (fr-FR)")) {
		t.Error("the language is not declared")
	}
}

func TestPDFOutline(t *testing.T) {
	d := sample("fr")
	titles := string(pdfParts(t, render(t, WritePDF, d))["strings"])
	for _, e := range d.outline() {
		if !strings.Contains(titles, e.heading("fr")+"\n") {
			t.Errorf("no bookmark %q in\n%s", e.heading("fr"), titles)
		}
	}
}

// The numbers in the table of contents are those of the pages.
func TestPDFContentsLeadToTheirPages(t *testing.T) {
	d := sample("fr")
	file := render(t, WritePDF, d)
	pages := strings.Split(poppler(t, file, "pdftotext", "-layout"), "\f")
	entry := regexp.MustCompile(`(?m)^ *(\S.*?\S) {3,}(\d+)$`)
	checked := 0
	for _, page := range pages {
		if !strings.Contains(page, "Sommaire") {
			continue
		}
		for _, m := range entry.FindAllStringSubmatch(page, -1) {
			var number int
			fmt.Sscan(m[2], &number)
			if number < 1 || number > len(pages) || !strings.Contains(pages[number-1], m[1]) {
				t.Errorf("%q is not on page %s", m[1], m[2])
			}
			checked++
		}
	}
	if want := len(d.outline()) / 2; checked < want {
		t.Errorf("only %d lines of a table of contents were found", checked)
	}
}
