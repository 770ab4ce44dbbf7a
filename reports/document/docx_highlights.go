package document

import "fmt"

// highlightsPerRow is how many large figures stand side by side on A4.
const highlightsPerRow = 4

// highlights writes the large figures as a row of boxes.
func (x *docx) highlights(h Highlights) {
	for len(h.Items) > 0 {
		n := min(len(h.Items), highlightsPerRow)
		x.highlightRow(h.Items[:n])
		h.Items = h.Items[n:]
	}
}

func (x *docx) highlightRow(items []Highlight) {
	const gap = 140
	width := (docxTextWidth - gap*(len(items)-1)) / len(items)
	x.printf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, docxTextWidth)
	for i := range items {
		if i > 0 {
			x.printf(`<w:gridCol w:w="%d"/>`, gap)
		}
		x.printf(`<w:gridCol w:w="%d"/>`, width)
	}
	x.printf(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, item := range items {
		if i > 0 {
			x.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc>`, gap)
		}
		x.highlight(item, width)
	}
	x.printf(`</w:tr></w:tbl><w:p><w:pPr><w:spacing w:after="60"/></w:pPr></w:p>`)
}

func (x *docx) highlight(item Highlight, width int) {
	x.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:tcBorders><w:top w:val="single" w:sz="18" w:color="1F3A5F"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="F1F4F8"/></w:tcPr>`, width)
	x.paragraph("HighlightLabel", textRun("", x.esc(item.Label)))
	value := textRun(bigFigure(item.Figure.valueUnit(x.lang), float64(width)/20-12), escapeXML(item.Figure.valueUnit(x.lang)))
	if item.Figure.Marked() {
		value += x.mark()
	}
	x.paragraph("HighlightFigure", value)
	below := ""
	if u := item.Figure.Uncertainty(x.lang); u != "" {
		below = textRun(`<w:color w:val="1A2433"/>`, escapeXML("±"+Nbsp+u+Nbsp+"(k"+Nbsp+"="+Nbsp+"2)"))
		if item.Help != "" {
			below += "<w:r><w:br/></w:r>"
		}
	}
	x.paragraph("HighlightHelp", below+textRun("", x.esc(item.Help)))
	x.printf("</w:tc>")
}

// bigFigure returns the run properties by which a large figure fits its box.
func bigFigure(text string, width float64) string {
	size := 14.0
	for size > 9 && textWidth(text, size)*1.08+16 > width {
		size -= 0.5
	}
	if size == 14 {
		return ""
	}
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, int(size*2))
}
