package document

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// fillODT writes d into an OpenDocument template.
func fillODT(w io.Writer, d *Document, parts packageParts) error {
	have, err := odtTemplateStyles(parts.text("styles.xml"))
	if err != nil {
		return err
	}
	o := &odt{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang), auto: map[string]string{}, width: odtWidth(parts.text("styles.xml"))}
	if m := masterPage.FindStringSubmatch(parts.text("content.xml")); m != nil {
		o.opening = `style:master-page-name="` + m[1] + `"` // whose header and footer the template's own text has
	}
	for _, b := range d.Blocks {
		o.block(b)
	}
	content := odtLook(o.content(), stylesFor(have))
	parts.set("content.xml", strings.Replace(content, "</office:automatic-styles>", odtSpans+"</office:automatic-styles>", 1))
	parts.set("mimetype", odtMediaType)
	list := strings.ReplaceAll(parts.text("META-INF/manifest.xml"), odtMediaType+"-template", odtMediaType)
	var pictures strings.Builder
	for _, p := range o.pictures {
		fmt.Fprintf(&pictures, `<manifest:file-entry manifest:full-path="%s" manifest:media-type="image/svg+xml"/>`, p.name)
	}
	parts.set("META-INF/manifest.xml", strings.Replace(list, "</manifest:manifest>", pictures.String()+"</manifest:manifest>", 1))
	return writePackage(w, append(parts, o.pictures...))
}

var (
	masterPage = regexp.MustCompile(`style:master-page-name="([^"]+)"`)
	pageLayout = regexp.MustCompile(`<style:page-layout-properties[^>]*>`)
	lengthOf   = regexp.MustCompile(`(fo:page-width|fo:margin-left|fo:margin-right|fo:margin)="([0-9.]+)(cm|mm|in|pt)"`)
)

// odtWidth is the width of the text in twentieths of a point, by the first
// page layout.
func odtWidth(styles string) int {
	perUnit := map[string]float64{"cm": 1440 / 2.54, "mm": 144 / 2.54, "in": 1440, "pt": 20}
	length := map[string]float64{}
	for _, m := range lengthOf.FindAllStringSubmatch(pageLayout.FindString(styles), -1) {
		var v float64
		if _, err := fmt.Sscanf(m[2], "%g", &v); err == nil {
			length[m[1]] = v * perUnit[m[3]]
		}
	}
	left, right := length["fo:margin-left"], length["fo:margin-right"]
	if left == 0 && right == 0 {
		left, right = length["fo:margin"], length["fo:margin"]
	}
	if width := int(length["fo:page-width"] - left - right); width > 2000 {
		return width
	}
	return docxTextWidth
}

// odtTemplateStyles lists the paragraph styles that people see.
func odtTemplateStyles(styles string) ([]named, error) {
	var sheet struct {
		Styles []struct {
			Family  string `xml:"family,attr"`
			Name    string `xml:"name,attr"`
			Shown   string `xml:"display-name,attr"`
			Outline int    `xml:"default-outline-level,attr"`
		} `xml:"styles>style"`
	}
	if err := xml.Unmarshal([]byte(styles), &sheet); err != nil {
		return nil, fmt.Errorf("the template's styles: %w", err)
	}
	var have []named
	for _, s := range sheet.Styles {
		if s.Family == "paragraph" {
			name := s.Shown
			if name == "" {
				name = s.Name
			}
			have = append(have, named{id: s.Name, name: name, outline: s.Outline})
		}
	}
	return have, nil
}

// odtOurs are our paragraph styles by the names of roles.
var odtOurs = map[string]string{
	"Heading_20_1": "Heading1", "Heading_20_2": "Heading2", "Heading_20_3": "Heading3", "Text_20_body": "Normal", "Caption": "Caption",
	"Table_20_Contents": "TableText", "Table_20_Heading": "TableHead", "Table_20_Note": "TableNote",
	"Note": "Normal", "Note_20_Warning": "Normal", "Note_20_Method": "Normal",
}

// paragraphStyle finds where a paragraph names its style, or an automatic one
// its parent.
var paragraphStyle = regexp.MustCompile(`(style:parent-style-name|<text:[ph] text:style-name)="([^"]*)"`)

// odtLook turns our text into the template's look: its styles, none of our
// colours. Lists are set by a style of ours with a dash.
func odtLook(content string, styles map[string]string) string {
	content = paragraphStyle.ReplaceAllStringFunc(content, func(s string) string {
		m := paragraphStyle.FindStringSubmatch(s)
		role, ours := odtOurs[m[2]]
		if !ours {
			return s
		}
		style := styles[role]
		if style == "" {
			style = "Standard"
			if !strings.HasPrefix(role, "Table") && styles["Normal"] != "" {
				style = styles["Normal"]
			}
		}
		return m[1] + `="` + escapeXML(style) + `"`
	})
	return strings.NewReplacer(`fo:background-color="`+navy+`"`, `fo:background-color="#ededed"`, navy, "#404040", tint, "#f5f5f5", "#c9d1db", "#bfbfbf").Replace(content)
}

// odtSpans are the styles that a template need not have.
const odtSpans = `<style:style style:name="Source_20_Text" style:family="text"/>` +
	`<style:style style:name="Simulated" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>` +
	`<style:style style:name="Strong_20_Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>` +
	`<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>` +
	`<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="–"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">` +
	`<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="8mm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>` +
	`<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">` +
	`<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="8mm"/></style:list-level-properties></text:list-level-style-number></text:list-style>`
