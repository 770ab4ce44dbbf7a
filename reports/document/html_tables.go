package document

import (
	"fmt"
	"html"
	"strings"
)

var htmlAligns = [...]string{AlignLeft: "", AlignRight: "r", AlignCenter: "c"}

func (p *htmlPage) tableBlock(t Table) {
	number := p.nextTable()
	setting := t.fit(p.lang, p.printWidth, htmlPrintPadding)
	p.printf("<div class=\"table%s\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t%d\">\n<table>\n", t.htmlClasses(setting.size), number)
	p.printf("<caption id=\"t%d\"><span class=\"number\">%s</span>%s</caption>\n", number, p.esc(p.caption(p.Labels.table, number)), p.esc(t.Caption))
	p.printf("<colgroup>")
	for _, width := range setting.widths {
		p.printf("<col style=\"width:%.1f%%\">", 100*width/total(setting.widths))
	}
	p.printf("</colgroup>\n<thead>\n<tr>")
	for _, c := range t.Columns {
		p.printf("<th scope=\"col\"%s>%s</th>", class(htmlAligns[c.Align]), html.EscapeString(c.head(p.lang)))
	}
	p.printf("</tr>\n</thead>\n<tbody>\n")
	for _, r := range t.Rows {
		strong := ""
		if r.Strong {
			strong = class("strong")
		}
		p.printf("<tr%s>%s</tr>\n", strong, p.cells(t, r.Cells))
	}
	p.printf("</tbody>\n")
	if t.Total != nil {
		p.printf("<tfoot>\n<tr>%s</tr>\n</tfoot>\n", p.cells(t, t.Total))
	}
	p.printf("</table>\n")
	p.tableNotes(t)
	p.printf("</div>\n")
}

// htmlClasses names what the style sheet must know: that the table stays on
// one page, and a font size below that of the others in tenths of a point.
func (t Table) htmlClasses(size float64) string {
	classes := ""
	if t.short() {
		classes = " short"
	}
	if size < tableSizes[0] {
		classes += fmt.Sprintf(" s%g", size*10)
	}
	return classes
}

// caption returns "Tableau 3 : ".
func (p *htmlPage) caption(name string, number int) string {
	return fmt.Sprintf("%s%s%d%s", name, Nbsp, number, p.captionSep)
}

func class(name string) string {
	if name == "" {
		return ""
	}
	return ` class="` + name + `"`
}

func (p *htmlPage) cells(t Table, cells []Cell) string {
	row := ""
	for i, c := range cells {
		column := t.Columns[i]
		content := html.EscapeString(c.text(p.lang, column))
		if c.Figure != nil {
			content = p.value(*c.Figure, c.text(p.lang, column))
		}
		if c.Code {
			content = "<code>" + breakable(content) + "</code>"
		}
		if c.Head {
			row += `<th scope="row"` + class(htmlAligns[column.Align]) + ">" + content + "</th>"
			continue
		}
		row += "<td" + class(htmlAligns[column.Align]) + ">" + content + "</td>"
	}
	return row
}

// breakable lets a long code break after its underscores; nothing is added
// to what a reader copies.
func breakable(code string) string { return strings.ReplaceAll(code, "_", "_<wbr>") }

// tableNotes writes what the marks mean, then the table's own notes.
func (p *htmlPage) tableNotes(t Table) {
	for _, line := range t.legend(p.lang) {
		p.printf("<p class=\"table-note\">%s</p>\n", html.EscapeString(line))
	}
	if len(t.Notes) > 0 {
		p.printf("<p class=\"table-note\">%s</p>\n", p.runs(t.Notes))
	}
}

// picture draws a chart or map as vectors over its caption.
func (p *htmlPage) picture(drawing scene, title, alt string) {
	number := p.nextChart()
	id := fmt.Sprintf("f%d", number)
	p.printf("<figure>\n%s\n", drawing.svg(id, Typeset(p.lang, title), Typeset(p.lang, alt)))
	p.printf("<figcaption><span class=\"number\">%s</span>%s</figcaption>\n</figure>\n", p.esc(p.caption(p.figure, number)), p.esc(title))
}
