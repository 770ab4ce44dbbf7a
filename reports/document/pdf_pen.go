package document

import (
	"embed"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
)

// The typefaces; fonts/ORIGIN.md says where they come from.
//
//go:embed fonts/*.ttf
var pdfFonts embed.FS

var pdfFaces = [...]struct{ family, style, file string }{
	faceRegular: {"sans", "", "sans-regular"},
	faceBold:    {"sans", "B", "sans-bold"},
	faceItalic:  {"sans", "I", "sans-italic"},
	faceMono:    {"mono", "", "mono-regular"},
}

// pdfPen draws pages into a file. Its y runs downwards from the page's top.
type pdfPen struct {
	file    *fpdf.Fpdf
	look    pdfLook // of the font in use
	origin  point   // on the page, of the shapes being drawn
	scale   float64 // points on the page to a unit of theirs
	targets []pdfTarget
}

// pdfTarget is where a heading has come to stand.
type pdfTarget struct {
	page, link int
}

// newPDFPen returns a pen for pages of A4. What goes wrong with it is
// reported when it prints.
func newPDFPen() *pdfPen {
	file := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: pdfSheet})
	file.SetAutoPageBreak(false, 0)
	file.SetCatalogSort(true) // same document, same bytes
	file.SetLineJoinStyle("round")
	for _, f := range pdfFaces {
		font, err := pdfFonts.ReadFile("fonts/" + f.file + ".ttf")
		if err != nil {
			file.SetError(err)
		}
		file.AddUTF8FontFromBytes(f.family, f.style, font)
	}
	return &pdfPen{file: file, scale: 1}
}

var pdfSheet = fpdf.SizeType{Wd: pdfShortSide, Ht: pdfLongSide}

// printable replaces what a PDF's fonts cannot say: control characters,
// broken UTF-8, and what lies beyond the basic plane.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return -1
		case r > 0xffff:
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// choose takes the font of a look.
func (p *pdfPen) choose(look pdfLook) {
	if p.look.face != look.face || p.look.size != look.size {
		f := pdfFaces[look.face]
		p.file.SetFont(f.family, f.style, look.size)
		p.look = look
	}
}

// width returns how wide a piece prints.
func (p *pdfPen) width(piece pdfPiece) float64 {
	p.choose(piece.pdfLook)
	return p.file.GetStringWidth(printable(piece.text))
}

// print draws the pages and writes the file.
func (p *pdfPen) print(w io.Writer, pages []*pdfPage) error {
	p.findTargets(pages)
	for _, page := range pages {
		orientation := map[bool]string{false: "P", true: "L"}[page.turned]
		p.file.AddPageFormat(orientation, pdfSheet)
		p.look = pdfLook{}
		for _, placed := range page.placed {
			p.origin = placed.at
			for _, s := range placed.shapes {
				p.draw(s)
			}
		}
		p.bookmarks(page, pages[len(pages)-1])
	}
	if err := p.file.Output(w); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

// findTargets notes where the headings are, so that a table of contents may
// stand before them.
func (p *pdfPen) findTargets(pages []*pdfPage) {
	for i, page := range pages {
		page.anchors(func(y float64, _ pdfAnchor) {
			t := pdfTarget{page: i + 1, link: p.file.AddLink()}
			p.file.SetLink(t.link, y, t.page)
			p.targets = append(p.targets, t)
		})
	}
}

// bookmarks adds the headings of the page just drawn to the file's outline.
// The library measures their place from the foot of the last page, whatever
// page they are on.
func (p *pdfPen) bookmarks(page, last *pdfPage) {
	_, height := pdfPageSize(page.turned)
	_, lastHeight := pdfPageSize(last.turned)
	page.anchors(func(y float64, a pdfAnchor) {
		p.choose(bodyLook) // with a font of UTF-8, titles are UTF-16
		p.file.Bookmark(printable(a.title), a.level-1, y+lastHeight-height)
	})
}

// anchors calls f for each heading of the page with its height.
func (g *pdfPage) anchors(f func(y float64, a pdfAnchor)) {
	for _, placed := range g.placed {
		for _, s := range placed.shapes {
			if a, ok := s.(pdfAnchor); ok {
				f(placed.at.y, a)
			}
		}
	}
}

// describe writes what a library's catalogue asks of a document.
func (p *pdfPen) describe(d *Document) {
	date := d.Date.UTC()
	f := p.file
	f.SetTitle(printable(Typeset(d.Lang, d.Title)), true)
	f.SetSubject(printable(Typeset(d.Lang, d.Subject)), true)
	f.SetAuthor(printable(d.Author), true)
	f.SetCreator(printable("Thermie "+d.Version), true)
	f.SetProducer(printable("Thermie "+d.Version), true)
	f.SetCreationDate(date)
	f.SetModificationDate(date)
	f.SetLang(LabelsOf(d.Lang).locale)
	f.SetXmpMetadata([]byte(d.xmp()))
}
