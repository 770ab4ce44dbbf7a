package document

import "fmt"

func (o *odt) body() {
	d := o.doc
	o.title()
	if d.Contents {
		o.contentsIndex()
	}
	turned := d.turned(docxTextWidth/20.0, docxCellPadding/20.0*2)
	for i, b := range d.Blocks {
		if o.turn != turned[i] {
			o.turn = turned[i]
			o.opening = map[bool]string{true: `style:master-page-name="Wide"`, false: `style:master-page-name="Standard"`}[o.turn]
		}
		o.block(b)
	}
}

// title opens a document that is no letter.
func (o *odt) title() {
	if o.doc.Bare {
		return
	}
	o.paragraph("Title", o.esc(o.doc.Title))
	if o.doc.Subtitle != "" {
		o.paragraph("Subtitle", o.esc(o.doc.Subtitle))
	}
	o.paragraph("Imprint", o.esc(o.doc.imprint()))
}

func (o *odt) block(b Block) {
	switch v := b.(type) {
	case Heading:
		o.headingBlock(v)
	case Paragraph:
		o.text(v)
	case List:
		o.listBlock(v)
	case Highlights:
		o.highlights(v)
	case Table:
		o.tableBlock(v)
	case Chart:
		o.picture(v.layout(o.lang), v.Caption, v.Alt)
	case Map:
		o.picture(v.layout(o.lang), v.Caption, v.Alt)
	case Note:
		o.note(v)
	case TableOfContents:
		o.contentsIndex()
	case PageBreak:
		if o.opening == "" {
			o.opening = "break"
		}
	}
}

// opened returns the style of a paragraph, derived where the paragraph has
// to start a page.
func (o *odt) opened(style string) string {
	opening := o.opening
	o.opening = ""
	switch opening {
	case "":
		return style
	case "break":
		return o.style("paragraph", `style:parent-style-name="`+style+`"`, `<style:paragraph-properties fo:break-before="page"/>`)
	}
	return o.style("paragraph", `style:parent-style-name="`+style+`" `+opening, "")
}

func (o *odt) paragraph(style, content string) {
	o.printf(`<text:p text:style-name="%s">%s</text:p>`, o.opened(style), content)
}

// text writes a paragraph of running text.
func (o *odt) text(p Paragraph) {
	style := o.opened("Text_20_body")
	if p.Indented {
		style = o.style("paragraph", `style:parent-style-name="`+style+`"`, `<style:paragraph-properties fo:margin-left="90mm" fo:margin-bottom="0mm" fo:text-align="start"/>`)
	}
	o.printf(`<text:p text:style-name="%s">%s</text:p>`, style, o.runs(p.Runs))
}

func (o *odt) headingBlock(h Heading) {
	anchor := o.nextHeading()
	o.printf(`<text:h text:style-name="%s" text:outline-level="%d"><text:bookmark text:name="%s"/>%s</text:h>`,
		o.opened(fmt.Sprintf("Heading_20_%d", h.Level)), h.Level, anchor, escapeXML(h.heading(o.lang)))
}

// contentsIndex writes the table of contents with its entries filled in; each
// ends with a reference to the page of its heading, which Writer fills in as
// it lays the pages out.
func (o *odt) contentsIndex() {
	o.printf(`<text:table-of-content text:name="%s" text:protected="true"><text:table-of-content-source text:outline-level="2"><text:index-title-template text:style-name="Contents_20_Heading">%[1]s</text:index-title-template>`, o.contents)
	for level := 1; level <= 2; level++ {
		o.printf(`<text:table-of-content-entry-template text:outline-level="%d" text:style-name="Contents_20_%[1]d"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>`, level)
	}
	o.printf(`</text:table-of-content-source><text:index-body>`)
	o.paragraph("Contents_20_Heading", o.contents)
	for _, e := range o.doc.outline() {
		if e.Level <= 2 {
			o.paragraph(fmt.Sprintf("Contents_20_%d", e.Level), fmt.Sprintf(`<text:a xlink:type="simple" xlink:href="#%s" text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link">%s<text:tab/><text:bookmark-ref text:reference-format="page" text:ref-name="%[1]s"/></text:a>`, e.anchor, escapeXML(e.heading(o.lang))))
		}
	}
	o.printf(`</text:index-body></text:table-of-content>`)
}

func (o *odt) runs(runs []Run) string {
	all := ""
	for _, r := range runs {
		all += o.run(r)
	}
	return all
}

func (o *odt) run(r Run) string {
	text := escapeXML(r.text(o.lang))
	for _, look := range []struct {
		set   bool
		style string
	}{{r.Code && r.Figure == nil, "Source_20_Text"}, {r.Bold, "Strong_20_Emphasis"}, {r.Italic, "Emphasis"}} {
		if look.set {
			text = textSpan(look.style, text)
		}
	}
	if r.simulated() {
		text += o.mark()
	}
	if safeLink(r.Link) {
		return fmt.Sprintf(`<text:a xlink:type="simple" xlink:href="%s" text:style-name="Internet_20_link">%s</text:a>`, escapeXML(r.Link), text)
	}
	return text
}

func textSpan(style, text string) string {
	return `<text:span text:style-name="` + style + `">` + text + "</text:span>"
}

func (o *odt) mark() string { return textSpan("Simulated", Nbsp+o.Simulated) }

func (o *odt) listBlock(l List) {
	style := "Bullets"
	if l.Ordered {
		style = "Numbers"
	}
	o.printf(`<text:list text:style-name="%s">`, style)
	for _, item := range l.Items {
		o.printf("<text:list-item>")
		o.paragraph("Text_20_body", o.runs(item))
		o.printf("</text:list-item>")
	}
	o.printf("</text:list>")
}

func (o *odt) note(n Note) {
	style := [...]string{NoteInfo: "Note", NoteWarning: "Note_20_Warning", NoteMethod: "Note_20_Method"}[n.Kind]
	title := ""
	if n.Title != "" {
		title = textSpan("Strong_20_Emphasis", o.esc(n.Title)) + "<text:line-break/>"
	}
	style = o.style("paragraph", `style:parent-style-name="`+o.opened(style)+`"`, ragged)
	o.printf(`<text:p text:style-name="%s">%s%s</text:p>`, style, title, o.runs(n.Runs))
}

// ragged keeps the title of a note together where a template justifies its
// paragraphs: the title ends with a line's break, not with a paragraph's.
const ragged = `<style:paragraph-properties fo:text-align="start"/>`

// captionBlock writes "Tableau 3 : …" with a sequence field.
func (o *odt) captionBlock(name string, number int, text string) {
	o.paragraph("Caption", fmt.Sprintf(`%s%s<text:sequence text:name="%[1]s" text:formula="ooow:%[1]s+1" style:num-format="1">%[3]d</text:sequence>%[4]s%[5]s`,
		name, Nbsp, number, o.captionSep, o.esc(text)))
}

// picture writes a chart or map as SVG, which Writer draws as vectors.
func (o *odt) picture(drawing scene, title, alt string) {
	number := o.nextChart()
	name := fmt.Sprintf("Pictures/figure%d.svg", number)
	caption, alt := Typeset(o.lang, title), Typeset(o.lang, alt)
	o.pictures = append(o.pictures, part{name: name, body: []byte(drawing.svg(fmt.Sprintf("f%d", number), caption, alt))})
	const mmPerUnit = 0.25
	o.paragraph("Illustration", fmt.Sprintf(`<draw:frame draw:name="%s %d" text:anchor-type="as-char" svg:width="%smm" svg:height="%smm"><draw:image xlink:href="%s" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" draw:mime-type="image/svg+xml"/><svg:title>%s</svg:title><svg:desc>%s</svg:desc></draw:frame>`,
		o.figure, number, decimal(drawing.width*mmPerUnit), decimal(drawing.height*mmPerUnit), name, escapeXML(caption), escapeXML(alt)))
	o.captionBlock(o.figure, number, title)
}
