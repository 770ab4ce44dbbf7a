package document

import (
	"fmt"
	"strconv"
	"strings"
)

// svg draws the scene. It scales with its container and stands alone: no
// fonts, styles or scripts from elsewhere. id names it within a page; title
// and alt are read out by screen readers.
func (s scene) svg(id, title, alt string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-t %s-d" font-family="Arial, 'Liberation Sans', Helvetica, sans-serif">`,
		decimal(s.width), decimal(s.height), id, id)
	fmt.Fprintf(&b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, id, escapeXML(title), id, escapeXML(alt))
	for _, item := range s.shapes {
		b.WriteByte('\n')
		switch v := item.(type) {
		case polyline:
			v.svg(&b)
		case box:
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`,
				decimal(v.x), decimal(v.y), decimal(v.width), decimal(v.height), v.fill)
		case label:
			v.svg(&b)
		}
	}
	b.WriteString("\n</svg>")
	return b.String()
}

func (l polyline) svg(b *strings.Builder) {
	b.WriteString(`<path d="`)
	for i, p := range l.points {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		b.WriteString(letter + decimal(p.x) + " " + decimal(p.y))
	}
	if l.fill != "" {
		fmt.Fprintf(b, `Z" fill="%s"/>`, l.fill)
		return
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>`, l.stroke, decimal(l.width))
}

func (l label) svg(b *strings.Builder) {
	fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="%s"`,
		decimal(l.at.x), decimal(l.at.y), decimal(l.size), l.anchor, l.colour)
	if l.bold {
		b.WriteString(` font-weight="bold"`)
	}
	if l.turn != 0 {
		fmt.Fprintf(b, ` transform="rotate(%s %s %s)"`, decimal(l.turn), decimal(l.at.x), decimal(l.at.y))
	}
	fmt.Fprintf(b, `>%s</text>`, escapeXML(l.text))
}

// decimal prints a coordinate to a hundredth, short and the same everywhere.
func decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}
