package document

import (
	"html"
	"strings"
)

// blocks writes the body. What needs a landscape page on paper is wrapped.
func (p *htmlPage) blocks() {
	turn := false
	p.printWidth = htmlPrintWidth
	for i, turned := range p.doc.turned(htmlPrintWidth, htmlPrintPadding) {
		if turned != turn {
			p.printf("%s\n", map[bool]string{true: `<div class="wide">`, false: "</div>"}[turned])
			turn = turned
			p.printWidth = map[bool]float64{true: htmlTurnedWidth, false: htmlPrintWidth}[turned]
		}
		p.block(p.doc.Blocks[i])
	}
	if turn {
		p.printf("</div>\n")
	}
}

// Width of the text on a printed page, upright and turned, and padding of a
// cell, in points.
const (
	htmlPrintWidth   = 176 * 72 / 25.4
	htmlTurnedWidth  = 263 * 72 / 25.4
	htmlPrintPadding = 6
)

func (p *htmlPage) block(b Block) {
	switch v := b.(type) {
	case Heading:
		// The title is h1, so that sections start at h2.
		p.printf("<h%d id=%q>%s</h%d>\n", v.Level+1, p.nextHeading(), html.EscapeString(v.heading(p.lang)), v.Level+1)
	case Paragraph:
		p.printf("<p>%s</p>\n", p.runs(v.Runs))
	case List:
		p.listBlock(v)
	case Highlights:
		p.highlights(v)
	case Table:
		p.tableBlock(v)
	case Chart:
		p.picture(v.layout(p.lang), v.Caption, v.Alt)
	case Map:
		p.picture(v.layout(p.lang), v.Caption, v.Alt)
	case Note:
		p.note(v)
	case TableOfContents:
		p.contentsList()
	case PageBreak:
		p.printf("<div class=\"page-break\"></div>\n")
	}
}

func (p *htmlPage) runs(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(p.run(r))
	}
	return b.String()
}

func (p *htmlPage) run(r Run) string {
	if r.Figure != nil {
		return p.value(*r.Figure, r.text(p.lang))
	}
	text := html.EscapeString(r.text(p.lang))
	if r.Code {
		text = "<code>" + breakable(text) + "</code>"
	}
	if r.Italic {
		text = "<em>" + text + "</em>"
	}
	if r.Bold {
		text = "<strong>" + text + "</strong>"
	}
	if safeLink(r.Link) {
		text = `<a href="` + html.EscapeString(r.Link) + `">` + text + "</a>"
	}
	return text
}

// safeLink accepts web and mail addresses only: a link's target may come
// from a card that someone else wrote.
func safeLink(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "mailto:")
}

// value prints a figure with its code, by which `thermie explain` leads back
// to the meters, and with the mark of simulated data.
func (p *htmlPage) value(f Figure, text string) string {
	b := `<data value="` + f.Plain() + `"`
	if f.Code != "" {
		b += ` data-code="` + html.EscapeString(f.Code) + `"`
	}
	b += ">" + html.EscapeString(text) + "</data>"
	if f.Marked() {
		b += p.mark()
	}
	return b
}

func (p *htmlPage) mark() string {
	return narrowNbsp + `<sup class="sim"><abbr title="` + p.esc(p.simulatedNote) + `">` + p.Simulated + "</abbr></sup>"
}

func (p *htmlPage) listBlock(l List) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	p.printf("<%s>\n", tag)
	for _, item := range l.Items {
		p.printf("<li>%s</li>\n", p.runs(item))
	}
	p.printf("</%s>\n", tag)
}

func (p *htmlPage) highlights(h Highlights) {
	p.printf("<dl class=\"highlights\">\n")
	for _, item := range h.Items {
		f := item.Figure
		p.printf("<div><dt>%s</dt><dd><span class=\"big\">%s</span>", p.esc(item.Label), p.value(f, f.valueUnit(p.lang)))
		if u := f.Uncertainty(p.lang); u != "" {
			p.printf("<span class=\"u\">±%s%s (k%s=%s2)</span>", Nbsp, html.EscapeString(u), Nbsp, Nbsp)
		}
		if item.Help != "" {
			p.printf("<span class=\"help\">%s</span>", p.esc(item.Help))
		}
		p.printf("</dd></div>\n")
	}
	p.printf("</dl>\n")
}

func (p *htmlPage) note(n Note) {
	class := [...]string{NoteInfo: "note", NoteWarning: "note warning", NoteMethod: "note method"}[n.Kind]
	p.printf("<div class=%q role=\"note\">\n", class)
	if n.Title != "" {
		p.printf("<p class=\"note-title\">%s</p>\n", p.esc(n.Title))
	}
	p.printf("<p>%s</p>\n</div>\n", p.runs(n.Runs))
}
