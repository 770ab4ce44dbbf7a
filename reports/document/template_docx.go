package document

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// fillDOCX writes d into a Word template.
func fillDOCX(w io.Writer, d *Document, parts packageParts) error {
	types := parts.text("[Content_Types].xml")
	if strings.Contains(types, "macroEnabled") {
		return errors.New("the template holds macros (hint: save it as .dotx, without them)")
	}
	section := lastSection(parts.text("word/document.xml"))
	have, tableStyle, err := wordStyles(parts.text("word/styles.xml"))
	if err != nil {
		return err
	}
	x := &docx{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang), width: sectionWidth(section), firstLink: firstLink}
	for _, b := range d.Blocks {
		x.block(b)
	}
	body := wordLook(x.String(), stylesFor(have), tableStyle)
	parts.set("word/document.xml", wordXML("document", "<w:body>"+body+section+"</w:body>"))
	parts.set("[Content_Types].xml", wordTypes(types))
	relations := parts.text("word/_rels/document.xml.rels")
	if relations == "" {
		relations = relationsHead + "</Relationships>"
	}
	var ours strings.Builder
	for i, r := range x.links {
		mode := ""
		if r.external {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&ours, `<Relationship Id="rId%d" Type="%s%s" Target="%s"%s/>`, firstLink+i+1, officeRelation, r.kind, escapeXML(r.target), mode)
	}
	parts.set("word/_rels/document.xml.rels", strings.Replace(relations, "</Relationships>", ours.String()+"</Relationships>", 1))
	return writePackage(w, append(parts, x.parts...))
}

// firstLink is where the ids of our relations begin, above any template's.
const firstLink = 9000

// sections finds the description of pages.
var sections = regexp.MustCompile(`(?s)<w:sectPr[ >].*?</w:sectPr>|<w:sectPr[^>]*/>`)

// lastSection is that of the template's last pages, which have its headers
// and footers.
func lastSection(body string) string {
	all := sections.FindAllString(body, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// sectionWidth is the width of the text in twentieths of a point.
func sectionWidth(section string) int {
	read := func(element, attribute string) int {
		m := regexp.MustCompile(`<w:` + element + ` [^>]*w:` + attribute + `="(\d+)"`).FindStringSubmatch(section)
		if m == nil {
			return 0
		}
		n, _ := strconv.Atoi(m[1])
		return n
	}
	if width := read("pgSz", "w") - read("pgMar", "left") - read("pgMar", "right"); width > 2000 {
		return width
	}
	return docxTextWidth
}

// wordStyles lists a template's paragraph styles, and its table style.
func wordStyles(styles string) (have []named, table string, err error) {
	type value struct {
		Val string `xml:"val,attr"`
	}
	var sheet struct {
		Styles []struct {
			Type    string `xml:"type,attr"`
			ID      string `xml:"styleId,attr"`
			Name    value  `xml:"name"`
			Outline *value `xml:"pPr>outlineLvl"`
		} `xml:"style"`
	}
	if err := xml.Unmarshal([]byte(styles), &sheet); err != nil {
		return nil, "", fmt.Errorf("the template's styles: %w", err)
	}
	for _, s := range sheet.Styles {
		switch name := plainName(s.Name.Val); {
		case s.Type == "table" && (name == "table grid" || name == "grille du tableau" || table == "" && name != "normal table"):
			table = s.ID
		case s.Type == "paragraph":
			n := named{id: s.ID, name: s.Name.Val}
			if s.Outline != nil {
				if level, err := strconv.Atoi(s.Outline.Val); err == nil {
					n.outline = level + 1
				}
			}
			have = append(have, n)
		}
	}
	return have, table, nil
}

var (
	wordStyle   = regexp.MustCompile(`<w:(p|r)Style w:val="([^"]*)"/>`)
	listItem    = regexp.MustCompile(`<w:numPr>.*?</w:numPr>(<w:spacing [^>]*/>)?</w:pPr>`)
	headRow     = regexp.MustCompile(`(?s)<w:tblHeader/>.*?</w:tr>`)
	bareRun     = regexp.MustCompile(`<w:r><w:t `)
	wordBorders = regexp.MustCompile(`<w:tblBorders>.*?</w:tblBorders>`)
)

// wordLook turns our body into the template's look: its styles, none of our
// colours. A list without a style of its own gets a dash.
func wordLook(body string, styles map[string]string, table string) string {
	body = headRow.ReplaceAllStringFunc(body, func(row string) string {
		return bareRun.ReplaceAllString(row, `<w:r><w:rPr><w:b/></w:rPr><w:t `)
	})
	dash := ""
	if styles["ListBullet"] == "" {
		dash = textRun("", "–"+Nbsp)
	}
	body = listItem.ReplaceAllString(body, "</w:pPr>"+dash)
	body = wordStyle.ReplaceAllStringFunc(body, func(s string) string {
		m := wordStyle.FindStringSubmatch(s)
		switch style := styles[m[2]]; {
		case m[1] == "r":
			return ""
		case style != "":
			return `<w:pStyle w:val="` + escapeXML(style) + `"/>`
		case styles["Normal"] != "" && !strings.HasPrefix(m[2], "Table"):
			return `<w:pStyle w:val="` + escapeXML(styles["Normal"]) + `"/>`
		}
		return ""
	})
	if table != "" {
		body = strings.ReplaceAll(wordBorders.ReplaceAllString(body, ""), "<w:tblPr>", `<w:tblPr><w:tblStyle w:val="`+escapeXML(table)+`"/>`)
	}
	return strings.NewReplacer("1F3A5F\"/><w:vAlign", "EDEDED\"/><w:vAlign", "1F3A5F", "404040", "8A3B12", "404040", "F1F4F8", "F5F5F5", "C9D1DB", "BFBFBF").Replace(body)
}

// wordTypes makes a document's list of types of a template's.
func wordTypes(types string) string {
	types = strings.ReplaceAll(types, "wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml")
	for _, picture := range [][2]string{{"emf", "image/x-emf"}, {"svg", "image/svg+xml"}} {
		if !strings.Contains(types, `Extension="`+picture[0]+`"`) {
			types = strings.Replace(types, "<Default ", `<Default Extension="`+picture[0]+`" ContentType="`+picture[1]+`"/><Default `, 1)
		}
	}
	return types
}
