package document

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"
)

//go:embed html.css
var htmlStyle string

// WriteHTML writes d as one page that needs nothing else: no script, font,
// style or image from anywhere. It prints on A4 and reads well aloud.
func WriteHTML(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	p := &htmlPage{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang)}
	p.head()
	p.blocks()
	p.foot()
	_, err := io.WriteString(w, p.String())
	return err
}

// htmlPage is a page being written.
type htmlPage struct {
	strings.Builder
	counter
	doc        *Document
	lang       string
	printWidth float64 // of the text around the block being written, in points
	*Labels
}

func (p *htmlPage) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// esc sets a text by the language's rules and escapes it.
func (p *htmlPage) esc(s string) string { return html.EscapeString(Typeset(p.lang, s)) }

func (p *htmlPage) head() {
	d := p.doc
	p.printf("<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n", p.locale)
	p.printf("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n", p.esc(d.Title))
	p.printf("<meta name=\"generator\" content=\"Thermie %s\">\n", html.EscapeString(d.Version))
	if d.Subject != "" {
		p.printf("<meta name=\"description\" content=\"%s\">\n", p.esc(d.Subject))
	}
	p.printf("<style>\n%s%s</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#contenu\">%s</a>\n", htmlStyle, p.pageHead(), p.skip)
	p.printf("<header>\n")
	if d.Banner != "" {
		p.printf("<p class=\"banner\" role=\"note\">%s</p>\n", p.esc(d.Banner))
	}
	p.printf("<h1>%s</h1>\n", p.esc(d.Title))
	if d.Subtitle != "" {
		p.printf("<p class=\"subtitle\">%s</p>\n", p.esc(d.Subtitle))
	}
	p.printf("<p class=\"imprint\">%s</p>\n</header>\n", p.esc(d.imprint()))
	if d.Contents {
		p.contentsList()
	}
	p.printf("<main id=\"contenu\" tabindex=\"-1\">\n")
}

// pageHead repeats the banner on top of every printed page.
func (p *htmlPage) pageHead() string {
	if p.doc.Banner == "" {
		return ""
	}
	var quoted strings.Builder
	for _, r := range Typeset(p.lang, p.doc.Banner) {
		fmt.Fprintf(&quoted, "\\%06x", r)
	}
	return "@page { @top-center { content: \"" + quoted.String() + "\"; font: bold 8pt Arial, sans-serif; color: " + warnInk + "; } }\n"
}

// imprint names author and date.
func (d *Document) imprint() string {
	if d.Author == "" {
		return d.date()
	}
	return d.Author + " · " + d.date()
}

// contentsList writes the outline to the second level as nested lists.
func (p *htmlPage) contentsList() {
	p.printf("<nav class=\"contents\" aria-labelledby=\"sommaire\">\n<p id=\"sommaire\" class=\"contents-title\">%s</p>\n<ol>\n", p.contents)
	nested, open := false, false
	for _, e := range p.doc.outline() {
		switch {
		case e.Level > 2:
			continue
		case e.Level == 2 && !nested:
			p.printf("\n<ol>\n")
			nested = true
		case e.Level == 2:
			p.printf("</li>\n")
		default:
			p.closeItems(nested, open)
			nested = false
		}
		p.printf("<li><a href=\"#%s\">%s</a>", e.anchor, html.EscapeString(e.heading(p.lang)))
		open = true
	}
	p.closeItems(nested, open)
	p.printf("</ol>\n</nav>\n")
}

func (p *htmlPage) closeItems(nested, open bool) {
	if nested {
		p.printf("</li>\n</ol>\n")
	}
	if open {
		p.printf("</li>\n")
	}
}

func (p *htmlPage) foot() {
	wide := "" // on the last block's page, not on one of its own
	if p.printWidth == htmlTurnedWidth {
		wide = class("wide")
	}
	p.printf("</main>\n<footer%s>\n", wide)
	if p.doc.Banner != "" {
		p.printf("<p><strong>%s</strong></p>\n", p.esc(p.doc.Banner))
	}
	p.printf("<p>%s %s · %s</p>\n</footer>\n</body>\n</html>\n", p.madeWith, html.EscapeString(p.doc.Version), p.doc.date())
}
