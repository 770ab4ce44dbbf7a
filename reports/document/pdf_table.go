package document

// pdfCellPadding is what a cell's text keeps clear of on either side.
const pdfCellPadding = 3

// pdfRowLines is how many lines of a row stay together: a taller row runs
// over several strips, so that a page can always hold one.
const pdfRowLines = 16

// pdfRow is how a row of a table is set.
type pdfRow struct {
	look   pdfLook
	ground string // empty for none
	rule   string // colour of the line on top, empty for none
	low    bool   // short cells stand at the bottom
	widths []float64
}

func (p *pdf) tableBlock(t Table) {
	caption := p.caption(p.table, p.nextTable(), t.Caption)
	setting := t.fit(p.lang, p.width(), 2*pdfCellPadding)
	row := pdfRow{look: pdfLook{size: setting.size, colour: ink}, widths: setting.widths}
	head := p.columnHeads(t, row)
	var rows []pdfStrip
	for _, r := range t.Rows {
		style := row
		if r.Strong {
			style.look.face, style.ground = faceBold, tint
		}
		strips := p.tableRow(t, r.Cells, style)
		strips[len(strips)-1].keep = r.Strong
		rows = append(rows, strips...)
	}
	if t.Total != nil {
		style := row
		style.look.face, style.ground, style.rule = faceBold, tint, navy
		rows = append(rows, p.tableRow(t, t.Total, style)...)
	}
	for i := range rows {
		rows[i].head = head
	}
	notes := p.tableNotes(t)
	rows = keepEnds(rows)
	for i := range len(rows) - 1 {
		rows[i].prefer = t.short()
	}
	if len(rows) > 0 && len(notes) > 0 {
		rows[len(rows)-1].keep = true
	}
	top := keepNext(append(caption, head...))
	top[len(caption)].above = 4
	p.put(8, 10, append(append(top, rows...), notes...))
}

func (p *pdf) columnHeads(t Table, row pdfRow) []pdfStrip {
	row.look.face, row.look.colour, row.ground, row.low = faceBold, "#ffffff", navy, true
	var heads [][]pdfPiece
	for _, c := range t.Columns {
		heads = append(heads, []pdfPiece{{c.head(p.lang), row.look}})
	}
	return p.rowStrips(t, heads, row)
}

func (p *pdf) tableRow(t Table, cells []Cell, row pdfRow) []pdfStrip {
	var texts [][]pdfPiece
	for i, c := range cells {
		look := row.look
		if c.Code {
			look.face, look.size = faceMono, look.size*monoScale
		}
		pieces := []pdfPiece{{c.text(p.lang, t.Columns[i]), look}}
		if c.simulated() {
			pieces = append(pieces, p.mark(row.look.size))
		}
		texts = append(texts, pieces)
	}
	return p.rowStrips(t, texts, row)
}

// rowStrips sets a row's cells side by side.
func (p *pdf) rowStrips(t Table, texts [][]pdfPiece, row pdfRow) []pdfStrip {
	cells := make([][][]pdfPiece, len(texts))
	tallest := 0
	for i, pieces := range texts {
		cells[i] = p.breakLines(pieces, row.widths[i]-2*pdfCellPadding)
		tallest = max(tallest, len(cells[i]))
	}
	var strips []pdfStrip
	for from := 0; from < tallest; from += pdfRowLines {
		to := min(from+pdfRowLines, tallest)
		strips = append(strips, p.rowStrip(t, cells, row, from, to, to == tallest))
	}
	return strips
}

// rowStrip sets the lines from and to of a row's cells.
func (p *pdf) rowStrip(t Table, cells [][][]pdfPiece, row pdfRow, from, to int, last bool) pdfStrip {
	const leading, padding = 1.25, 2.4
	line := row.look.size * leading
	height := float64(to-from)*line + 2*padding
	strip := pdfStrip{height: height, shapes: row.frame(height, last)}
	x := 0.0
	for i, lines := range cells {
		s := pdfSetting{size: row.look.size, leading: leading, left: x + pdfCellPadding, width: row.widths[i] - 2*pdfCellPadding, align: t.Columns[i].Align}
		first := 0
		if row.low {
			first = max(0, to-len(lines))
		}
		for j := from; j < to && j-first < len(lines); j++ {
			if j < first {
				continue
			}
			y := padding + float64(j-from)*line
			strip.shapes = append(strip.shapes, moved(p.setLine(lines[j-first], s), y)...)
		}
		x += row.widths[i]
	}
	return strip
}

// frame draws a row's ground and the lines above and below it.
func (r pdfRow) frame(height float64, last bool) []shape {
	width := total(r.widths)
	var shapes []shape
	if r.ground != "" {
		shapes = append(shapes, box{width: width, height: height, fill: r.ground})
	}
	if r.rule != "" {
		shapes = append(shapes, box{width: width, height: 1, fill: r.rule})
	}
	if last {
		shapes = append(shapes, box{y: height - 0.5, width: width, height: 0.5, fill: ruleColour})
	}
	return shapes
}

// moved moves texts down.
func moved(shapes []shape, y float64) []shape {
	for i, s := range shapes {
		if text, ok := s.(pdfText); ok {
			text.at.y += y
			shapes[i] = text
		}
	}
	return shapes
}

// tableNotes sets what the marks mean, then the table's own notes.
func (p *pdf) tableNotes(t Table) []pdfStrip {
	s := pdfSetting{size: noteLook.size, leading: 1.3, width: p.width()}
	var notes []pdfStrip
	for _, line := range t.legend(p.lang) {
		notes = append(notes, p.set([]pdfPiece{{line, noteLook}}, s)...)
	}
	if len(t.Notes) > 0 {
		notes = append(notes, p.set(p.runs(t.Notes, noteLook), s)...)
	}
	if len(notes) > 0 {
		notes[0].above = 3
	}
	return keepAll(notes)
}
