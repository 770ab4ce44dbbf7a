package document

import "io"

// WritePDF writes d as a PDF that needs nothing else: its fonts are in it,
// its charts are vectors, its text can be searched and copied, and its
// headings are bookmarks. The file has no part that changes between two runs.
func WritePDF(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := &pdf{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang), pen: newPDFPen()}
	p.body()
	pages := p.pages()
	p.dress(pages)
	p.pen.describe(d)
	return p.pen.print(w, pages)
}

// pdf is a document being set. All lengths are points of 1/72 inch.
type pdf struct {
	counter
	doc  *Document
	lang string
	*Labels
	pen *pdfPen

	strips []pdfStrip // the whole text from top to bottom, before it is cut into pages
	after  float64    // room that the last block wants below it
	turn   bool       // on a landscape page
	broken bool       // the next strip starts a page
}

func (p *pdf) body() {
	d := p.doc
	p.titleBlock()
	if d.Contents {
		p.contentsBlock()
	}
	for i, turned := range d.turned(p.width(), 2*pdfCellPadding) {
		p.turn = turned
		p.block(d.Blocks[i])
	}
}

func (p *pdf) block(b Block) {
	switch v := b.(type) {
	case Heading:
		p.headingBlock(v)
	case Paragraph:
		lines := p.set(p.runs(v.Runs, bodyLook), p.bodySetting())
		p.put(0, bodyGap, keepEnds(lines))
	case List:
		p.listBlock(v)
	case Highlights:
		p.highlights(v)
	case Table:
		p.tableBlock(v)
	case Chart:
		p.picture(v.layout(p.lang), v.Caption, v.Alt)
	case Map:
		p.picture(v.layout(p.lang), v.Caption, v.Alt)
	case Note:
		p.note(v)
	case TableOfContents:
		p.contentsBlock()
	case PageBreak:
		p.broken = true
	}
}

// put appends a block's strips, with room kept free above and below it; of
// two blocks that meet, the larger room counts.
func (p *pdf) put(above, below float64, strips []pdfStrip) {
	if len(strips) == 0 {
		return
	}
	strips[0].above = max(above, p.after)
	strips[0].opens = p.broken
	for i := range strips {
		strips[i].turned = p.turn
	}
	p.strips = append(p.strips, strips...)
	p.after, p.broken = below, false
}

// width is that of the text on the page being set.
func (p *pdf) width() float64 {
	width, _ := pdfPageSize(p.turn)
	return width - 2*pdfMargin
}

// titleBlock sets title, subtitle and imprint over a rule.
func (p *pdf) titleBlock() {
	d := p.doc
	line := func(text string, look pdfLook) []pdfStrip {
		return keepAll(p.set(p.words(text, look), pdfSetting{size: look.size, leading: 1.2, width: p.width()}))
	}
	p.put(0, 5, line(d.Title, pdfLook{face: faceBold, size: 22, colour: navy}))
	if d.Subtitle != "" {
		p.put(0, 4, line(d.Subtitle, pdfLook{size: 13, colour: ink}))
	}
	imprint := line(d.imprint(), pdfLook{size: 9, colour: grey})
	rule := pdfStrip{height: 8, shapes: []shape{box{y: 6, width: p.width(), height: 2.25, fill: navy}}}
	p.put(0, 12, append(imprint, rule))
}

// words returns a text of one look, by the rules of the language.
func (p *pdf) words(text string, look pdfLook) []pdfPiece {
	return []pdfPiece{{Typeset(p.lang, text), look}}
}
