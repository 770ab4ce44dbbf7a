package document

import "strings"

// pdfFace is one of the typefaces that a PDF carries.
type pdfFace uint8

const (
	faceRegular pdfFace = iota
	faceBold
	faceItalic
	faceMono // fixed width, for codes
)

// pdfLook is how a stretch of text looks.
type pdfLook struct {
	face   pdfFace
	size   float64
	colour string
	rise   float64 // above the baseline
	link   string  // address that it leads to
}

// pdfPiece is a stretch of text of one look.
type pdfPiece struct {
	text string
	pdfLook
}

// Sizes and colours of the running text.
var (
	bodyLook = pdfLook{size: 10, colour: ink}
	noteLook = pdfLook{size: 8, colour: grey} // under tables and large figures
)

const (
	bodyLeading = 1.35
	bodyGap     = 7.0 // between paragraphs
	linkColour  = "#1f4e79"
)

// runs returns the pieces of a paragraph.
func (p *pdf) runs(runs []Run, base pdfLook) []pdfPiece {
	var pieces []pdfPiece
	for _, r := range runs {
		look := base
		switch {
		case r.Code && r.Figure == nil:
			look.face, look.size = faceMono, base.size*monoScale
		case r.Bold:
			look.face = faceBold
		case r.Italic:
			look.face = faceItalic
		}
		if safeLink(r.Link) {
			look.link, look.colour = r.Link, linkColour
		}
		pieces = append(pieces, pdfPiece{r.text(p.lang), look})
		if r.simulated() {
			pieces = append(pieces, p.mark(base.size))
		}
	}
	return pieces
}

// mark is the mark of simulated data beside a figure of some size.
func (p *pdf) mark(size float64) pdfPiece {
	return pdfPiece{Nbsp + p.Simulated, pdfLook{face: faceBold, size: 0.72 * size, colour: warnInk, rise: 0.3 * size}}
}

// pdfSetting says how a paragraph is set.
type pdfSetting struct {
	size, leading float64 // size of its letters; height of a line for a size of 1
	left, width   float64
	align         Align
}

func (p *pdf) bodySetting() pdfSetting {
	return pdfSetting{size: bodyLook.size, leading: bodyLeading, width: p.width()}
}

// set breaks a paragraph into lines, one strip each.
func (p *pdf) set(pieces []pdfPiece, s pdfSetting) []pdfStrip {
	var strips []pdfStrip
	for _, line := range p.breakLines(pieces, s.width) {
		strips = append(strips, pdfStrip{height: s.size * s.leading, shapes: p.setLine(line, s)})
	}
	return strips
}

// setLine places the pieces of a line. The baseline lies where the letters
// stand in the middle of the line's height.
func (p *pdf) setLine(line []pdfPiece, s pdfSetting) []shape {
	const ascent, descent = 0.905, 0.212
	baseline := s.size * (s.leading + ascent - descent) / 2
	x := s.left
	if room := s.width - p.lineWidth(line); s.align == AlignRight {
		x += room
	} else if s.align == AlignCenter {
		x += room / 2
	}
	var shapes []shape
	for _, piece := range line {
		shapes = append(shapes, pdfText{at: point{x, baseline - piece.rise}, pdfPiece: piece})
		x += p.pen.width(piece)
	}
	return shapes
}

func (p *pdf) lineWidth(line []pdfPiece) float64 {
	width := 0.0
	for _, piece := range line {
		width += p.pen.width(piece)
	}
	return width
}

// breakLines breaks pieces into lines of at most width: at ordinary spaces,
// after the underscores of a code and, where a word is wider than the line,
// inside it.
func (p *pdf) breakLines(pieces []pdfPiece, width float64) [][]pdfPiece {
	lines := [][]pdfPiece{nil}
	used := 0.0
	for _, word := range p.splitPieces(pieces, width) {
		line := &lines[len(lines)-1]
		wordWidth, space := p.lineWidth(word.parts), 0.0
		if word.space != nil && len(*line) > 0 {
			space = p.pen.width(*word.space)
		}
		if len(*line) > 0 && used+space+wordWidth > width+0.01 {
			lines = append(lines, nil)
			line, used, space = &lines[len(lines)-1], 0, 0
		}
		if space > 0 {
			*line = joined(*line, *word.space)
		}
		for _, part := range word.parts {
			*line = joined(*line, part)
		}
		used += space + wordWidth
	}
	return lines
}

// joined appends a piece to a line, to its last piece if that looks alike.
func joined(line []pdfPiece, piece pdfPiece) []pdfPiece {
	if n := len(line); n > 0 && line[n-1].pdfLook == piece.pdfLook {
		line[n-1].text += piece.text
		return line
	}
	return append(line, piece)
}

// pdfWord is what a line may not break, and the space before it if any.
type pdfWord struct {
	space *pdfPiece
	parts []pdfPiece
}

func (p *pdf) splitPieces(pieces []pdfPiece, width float64) []pdfWord {
	words := []pdfWord{{}}
	for _, piece := range pieces {
		for i, text := range strings.Split(piece.text, " ") {
			if i > 0 {
				words = append(words, pdfWord{space: &pdfPiece{" ", piece.pdfLook}})
			}
			for j, part := range p.parts(pdfPiece{text, piece.pdfLook}, width) {
				if j > 0 {
					words = append(words, pdfWord{})
				}
				last := &words[len(words)-1]
				last.parts = append(last.parts, part)
			}
		}
	}
	return words
}

// parts cuts a piece without spaces where it may break.
func (p *pdf) parts(piece pdfPiece, width float64) []pdfPiece {
	var parts []pdfPiece
	start, used := 0, 0.0
	for i, r := range piece.text {
		letter := p.pen.width(pdfPiece{string(r), piece.pdfLook})
		underscore := piece.face == faceMono && i > 0 && piece.text[i-1] == '_'
		if i > start && (underscore || used+letter > width) {
			parts = append(parts, pdfPiece{piece.text[start:i], piece.pdfLook})
			start, used = i, 0
		}
		used += letter
	}
	if start < len(piece.text) {
		parts = append(parts, pdfPiece{piece.text[start:], piece.pdfLook})
	}
	return parts
}
