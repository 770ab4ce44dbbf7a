package document

import "fmt"

// Page and text sizes in twentieths of a point: A4 with margins of 20 mm.
const (
	docxPageWidth  = 11906
	docxPageHeight = 16838
	docxMargin     = 1134
	docxTextWidth  = docxPageWidth - 2*docxMargin
)

func (x *docx) body() {
	d := x.doc
	x.printf("<w:body>")
	x.title()
	if d.Contents {
		x.contentsList()
	}
	turned := d.turned(docxTextWidth/20.0, docxCellPadding/20.0*2)
	for i, b := range d.Blocks {
		if x.turn != turned[i] {
			x.printf(`<w:p><w:pPr><w:spacing w:after="0" w:line="20" w:lineRule="exact"/>%s</w:pPr></w:p>`, x.section())
			x.turn, x.broken = turned[i], false
		}
		x.block(b)
	}
	x.printf("%s</w:body>", x.section())
}

// title opens a document that is no letter.
func (x *docx) title() {
	if x.doc.Bare {
		return
	}
	x.paragraph("Title", textRun("", x.esc(x.doc.Title)))
	if x.doc.Subtitle != "" {
		x.paragraph("Subtitle", textRun("", x.esc(x.doc.Subtitle)))
	}
	x.paragraph("Imprint", textRun("", x.esc(x.doc.imprint())))
}

// section describes the pages of the section that ends here.
func (x *docx) section() string {
	width, height, footer, orientation := docxPageWidth, docxPageHeight, footerRelation, ""
	if x.turn {
		width, height, footer, orientation = height, width, wideFooterRelation, ` w:orient="landscape"`
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="%s"/><w:footerReference w:type="default" r:id="%s"/>`, headerRelation, footer) +
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="1588" w:right="%[4]d" w:bottom="1304" w:left="%[4]d" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`,
			width, height, orientation, docxMargin)
}

// textWidth is the width of the text on the pages being written.
func (x *docx) textWidth() int {
	if x.width > 0 {
		return x.width
	}
	if x.turn {
		return docxPageHeight - 2*docxMargin
	}
	return docxTextWidth
}

// breakBefore puts a paragraph on a new page if a page break came before it.
func (x *docx) breakBefore() string {
	if !x.broken {
		return ""
	}
	x.broken = false
	return "<w:pageBreakBefore/>"
}

func (x *docx) block(b Block) {
	switch v := b.(type) {
	case Heading:
		x.headingBlock(v)
	case Paragraph:
		x.text(v)
	case List:
		x.listBlock(v)
	case Highlights:
		x.highlights(v)
	case Table:
		x.tableBlock(v)
	case Chart:
		x.picture(v.layout(x.lang), v.Caption, v.Alt)
	case Map:
		x.picture(v.layout(x.lang), v.Caption, v.Alt)
	case Note:
		x.note(v)
	case TableOfContents:
		x.contentsList()
	case PageBreak:
		x.broken = true
	}
}

// paragraph writes a paragraph of one style; runs are XML.
func (x *docx) paragraph(style, runs string) {
	x.printf(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, x.breakBefore(), runs)
}

// text writes a paragraph of running text.
func (x *docx) text(p Paragraph) {
	if !p.Indented {
		x.paragraph("Normal", x.runs(p.Runs))
		return
	}
	x.printf(`<w:p><w:pPr><w:pStyle w:val="Normal"/>%s<w:spacing w:after="0"/><w:ind w:left="5103"/><w:jc w:val="left"/></w:pPr>%s</w:p>`, x.breakBefore(), x.runs(p.Runs))
}

func (x *docx) headingBlock(h Heading) {
	anchor := x.nextHeading()
	x.printf(`<w:p><w:pPr><w:pStyle w:val="Heading%d"/>%s</w:pPr><w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%[3]d"/></w:p>`,
		h.Level, x.breakBefore(), x.headings, anchor, textRun("", escapeXML(h.heading(x.lang))))
}

// contentsList writes the table of contents as links to the headings, each
// with a field for the page of its heading, which only a word processor
// knows: LibreOffice fills these fields in as it lays the pages out, Word when
// it opens the document (see settings). Within a field TOC, LibreOffice would
// keep what we wrote, and that could be no page.
func (x *docx) contentsList() {
	x.paragraph("TOCHeading", textRun("", x.contents))
	for _, e := range x.doc.outline() {
		if e.Level <= 2 {
			x.paragraph(fmt.Sprintf("TOC%d", e.Level), fmt.Sprintf(`<w:hyperlink w:anchor="%s" w:history="1">%s<w:r><w:tab/></w:r>%s</w:hyperlink>`,
				e.anchor, textRun("", escapeXML(e.heading(x.lang))), pageOf(e.anchor)))
		}
	}
}

// pageOf is a field for the page on which a bookmark stands.
func pageOf(anchor string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF ` + anchor +
		` \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func (x *docx) listBlock(l List) {
	style, numbering := "ListBullet", 1
	if l.Ordered {
		x.ordered++
		style, numbering = "ListNumber", x.ordered+1
	}
	for i, item := range l.Items {
		apart := "" // the last is as far from what follows as a paragraph is
		if i == len(l.Items)-1 {
			apart = `<w:spacing w:after="120"/>`
		}
		x.printf(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>%s</w:pPr>%s</w:p>`, style, x.breakBefore(), numbering, apart, x.runs(item))
	}
}

func (x *docx) note(n Note) {
	style := [...]string{NoteInfo: "Note", NoteWarning: "NoteWarning", NoteMethod: "NoteMethod"}[n.Kind]
	title := ""
	if n.Title != "" {
		colour := `<w:b/><w:color w:val="1F3A5F"/>`
		if n.Kind == NoteWarning {
			colour = `<w:b/><w:color w:val="8A3B12"/>`
		}
		title = textRun(colour, x.esc(n.Title)) + "<w:r><w:br/></w:r>"
	}
	// ragged, for a template may justify what ends with a line's break
	x.printf(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s<w:jc w:val="left"/></w:pPr>%s%s</w:p>`, style, x.breakBefore(), title, x.runs(n.Runs))
}
