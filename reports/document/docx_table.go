package document

import "fmt"

// tableBlock writes caption, table and notes.
func (x *docx) tableBlock(t Table) {
	x.captionBlock(x.table, x.nextTable(), t.Caption, true)
	widths, size := t.docxWidths(x.lang, x.textWidth())
	if x.width > 0 {
		widths, size = t.templateWidths(x.lang, x.width)
	}
	x.printf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4" w:color="1F3A5F"/><w:bottom w:val="single" w:sz="8" w:color="1F3A5F"/><w:insideH w:val="single" w:sz="4" w:color="C9D1DB"/></w:tblBorders>`, x.textWidth())
	x.printf(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%[1]d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0460" w:firstRow="1" w:lastRow="1" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`, docxCellPadding)
	x.printf(`<w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`, x.esc(t.Caption))
	for _, width := range widths {
		x.printf(`<w:gridCol w:w="%d"/>`, width)
	}
	x.printf(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	style := cellStyle{size: size, fill: "1F3A5F", style: "TableHead", keep: true}
	for i, c := range t.Columns {
		x.tableCell(style.at(widths[i], c.Align), textRun(style.runProperties(), escapeXML(c.head(x.lang))))
	}
	x.printf("</w:tr>")
	for i, r := range t.Rows {
		style := cellStyle{size: size, style: "TableText", keep: (t.short() || r.Strong) && (i < len(t.Rows)-1 || t.Total != nil)}
		if r.Strong {
			style.bold, style.fill = true, "F1F4F8"
		}
		x.tableRow(t, r.Cells, widths, style)
	}
	if t.Total != nil {
		x.tableRow(t, t.Total, widths, cellStyle{size: size, style: "TableText", bold: true, fill: "F1F4F8", total: true})
	}
	x.printf("</w:tbl>")
	x.tableNotes(t)
}

// docxCellPadding is what text keeps clear of on either side of its cell.
const docxCellPadding = 60

// docxWidths returns the columns' widths in twentieths of a point, which add
// up to width, and the font size in points.
func (t Table) docxWidths(lang string, width int) ([]int, float64) {
	setting := t.fit(lang, float64(width)/20, docxCellPadding/20.0*2)
	widths, end, done := make([]int, len(setting.widths)), 0.0, 0
	for i, share := range setting.widths {
		end += share
		widths[i] = int(end*20+0.5) - done
		done += widths[i]
	}
	return widths, setting.size
}

// cellStyle is how a cell is set.
type cellStyle struct {
	style, fill string
	bold, keep  bool
	total       bool // ruled off above
	code        bool
	size        float64 // points
	width       int     // twentieths of a point
	align       Align
}

func (s cellStyle) at(width int, align Align) cellStyle {
	s.width, s.align = width, align
	return s
}

func (s cellStyle) runProperties() string {
	properties := ""
	size := s.size
	if s.code {
		properties, size = `<w:rStyle w:val="Code"/>`, size*monoScale
	}
	if s.bold {
		properties += "<w:b/>"
	}
	if size != tableSizes[0] {
		properties += fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, int(size*2))
	}
	return properties
}

func (x *docx) tableRow(t Table, cells []Cell, widths []int, style cellStyle) {
	x.printf("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
	for i, c := range cells {
		style := style.at(widths[i], t.Columns[i].Align)
		style.code = c.Code
		runs := textRun(style.runProperties(), escapeXML(c.text(x.lang, t.Columns[i])))
		if c.simulated() {
			runs += x.mark()
		}
		x.tableCell(style, runs)
	}
	x.printf("</w:tr>")
}

func (x *docx) tableCell(s cellStyle, runs string) {
	x.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, s.width)
	if s.total {
		x.printf(`<w:tcBorders><w:top w:val="single" w:sz="8" w:color="1F3A5F"/></w:tcBorders>`)
	}
	if s.fill != "" {
		x.printf(`<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, s.fill)
	}
	if s.style == "TableHead" {
		x.printf(`<w:vAlign w:val="bottom"/>`)
	}
	x.printf(`</w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/>`, s.style)
	if s.keep {
		x.printf("<w:keepNext/>")
	}
	x.printf(`%s</w:pPr>%s</w:p></w:tc>`, [...]string{AlignLeft: "", AlignRight: `<w:jc w:val="right"/>`, AlignCenter: `<w:jc w:val="center"/>`}[s.align], runs)
}

// tableNotes writes what the marks mean, then the table's own notes. The last
// of them keeps its distance from what follows; without any an empty paragraph
// does, and keeps two tables from growing together.
func (x *docx) tableNotes(t Table) {
	var notes []string
	for _, line := range t.legend(x.lang) {
		notes = append(notes, textRun("", escapeXML(line)))
	}
	if len(t.Notes) > 0 {
		notes = append(notes, x.runs(t.Notes))
	}
	if len(notes) == 0 {
		x.printf(`<w:p><w:pPr><w:spacing w:after="280" w:line="20" w:lineRule="exact"/></w:pPr></w:p>`)
		return
	}
	last := len(notes) - 1
	for _, note := range notes[:last] {
		x.paragraph("TableNote", note)
	}
	x.printf(`<w:p><w:pPr><w:pStyle w:val="TableNote"/><w:spacing w:after="280"/></w:pPr>%s</w:p>`, notes[last])
}
