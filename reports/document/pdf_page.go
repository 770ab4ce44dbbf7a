package document

// pdfStrip is a slice of the text as wide as the page: a line, a row of a
// table, a chart. Pages are made by stacking strips.
type pdfStrip struct {
	above, height float64
	keep          bool       // not parted from the strip that follows
	prefer        bool       // the same, where that leaves no large gap
	opens         bool       // starts a page
	turned        bool       // stands on a landscape page
	head          []pdfStrip // set again above the strip where it opens a page
	shapes        []shape    // measured from the strip's left upper corner
}

// pdfPage is a page with its strips in place.
type pdfPage struct {
	turned bool
	placed []pdfPlaced
	end    float64 // where the next strip may start
}

// pdfPlaced is a list of shapes and where their origin lies on the page.
type pdfPlaced struct {
	at     point
	shapes []shape
}

// A4 and its margins.
const (
	pdfShortSide = 595.28
	pdfLongSide  = 841.89
	pdfMargin    = 56.7 // left and right, 20 mm
	pdfHeadTop   = 26   // where the page's head starts
	pdfHeadGap   = 14   // between the head and the text
	pdfFoot      = 48   // from the text's end to the page's
	pdfGap       = 0.22 // share of a page that may stay empty to keep a table whole
)

// pdfFrame is the room for text on a page.
type pdfFrame struct{ left, top, width, bottom float64 }

func (p *pdf) frame(turned bool) pdfFrame {
	width, height := pdfPageSize(turned)
	text := width - 2*pdfMargin
	return pdfFrame{left: pdfMargin, top: pdfHeadTop + stack(p.pageHead(text)) + pdfHeadGap, width: text, bottom: height - pdfFoot}
}

func pdfPageSize(turned bool) (width, height float64) {
	if turned {
		return pdfLongSide, pdfShortSide
	}
	return pdfShortSide, pdfLongSide
}

// stack returns the height of strips on top of each other.
func stack(strips []pdfStrip) float64 {
	height := 0.0
	for i, s := range strips {
		if i > 0 {
			height += s.above
		}
		height += s.height
	}
	return height
}

// pages cuts the text into pages. Strips that keep together go to the next
// page together, unless no page can hold them.
func (p *pdf) pages() []*pdfPage {
	b := &pdfBinder{frames: map[bool]pdfFrame{false: p.frame(false), true: p.frame(true)}}
	for rest := p.strips; len(rest) > 0; {
		whole, least := together(rest, true), together(rest, false)
		if !b.goesOn(rest[0]) || !b.fits(rest[:whole]) && (b.room() < pdfGap || !b.fits(rest[:least])) {
			b.open(rest[0])
		}
		b.fill(rest[:whole])
		rest = rest[whole:]
	}
	return b.pages
}

// together counts the strips that stay on one page with the first.
func together(strips []pdfStrip, preferred bool) int {
	for i, s := range strips[:len(strips)-1] {
		if !s.keep && !(preferred && s.prefer) || s.turned != strips[i+1].turned {
			return i + 1
		}
	}
	return len(strips)
}

// pdfBinder fills pages with strips.
type pdfBinder struct {
	frames map[bool]pdfFrame // by whether a page is turned
	pages  []*pdfPage
	fresh  bool // nothing but repeated heads on the last page
}

func (b *pdfBinder) last() *pdfPage { return b.pages[len(b.pages)-1] }

// fill places strips on the page and on as many more as they need.
func (b *pdfBinder) fill(strips []pdfStrip) {
	for len(strips) > 0 {
		n := together(strips, false)
		if !b.fresh && !b.fits(strips[:n]) {
			b.open(strips[0])
		}
		for i, s := range strips[:n] {
			if i > 0 && !b.fits(strips[i:i+1]) {
				b.open(s)
			}
			b.place(s)
		}
		strips = strips[n:]
	}
}

// goesOn reports whether a strip may stand on the page being filled.
func (b *pdfBinder) goesOn(s pdfStrip) bool {
	return len(b.pages) > 0 && !s.opens && s.turned == b.last().turned
}

// fits reports whether strips fit on what is left of the page.
func (b *pdfBinder) fits(strips []pdfStrip) bool {
	page := b.last()
	return page.end+strips[0].above+stack(strips) <= b.frames[page.turned].bottom
}

// room returns the share of the page that is left.
func (b *pdfBinder) room() float64 {
	page := b.last()
	frame := b.frames[page.turned]
	return (frame.bottom - page.end) / (frame.bottom - frame.top)
}

// open starts the page on which a strip comes to stand.
func (b *pdfBinder) open(s pdfStrip) {
	b.pages = append(b.pages, &pdfPage{turned: s.turned, end: b.frames[s.turned].top})
	for _, head := range s.head {
		b.place(head)
	}
	b.fresh = true
}

// place sets a strip below what is on the page.
func (b *pdfBinder) place(s pdfStrip) {
	page := b.last()
	b.fresh = false
	if len(page.placed) > 0 {
		page.end += s.above
	}
	page.placed = append(page.placed, pdfPlaced{at: point{b.frames[page.turned].left, page.end}, shapes: s.shapes})
	page.end += s.height
}

// keepAll keeps the strips of a block together.
func keepAll(strips []pdfStrip) []pdfStrip {
	for i := range strips[:max(0, len(strips)-1)] {
		strips[i].keep = true
	}
	return strips
}

// keepEnds keeps two lines together at both ends of a paragraph, so that no
// line stands alone on a page.
func keepEnds(strips []pdfStrip) []pdfStrip {
	if n := len(strips); n > 1 {
		strips[0].keep, strips[n-2].keep = true, true
	}
	return strips
}

// keepNext keeps a block together and with the one that follows.
func keepNext(strips []pdfStrip) []pdfStrip {
	for i := range strips {
		strips[i].keep = true
	}
	return strips
}
