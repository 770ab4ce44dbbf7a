package document

import (
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// longTable has rows for several pages.
func longTable(rows int) Table {
	t := Table{Caption: "Longue", Columns: []Column{{Head: "Repère"}, {Head: "Valeur", Align: AlignRight}}}
	for range rows {
		t.Rows = append(t.Rows, Row{Cells: []Cell{HeadCell("ligne"), TextCell("1")}})
	}
	return t
}

// paged sets a document's pages without writing them.
func paged(d *Document) (*pdf, []*pdfPage) {
	p := &pdf{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang), pen: newPDFPen()}
	p.body()
	return p, p.pages()
}

func TestPDFRepeatsTheHeadOfATable(t *testing.T) {
	d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{longTable(150)}}
	_, pages := paged(d)
	texts := string(pdfParts(t, render(t, WritePDF, d))["pages"])
	if heads := strings.Count(texts, "Repère"); len(pages) < 3 || heads != len(pages) {
		t.Errorf("%d heads on %d pages", heads, len(pages))
	}
}

// Nothing is cut: all that is set lies inside the margins of its page.
func TestPDFKeepsInsideItsMargins(t *testing.T) {
	tower := strings.Repeat("mot ", 4000)
	long := strings.Repeat("W", 400)
	hostile := &Document{Title: long, Lang: "fr", Date: sampleDate, Banner: tower[:400], Author: long, Contents: true, Blocks: []Block{
		Heading{Level: 1, Text: long}, Paragraph{Runs: []Run{{Text: long, Code: true}}},
		Table{Caption: long, Columns: []Column{{Head: long}, {Head: tower[:2000]}}, Rows: []Row{{Cells: []Cell{TextCell(tower), TextCell(long)}}}},
		Note{Title: long, Runs: Text(tower)}, List{Items: [][]Run{Text(tower)}},
		Highlights{Items: []Highlight{{Label: long, Figure: Figure{Value: 1e15, Unit: long}, Help: long}}},
	}}
	for _, d := range []*Document{sample("fr"), sample("en"), hostile} {
		p, pages := paged(d)
		for i, page := range pages {
			frame := p.frame(page.turned)
			for _, placed := range page.placed {
				for _, s := range placed.shapes {
					text, ok := s.(pdfText)
					if !ok {
						continue
					}
					left, bottom := placed.at.x+text.at.x, placed.at.y+text.at.y
					if right := left + p.pen.width(text.pdfPiece); left < frame.left-0.1 || right > frame.left+frame.width+0.5 || bottom < frame.top || bottom > frame.bottom {
						t.Fatalf("page %d: %.60q stands from %.0f to %.0f at height %.0f", i+1, text.text, left, right, bottom)
					}
				}
			}
		}
	}
}

// A heading stands on the page of what it leads to.
func TestPDFHeadingsAreNotLeftAlone(t *testing.T) {
	for lines := range 60 {
		d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate}
		for range lines {
			d.Blocks = append(d.Blocks, Paragraph{Runs: Text("Une ligne.")})
		}
		d.Blocks = append(d.Blocks, Heading{Level: 1, Text: "Titre"}, Heading{Level: 2, Text: "Sous-titre"}, longTable(30))
		_, pages := paged(d)
		for i, page := range pages {
			last := page.placed[len(page.placed)-1]
			page.anchors(func(y float64, a pdfAnchor) {
				if y > last.at.y-40 {
					t.Errorf("after %d lines, %q ends page %d", lines, a.title, i+1)
				}
			})
		}
	}
}

func TestPDFPrintsAnyCharacter(t *testing.T) {
	d := &Document{Title: "\xff\xc3", Lang: "fr", Date: sampleDate, Author: "😀", Blocks: []Block{
		Paragraph{Runs: Text("a\xffb 😀 \x00\x1b 漢字 العربية \ufffe\uffff")}, Heading{Level: 1, Text: "\xe2\x82"}, Paragraph{}, Table{Caption: "vide", Columns: []Column{{}}}, Highlights{}, List{}, Note{}}}
	if err := WritePDF(io.Discard, d); err != nil {
		t.Error(err)
	}
	if err := WritePDF(io.Discard, &Document{Title: "Rien", Lang: "en", Date: sampleDate}); err != nil {
		t.Error(err)
	}
}

// Each typeface has a glyph for every character that our words use.
func TestTypefacesHoldTheWords(t *testing.T) {
	signs := "\u202f\u00a0\u2011−±≥≤≈²³⁰⁻₂°·×→√•« »’–…"
	for _, name := range []string{"words.fr.yaml", "words.en.yaml"} {
		words, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		signs += string(words)
	}
	for _, f := range pdfFaces {
		font, err := pdfFonts.ReadFile("fonts/" + f.file + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		has := characters(font)
		for _, r := range signs {
			if r > ' ' && !has[r] {
				t.Errorf("%s has no %q (%U)", f.file, r, r)
				has[r] = true
			}
		}
	}
}

// characters reads which characters a TrueType font maps, from the only
// subtable of its cmap, of format 4.
func characters(font []byte) map[rune]bool {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	has := map[rune]bool{}
	for entry := 12; entry < 12+16*u16(4); entry += 16 {
		if string(font[entry:entry+4]) != "cmap" {
			continue
		}
		table := u32(entry + 8)
		table += u32(table + 8)
		ends := table + 14
		starts := ends + u16(table+6) + 2
		for i := 0; i < u16(table+6); i += 2 {
			for r := u16(starts + i); r <= u16(ends+i) && r < 0xffff; r++ {
				has[rune(r)] = true
			}
		}
	}
	return has
}
