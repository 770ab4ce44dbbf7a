package document

import (
	"strconv"
)

// ruleColour is that of thin lines between rows and under headings.
const ruleColour = "#c9d1db"

// pdfHeadings are the looks of headings by level, with the room above and
// below them.
var pdfHeadings = [...]struct {
	size, above, below float64
	ruled              bool
}{
	1: {size: 16, above: 20, below: 8, ruled: true},
	2: {size: 12.5, above: 15, below: 6},
	3: {size: 10.5, above: 12, below: 4},
}

func (p *pdf) headingBlock(h Heading) {
	p.nextHeading()
	style := pdfHeadings[h.Level]
	look := pdfLook{face: faceBold, size: style.size, colour: navy}
	title := h.heading(p.lang)
	strips := p.set([]pdfPiece{{title, look}}, pdfSetting{size: look.size, leading: 1.2, width: p.width()})
	strips[0].shapes = append(strips[0].shapes, pdfAnchor{level: h.Level, title: title})
	if style.ruled {
		strips = append(strips, pdfStrip{height: 3, shapes: []shape{box{y: 2.5, width: p.width(), height: 0.5, fill: ruleColour}}})
	}
	p.put(style.above, style.below, keepNext(strips))
}

// contentsBlock sets the outline to the second level with page numbers; each
// line leads to its heading.
func (p *pdf) contentsBlock() {
	look := pdfLook{face: faceBold, size: 12, colour: navy}
	p.put(14, 4, keepNext(p.set([]pdfPiece{{p.contents, look}}, pdfSetting{size: look.size, leading: 1.3, width: p.width()})))
	for i, e := range p.doc.outline() {
		if e.Level > 2 {
			continue
		}
		p.contentsEntry(e, i+1)
	}
	p.after = 14
}

func (p *pdf) contentsEntry(e entry, heading int) {
	look, above := pdfLook{face: faceBold, size: 10, colour: ink}, 5.0
	s := pdfSetting{size: look.size, leading: 1.5, width: p.width() - 30}
	if e.Level == 2 {
		look.face, above = faceRegular, 0
		s.left, s.width = 14, s.width-14
	}
	lines := p.set([]pdfPiece{{e.heading(p.lang), look}}, s)
	for i := range lines {
		lines[i].shapes = append(lines[i].shapes, pdfLinkArea{box: box{width: p.width(), height: lines[i].height}, heading: heading})
	}
	last := &lines[len(lines)-1]
	last.shapes = append(last.shapes,
		pdfPageNumber{at: point{p.width(), 0.7 * last.height}, heading: heading, pdfLook: look},
		box{x: s.left, y: last.height - 0.5, width: p.width() - s.left, height: 0.5, fill: gridColour})
	p.put(above, 0, keepAll(lines))
}

func (p *pdf) listBlock(l List) {
	const indent = 14
	for i, item := range l.Items {
		bullet := "•"
		if l.Ordered {
			bullet = strconv.Itoa(i+1) + "."
		}
		s := p.bodySetting()
		s.left, s.width = indent, s.width-indent
		lines := p.set(p.runs(item, bodyLook), s)
		s.left = 2
		lines[0].shapes = append(p.setLine([]pdfPiece{{bullet, bodyLook}}, s), lines[0].shapes...)
		p.put(0, 3, keepEnds(lines))
	}
	p.after = bodyGap
}

// note sets a remark on a tinted ground with a bar at its left.
func (p *pdf) note(n Note) {
	bar, ground, look := navy, tint, bodyLook
	switch n.Kind {
	case NoteWarning:
		bar, ground = warnInk, warnTint
	case NoteMethod:
		bar, look.size = ruleColour, 9
	}
	const inset, padding = 14, 6
	s := pdfSetting{size: look.size, leading: bodyLeading, left: inset, width: p.width() - 2*inset}
	lines := []pdfStrip{{height: padding}}
	if n.Title != "" {
		title := pdfLook{face: faceBold, size: look.size, colour: navy}
		if n.Kind == NoteWarning {
			title.colour = warnInk
		}
		lines = append(lines, p.set(p.words(n.Title, title), s)...)
	}
	lines = append(lines, p.set(p.runs(n.Runs, look), s)...)
	lines = append(lines, pdfStrip{height: padding})
	for i := range lines {
		grounds := []shape{box{width: p.width(), height: lines[i].height + pdfOverlap, fill: ground}, box{width: 3, height: lines[i].height + pdfOverlap, fill: bar}}
		if i == len(lines)-1 {
			grounds = []shape{box{width: p.width(), height: padding, fill: ground}, box{width: 3, height: padding, fill: bar}}
		}
		lines[i].shapes = append(grounds, lines[i].shapes...)
	}
	p.put(6, 8, keepAll(lines))
}

// pdfOverlap is how far a ground reaches into the next strip's, so that no
// hairline shows between the two on a screen.
const pdfOverlap = 0.4

// caption sets "Tableau 3 : …".
func (p *pdf) caption(name string, number int, text string) []pdfStrip {
	plain := pdfLook{size: 9.5, colour: grey}
	bold := pdfLook{face: faceBold, size: 9.5, colour: navy}
	pieces := []pdfPiece{{name + Nbsp + strconv.Itoa(number) + p.captionSep, plain}, {Typeset(p.lang, text), bold}}
	return keepAll(p.set(pieces, pdfSetting{size: plain.size, leading: 1.3, width: p.width()}))
}

// picture draws a chart or map as vectors over its caption.
func (p *pdf) picture(drawing scene, title, alt string) {
	scale := (pdfShortSide - 2*pdfMargin) / drawing.width
	alt = Typeset(p.lang, alt)
	strips := []pdfStrip{{height: drawing.height*scale + 4, shapes: []shape{pdfDrawing{scene: drawing, scale: scale, alt: alt}}}}
	strips = append(strips, p.caption(p.figure, p.nextChart(), title)...)
	p.put(10, 12, keepAll(strips))
}
