package document

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

//go:embed docx/styles.xml
var docxStyles string

// WriteDOCX writes d for Word and LibreOffice (ISO/IEC 29500). Headings,
// captions, lists and notes are real styles, so that navigation, a table of
// contents and an authority's own template work on them; charts are vector
// drawings with a text alternative.
func WriteDOCX(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	x := &docx{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang)}
	x.body()
	x.part("word/document.xml", wordXML("document", x.String()))
	x.part("word/styles.xml", strings.ReplaceAll(docxStyles, "{{locale}}", x.locale))
	x.part("word/numbering.xml", x.numbering())
	x.part("word/header1.xml", wordXML("hdr", x.header()))
	x.part("word/footer1.xml", wordXML("ftr", x.footer("")))
	x.part("word/footer2.xml", wordXML("ftr", x.footer(docxWideTabs)))
	x.part("word/settings.xml", wordXML("settings", x.settings()))
	x.part("word/_rels/document.xml.rels", x.relations())
	x.part("docProps/core.xml", x.core())
	x.part("docProps/app.xml", xmlHead+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Thermie</Application></Properties>`)
	return writePackage(w, append([]part{
		{name: "[Content_Types].xml", body: []byte(docxContentTypes)},
		{name: "_rels/.rels", body: []byte(docxRoot)},
	}, x.parts...))
}

// docx is a document's body being written, and the parts that it refers to.
type docx struct {
	strings.Builder
	counter
	doc  *Document
	lang string
	*Labels
	parts   []part
	links   []relation
	ordered int  // ordered lists so far; each counts from one
	turn    bool // on a landscape page
	broken  bool // the next paragraph starts a page

	width     int // of the text in a template, in twentieths of a point; 0: ours
	firstLink int // where the ids of relations begin in a template; 0: behind ours
}

// relation ties an id in the body to a part or an address.
type relation struct {
	kind, target string
	external     bool
}

func (x *docx) printf(format string, args ...any) { fmt.Fprintf(x, format, args...) }

func (x *docx) part(name, body string) {
	x.parts = append(x.parts, part{name: name, body: []byte(body)})
}

// relate adds a relation and returns its id, behind those that are fixed.
func (x *docx) relate(kind, target string, external bool) string {
	x.links = append(x.links, relation{kind, target, external})
	return fmt.Sprintf("rId%d", max(len(docxFixed), x.firstLink)+len(x.links))
}

// esc sets a text by the language's rules and escapes it.
func (x *docx) esc(s string) string { return escapeXML(Typeset(x.lang, s)) }

// escapeXML escapes s for text and attributes; what XML cannot hold becomes
// U+FFFD.
func escapeXML(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a Builder never fails
	}
	return b.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// wordXML wraps the content of a part of WordprocessingML.
func wordXML(root, content string) string {
	return xmlHead + "<w:" + root + ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">` + content + "</w:" + root + ">"
}
