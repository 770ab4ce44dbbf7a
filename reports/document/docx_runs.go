package document

import "fmt"

// textRun is a run of escaped text with properties in XML.
func textRun(properties, escaped string) string {
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	return "<w:r>" + properties + `<w:t xml:space="preserve">` + escaped + "</w:t></w:r>"
}

// field is a computed field with the result that shows until it is refreshed.
func field(instruction, result string) string {
	return fmt.Sprintf(`<w:fldSimple w:instr=" %s ">%s</w:fldSimple>`, instruction, textRun("", result))
}

func (x *docx) runs(runs []Run) string {
	all := ""
	for _, r := range runs {
		all += x.run(r)
	}
	return all
}

// run writes one run. The order of properties is that of the schema.
func (x *docx) run(r Run) string {
	properties := ""
	if r.Code && r.Figure == nil {
		properties += `<w:rStyle w:val="Code"/>`
	} else if safeLink(r.Link) {
		properties += `<w:rStyle w:val="Hyperlink"/>`
	}
	if r.Bold {
		properties += "<w:b/>"
	}
	if r.Italic {
		properties += "<w:i/>"
	}
	text := textRun(properties, escapeXML(r.text(x.lang)))
	if r.simulated() {
		text += x.mark()
	}
	if safeLink(r.Link) {
		return fmt.Sprintf(`<w:hyperlink r:id="%s" w:history="1">%s</w:hyperlink>`, x.relate("hyperlink", r.Link, true), text)
	}
	return text
}

// mark is the mark of simulated data.
func (x *docx) mark() string {
	return textRun(`<w:rStyle w:val="Simulated"/>`, Nbsp+escapeXML(x.Simulated))
}

// captionBlock writes "Tableau 3 : …" with a sequence field, from which a
// word processor makes lists of tables and figures.
func (x *docx) captionBlock(name string, number int, text string, keepNext bool) {
	keep := ""
	if keepNext {
		keep = "<w:keepNext/>"
	}
	x.printf(`<w:p><w:pPr><w:pStyle w:val="Caption"/>%s%s</w:pPr>%s%s%s</w:p>`, keep, x.breakBefore(), textRun("", name+Nbsp),
		field(fmt.Sprintf(`SEQ %s \* ARABIC`, name), fmt.Sprint(number)), textRun("", x.captionSep+x.esc(text)))
}
