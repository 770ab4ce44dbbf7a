package document

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The shapes of a page beside those of a scene.
type (
	// pdfText is a piece of text; at is the left end of its baseline.
	pdfText struct {
		at point
		pdfPiece
	}
	// pdfDrawing is a chart, with the words for who cannot see it.
	pdfDrawing struct {
		scene
		at    point
		scale float64
		alt   string
	}
	// pdfAnchor marks the place of a heading.
	pdfAnchor struct {
		level int
		title string
	}
	// pdfPageNumber prints the page of the heading of that number; at is the
	// right end of its baseline.
	pdfPageNumber struct {
		at      point
		heading int
		pdfLook
	}
	// pdfLinkArea leads to the heading of that number.
	pdfLinkArea struct {
		box
		heading int
	}
)

func (pdfText) shape()       {}
func (pdfDrawing) shape()    {}
func (pdfAnchor) shape()     {}
func (pdfPageNumber) shape() {}
func (pdfLinkArea) shape()   {}

func (p *pdfPen) draw(s shape) {
	switch v := s.(type) {
	case pdfText:
		p.text(v)
	case pdfDrawing:
		p.drawing(v)
	case pdfPageNumber:
		number := pdfPiece{strconv.Itoa(p.targets[v.heading-1].page), v.pdfLook}
		p.text(pdfText{at: point{v.at.x - p.width(number), v.at.y}, pdfPiece: number})
	case pdfLinkArea:
		at := p.on(point{v.x, v.y})
		p.file.Link(at.x, at.y, v.width, v.height, p.targets[v.heading-1].link)
	case box:
		p.box(v)
	case polyline:
		p.polyline(v)
	case label:
		p.label(v)
	}
}

// on returns where a point of the shapes being drawn lies on the page.
func (p *pdfPen) on(at point) point {
	return point{p.origin.x + p.scale*at.x, p.origin.y + p.scale*at.y}
}

func (p *pdfPen) text(t pdfText) {
	at := p.on(t.at)
	t.size *= p.scale
	p.choose(t.pdfLook)
	p.ink(t.colour)
	p.file.Text(at.x, at.y, printable(t.text))
	if t.link != "" {
		width := p.width(t.pdfPiece)
		p.file.Rect(at.x, at.y+0.12*t.size, width, 0.05*t.size, "F")
		p.file.LinkString(at.x, at.y-t.size, width, 1.25*t.size, printable(t.link))
	}
}

// ink sets the colour of areas and of text.
func (p *pdfPen) ink(hex string) {
	red, green, blue := rgb(hex)
	p.file.SetFillColor(red, green, blue)
	p.file.SetTextColor(red, green, blue)
}

// rgb returns the parts of "#rrggbb".
func rgb(hex string) (red, green, blue int) {
	c := int(colourRef(hex))
	return c & 0xff, c >> 8 & 0xff, c >> 16
}

func (p *pdfPen) box(b box) {
	at := p.on(point{b.x, b.y})
	p.ink(b.fill)
	p.file.Rect(at.x, at.y, p.scale*b.width, p.scale*b.height, "F")
}

func (p *pdfPen) polyline(l polyline) {
	style := "F"
	if l.fill != "" {
		p.ink(l.fill)
	} else {
		style = "D"
		p.file.SetDrawColor(rgb(l.stroke))
		p.file.SetLineWidth(p.scale * l.width)
	}
	for i, corner := range l.points {
		at := p.on(corner)
		if i == 0 {
			p.file.MoveTo(at.x, at.y)
			continue
		}
		p.file.LineTo(at.x, at.y)
	}
	p.file.DrawPath(style)
}

// label writes a line of a chart's text.
func (p *pdfPen) label(l label) {
	text := pdfText{at: l.at, pdfPiece: pdfPiece{l.text, pdfLook{size: l.size, colour: l.colour}}}
	if l.bold {
		text.face = faceBold
	}
	switch width := p.width(text.pdfPiece); l.anchor {
	case anchorMiddle:
		text.at.x -= width / 2
	case anchorEnd:
		text.at.x -= width
	}
	if l.turn == 0 {
		p.text(text)
		return
	}
	at := p.on(l.at)
	p.file.TransformBegin()
	p.file.TransformRotate(-l.turn, at.x, at.y)
	p.text(text)
	p.file.TransformEnd()
	p.look = pdfLook{} // the font is again that from before
}

// drawing draws a chart; a reader aloud finds its words.
func (p *pdfPen) drawing(d pdfDrawing) {
	origin := p.origin
	p.origin, p.scale = p.on(d.at), d.scale
	p.file.RawWriteStr("/Span <</Alt <FEFF" + hex16(printable(d.alt)) + ">>> BDC")
	for _, s := range d.shapes {
		p.draw(s)
	}
	p.file.RawWriteStr("EMC")
	p.origin, p.scale = origin, 1
}

// hex16 returns UTF-16 in hexadecimal digits.
func hex16(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}
