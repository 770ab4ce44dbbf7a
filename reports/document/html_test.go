package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// The page closes all that it opens, so that it is read by a strict parser.
func TestHTMLIsBalanced(t *testing.T) {
	page := strings.TrimPrefix(string(render(t, WriteHTML, sample("fr"))), "<!DOCTYPE html>\n")
	page = regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAllString(page, "")
	page = regexp.MustCompile(`<meta [^>]*>|<wbr>|<col [^>]*>`).ReplaceAllString(page, "")
	decoder := xml.NewDecoder(strings.NewReader(page))
	decoder.Entity = xml.HTMLEntity
	var levels []string
	ids := map[string]bool{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if name := start.Name.Local; len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
			levels = append(levels, name)
		}
		for _, a := range start.Attr {
			if a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("id %q twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
	if got := strings.Join(levels, " "); got != "h1 h2 h2 h3 h4 h2 h2" {
		t.Errorf("headings %s", got)
	}
}

func TestHTMLNeedsNothingElseAndIsAccessible(t *testing.T) {
	page := render(t, WriteHTML, sample("fr"))
	for _, pattern := range []string{`<script`, `<link`, `<img`, `\bsrc=`, `url\(`, `@import`} {
		if regexp.MustCompile(pattern).Match(page) {
			t.Errorf("the page asks for something from elsewhere: %s", pattern)
		}
	}
	for _, want := range []string{`<html lang="fr-FR">`, `<a class="skip" href="#contenu">`, `<main id="contenu"`, `<header>`, `<footer>`, `<nav `,
		`<th scope="col"`, `<th scope="row"`, `<caption id="t1">`, `role="img" aria-labelledby="f1-t f1-d"`, `<figcaption>`, `DÉMONSTRATION`} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// contrast is the contrast ratio of two colours by WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextContrast(t *testing.T) {
	for _, c := range [][2]string{{ink, "#ffffff"}, {grey, "#ffffff"}, {grey, tint}, {navy, tint}, {warnInk, warnTint}, {warnInk, "#ffffff"}, {"#ffffff", navy}, {"#1f4e79", "#ffffff"}, {"#1f4e79", tint}} {
		if ratio := contrast(c[0], c[1]); ratio < 4.5 {
			t.Errorf("%s on %s: contrast %.2f, WCAG AA asks for 4.5", c[0], c[1], ratio)
		}
	}
	for _, look := range seriesLooks {
		if ratio := contrast(look.colour, "#ffffff"); ratio < 3 {
			t.Errorf("series colour %s: contrast %.2f, WCAG AA asks for 3", look.colour, ratio)
		}
	}
}
