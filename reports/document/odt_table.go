package document

import "fmt"

func (o *odt) tableBlock(t Table) {
	number := o.nextTable()
	o.captionBlock(o.table, number, t.Caption)
	widths, size := t.docxWidths(o.lang, o.textWidth())
	if o.width > 0 {
		widths, size = t.templateWidths(o.lang, o.width)
	}
	o.openTable(fmt.Sprintf("%s_%d", o.table, number), widths, t.short())
	o.printf("<table:table-header-rows><table:table-row>")
	for _, c := range t.Columns {
		o.cell(cellStyle{style: "Table_20_Heading", fill: navy, size: size, align: c.Align, bold: o.width > 0}, escapeXML(c.head(o.lang)))
	}
	o.printf("</table:table-row></table:table-header-rows>")
	for _, r := range t.Rows {
		style := cellStyle{style: "Table_20_Contents", size: size}
		if r.Strong {
			style.bold, style.fill = true, tint
		}
		o.row(t, r.Cells, style)
	}
	if t.Total != nil {
		o.row(t, t.Total, cellStyle{style: "Table_20_Contents", size: size, bold: true, fill: tint, total: true})
	}
	o.printf("</table:table>")
	for _, line := range t.legend(o.lang) {
		o.paragraph("Table_20_Note", escapeXML(line))
	}
	if len(t.Notes) > 0 {
		o.paragraph("Table_20_Note", o.runs(t.Notes))
	}
	o.paragraph("Text_20_body", "")
}

// textWidth is the width of the text in twentieths of a point.
func (o *odt) textWidth() int {
	switch {
	case o.width > 0:
		return o.width
	case o.turn:
		return docxPageHeight - 2*docxMargin
	}
	return docxTextWidth
}

// openTable starts a table with columns of the given widths in twentieths of
// a point; whole keeps it on one page.
func (o *odt) openTable(name string, widths []int, whole bool) {
	sum := 0
	for _, width := range widths {
		sum += width
	}
	style := o.style("table", "", fmt.Sprintf(`<style:table-properties style:width="%spt" table:align="left" style:may-break-between-rows="%t"/>`, decimal(float64(sum)/20), !whole))
	o.printf(`<table:table table:name="%s" table:style-name="%s">`, name, style)
	for _, width := range widths {
		column := o.style("table-column", "", fmt.Sprintf(`<style:table-column-properties style:column-width="%spt"/>`, decimal(float64(width)/20)))
		o.printf(`<table:table-column table:style-name="%s"/>`, column)
	}
}

func (o *odt) row(t Table, cells []Cell, style cellStyle) {
	row := o.style("table-row", "", `<style:table-row-properties fo:keep-together="always"/>`)
	o.printf(`<table:table-row table:style-name="%s">`, row)
	for i, c := range cells {
		style.align = t.Columns[i].Align
		text := escapeXML(c.text(o.lang, t.Columns[i]))
		if c.Code {
			text = textSpan(o.codeStyle(style.size), text)
		}
		if c.simulated() {
			text += o.mark()
		}
		o.cell(style, text)
	}
	o.printf("</table:table-row>")
}

// codeStyle is the style of a code among letters of a size in points; a share
// of that size would be taken of the document's.
func (o *odt) codeStyle(size float64) string {
	return o.style("text", `style:parent-style-name="Source_20_Text"`, fmt.Sprintf(`<style:text-properties fo:font-size="%spt"/>`, decimal(size*monoScale)))
}

// cell writes a cell with one paragraph.
func (o *odt) cell(s cellStyle, content string) {
	o.openCell(s)
	properties := "<style:paragraph-properties" + [...]string{AlignLeft: "", AlignRight: ` fo:text-align="end"`, AlignCenter: ` fo:text-align="center"`}[s.align] + "/>"
	properties += fmt.Sprintf(`<style:text-properties fo:font-size="%gpt"`, s.size)
	if s.bold {
		properties += ` fo:font-weight="bold"`
	}
	style := o.style("paragraph", `style:parent-style-name="`+s.style+`"`, properties+"/>")
	o.printf(`<text:p text:style-name="%s">%s</text:p></table:table-cell>`, style, content)
}

func (o *odt) openCell(s cellStyle) {
	properties := `fo:padding-left="3pt" fo:padding-right="3pt" fo:border-bottom="0.5pt solid #c9d1db"`
	if s.fill != "" {
		properties += ` fo:background-color="` + s.fill + `"`
	}
	if s.total {
		properties += ` fo:border-top="1pt solid ` + navy + `"`
	}
	if s.style == "Table_20_Heading" {
		properties += ` style:vertical-align="bottom"`
	}
	o.printf(`<table:table-cell table:style-name="%s" office:value-type="string">`, o.style("table-cell", "", "<style:table-cell-properties "+properties+"/>"))
}

// highlights writes the large figures as a row of boxes.
func (o *odt) highlights(h Highlights) {
	for row := 1; len(h.Items) > 0; row++ {
		n := min(len(h.Items), highlightsPerRow)
		widths := make([]int, n)
		for i := range widths {
			widths[i] = o.textWidth() / n
		}
		o.openTable(fmt.Sprintf("Highlights_%d_%d", o.headings, row), widths, true)
		o.printf("<table:table-row>")
		for _, item := range h.Items[:n] {
			o.highlight(item)
		}
		o.printf("</table:table-row></table:table>")
		o.paragraph("Text_20_body", "")
		h.Items = h.Items[n:]
	}
}

func (o *odt) highlight(item Highlight) {
	box := o.style("table-cell", "", fmt.Sprintf(`<style:table-cell-properties fo:padding="5pt" fo:background-color="%s" fo:border-top="2.25pt solid %s" fo:border-left="3pt solid #ffffff" fo:border-right="3pt solid #ffffff"/>`, tint, navy))
	o.printf(`<table:table-cell table:style-name="%s" office:value-type="string">`, box)
	o.paragraph("Table_20_Contents", textSpan("Strong_20_Emphasis", o.esc(item.Label)))
	value := escapeXML(item.Figure.valueUnit(o.lang))
	if item.Figure.Marked() {
		value += o.mark()
	}
	o.paragraph("Highlight_20_Figure", value)
	if u := item.Figure.Uncertainty(o.lang); u != "" {
		o.paragraph("Table_20_Contents", escapeXML("±"+Nbsp+u+Nbsp+"(k"+Nbsp+"="+Nbsp+"2)"))
	}
	if item.Help != "" {
		o.paragraph("Table_20_Note", o.esc(item.Help))
	}
	o.printf("</table:table-cell>")
}
