package document

import "strconv"

// pageHead sets the banner and, under it, the title that runs on top of
// every page but the first.
func (p *pdf) pageHead(width float64) []pdfStrip {
	head := p.banner(width)
	look := pdfLook{size: 8, colour: grey}
	title := p.set(p.words(p.doc.Title, look), pdfSetting{size: look.size, leading: 1.3, width: width})
	if len(head) > 0 {
		title[0].above = 5
	}
	return append(head, title...)
}

// banner sets the document's warning in a frame.
func (p *pdf) banner(width float64) []pdfStrip {
	if p.doc.Banner == "" {
		return nil
	}
	look := pdfLook{face: faceBold, size: 8, colour: warnInk}
	lines := p.set(p.words(p.doc.Banner, look), pdfSetting{size: look.size, leading: 1.3, left: 6, width: width - 12, align: AlignCenter})
	const padding = 3
	lines = append(append([]pdfStrip{{height: padding}}, lines...), pdfStrip{height: padding})
	height := stack(lines)
	lines[0].shapes = append([]shape{box{width: width, height: height, fill: warnTint}}, outline(width, height, warnInk)...)
	return lines
}

// outline draws the four sides of a rectangle.
func outline(width, height float64, colour string) []shape {
	const thin = 0.75
	return []shape{
		box{width: width, height: thin, fill: colour}, box{y: height - thin, width: width, height: thin, fill: colour},
		box{width: thin, height: height, fill: colour}, box{x: width - thin, width: thin, height: height, fill: colour},
	}
}

// dress adds head and foot to each page, now that their number is known.
func (p *pdf) dress(pages []*pdfPage) {
	for i, page := range pages {
		room := p.frame(page.turned)
		head := p.pageHead(room.width)
		if i == 0 {
			head = p.banner(room.width)
		}
		y := float64(pdfHeadTop)
		for _, s := range head {
			y += s.above
			page.placed = append(page.placed, pdfPlaced{point{room.left, y}, s.shapes})
			y += s.height
		}
		foot := p.foot(room.width, i+1, len(pages))
		page.placed = append(page.placed, pdfPlaced{point{room.left, room.bottom + 14}, foot})
	}
}

// foot names the software and the date, and numbers the page.
func (p *pdf) foot(width float64, page, pages int) []shape {
	look := pdfLook{size: 8, colour: grey}
	s := pdfSetting{size: look.size, leading: 2.2, width: width}
	shapes := []shape{box{width: width, height: 0.5, fill: ruleColour}}
	shapes = append(shapes, p.setLine(p.words(p.madeWith+" "+p.doc.Version+" · "+p.doc.date(), look), s)...)
	s.align = AlignRight
	number := p.page + Nbsp + strconv.Itoa(page) + Nbsp + p.of + Nbsp + strconv.Itoa(pages)
	return append(shapes, p.setLine([]pdfPiece{{number, look}}, s)...)
}
