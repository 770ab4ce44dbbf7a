package document

// highlights sets the large figures as boxes side by side.
func (p *pdf) highlights(h Highlights) {
	const gap = 8
	for items := h.Items; len(items) > 0; {
		n := min(len(items), highlightsPerRow)
		width := (p.width() - gap*float64(n-1)) / float64(n)
		var columns [][]pdfStrip
		height := 0.0
		for _, item := range items[:n] {
			column := p.highlight(item, width)
			columns = append(columns, column)
			height = max(height, stack(column))
		}
		row := pdfStrip{height: height}
		for i, column := range columns {
			row.shapes = append(row.shapes, sideBySide(column, float64(i)*(width+gap), width, height)...)
		}
		p.put(gap, gap, []pdfStrip{row})
		items = items[n:]
	}
	p.after = 14
}

// highlight sets one large figure with its name above and its help below.
func (p *pdf) highlight(item Highlight, width float64) []pdfStrip {
	const inset, padding = 8, 7
	at := func(look pdfLook, leading float64) pdfSetting {
		return pdfSetting{size: look.size, leading: leading, left: inset, width: width - 2*inset}
	}
	name := pdfLook{face: faceBold, size: 8.5, colour: navy}
	strips := append([]pdfStrip{{height: padding}}, p.set(p.words(item.Label, name), at(name, 1.25))...)
	big := p.bigFigure(item.Figure, width-2*inset)
	strips = append(strips, p.set(big, at(pdfLook{size: 16}, 1.35))...)
	if u := item.Figure.Uncertainty(p.lang); u != "" {
		look := pdfLook{size: 8.5, colour: ink}
		strips = append(strips, p.set([]pdfPiece{{"±" + Nbsp + u + Nbsp + "(k" + Nbsp + "=" + Nbsp + "2)", look}}, at(look, 1.3))...)
	}
	if item.Help != "" {
		strips = append(strips, p.set(p.words(item.Help, noteLook), at(noteLook, 1.3))...)
	}
	return append(strips, pdfStrip{height: padding})
}

// bigFigure returns value and mark in the largest size that fits one line.
func (p *pdf) bigFigure(f Figure, width float64) []pdfPiece {
	for size := 15.0; ; size -= 0.5 {
		pieces := []pdfPiece{{f.valueUnit(p.lang), pdfLook{face: faceBold, size: size, colour: ink}}}
		if f.Marked() {
			pieces = append(pieces, p.mark(size))
		}
		if size <= 8 || p.lineWidth(pieces) <= width {
			return pieces
		}
	}
}

// sideBySide moves a column of strips to its place in a row, on a box of the
// row's height.
func sideBySide(column []pdfStrip, x, width, height float64) []shape {
	shapes := []shape{box{x: x, width: width, height: height, fill: tint}, box{x: x, width: width, height: 2.25, fill: navy}}
	y := 0.0
	for _, strip := range column {
		for _, s := range moved(strip.shapes, y) {
			if text, ok := s.(pdfText); ok {
				text.at.x += x
				shapes = append(shapes, text)
			}
		}
		y += strip.height
	}
	return shapes
}
