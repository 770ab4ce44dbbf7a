package document

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed odt/styles.xml
var odtStyles string

const odtMediaType = "application/vnd.oasis.opendocument.text"

// WriteODT writes d for LibreOffice Writer (ISO/IEC 26300), with the same
// styles, captions and charts as WriteDOCX.
func WriteODT(w io.Writer, d *Document) error {
	if err := d.Check(); err != nil {
		return err
	}
	o := &odt{doc: d, lang: d.Lang, Labels: LabelsOf(d.Lang), auto: map[string]string{}}
	o.body()
	parts := append([]part{
		{name: "mimetype", body: []byte(odtMediaType), stored: true}, // first and uncompressed, as the standard asks
		{name: "content.xml", body: []byte(o.content())},
		{name: "styles.xml", body: []byte(o.styles())},
		{name: "meta.xml", body: []byte(o.meta())},
	}, o.pictures...)
	return writePackage(w, append(parts, part{name: "META-INF/manifest.xml", body: []byte(manifest(parts))}))
}

// odt is a document's body being written, with the styles and pictures that
// it needs.
type odt struct {
	strings.Builder
	counter
	doc  *Document
	lang string
	*Labels
	pictures []part
	auto     map[string]string // definition of an automatic style to its name
	autoXML  strings.Builder
	turn     bool // on a landscape page
	width    int  // of the text in a template, in twentieths of a point; 0: ours
	opening  string
}

func (o *odt) printf(format string, args ...any) { fmt.Fprintf(o, format, args...) }

func (o *odt) esc(s string) string { return escapeXML(Typeset(o.lang, s)) }

// style returns the name of the automatic style of a family with the given
// attributes and properties.
func (o *odt) style(family, attributes, properties string) string {
	definition := fmt.Sprintf(`style:family="%s" %s>%s</style:style>`, family, attributes, properties)
	if name, known := o.auto[definition]; known {
		return name
	}
	name := fmt.Sprintf("T%d", len(o.auto)+1)
	o.auto[definition] = name
	fmt.Fprintf(&o.autoXML, `<style:style style:name="%s" %s`, name, definition)
	return name
}

const odtSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"` +
	` xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"` +
	` xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"`

func (o *odt) content() string {
	return xmlHead + "<office:document-content" + odtSpaces + "><office:automatic-styles>" + o.autoXML.String() +
		"</office:automatic-styles><office:body><office:text><text:sequence-decls>" +
		`<text:sequence-decl text:display-outline-level="0" text:name="` + o.table + `"/><text:sequence-decl text:display-outline-level="0" text:name="` + o.figure + `"/>` +
		"</text:sequence-decls>" + o.String() + "</office:text></office:body></office:document-content>"
}

// styles fills language, header and footer into the fixed styles.
func (o *odt) styles() string {
	if o.doc.Bare {
		language, country, _ := strings.Cut(o.locale, "-")
		return strings.NewReplacer("{{language}}", language, "{{country}}", country, "{{header}}", "<text:p/>", "{{footer}}", "<text:p/>").Replace(odtStyles)
	}
	header := `<text:p text:style-name="Header">` + o.esc(o.doc.Title) + "</text:p>"
	if o.doc.Banner != "" {
		header = `<text:p text:style-name="Banner">` + o.esc(o.doc.Banner) + "</text:p>" + header
	}
	footer := `<text:p text:style-name="Footer">` + o.esc(o.madeWith+" "+o.doc.Version+" · "+o.doc.date()) + "<text:tab/>" +
		o.page + Nbsp + "<text:page-number>1</text:page-number>" + Nbsp + o.of + Nbsp + "<text:page-count>1</text:page-count></text:p>"
	language, country, _ := strings.Cut(o.locale, "-")
	return strings.NewReplacer("{{language}}", language, "{{country}}", country, "{{header}}", header, "{{footer}}", footer).Replace(odtStyles)
}

func (o *odt) meta() string {
	d := o.doc
	date := d.Date.UTC().Format(time.RFC3339)
	return xmlHead + "<office:document-meta" + odtSpaces + "><office:meta><meta:generator>Thermie " + escapeXML(d.Version) + "</meta:generator><dc:title>" + o.esc(d.Title) +
		"</dc:title><dc:subject>" + o.esc(d.Subject) + "</dc:subject><dc:creator>" + o.esc(d.Author) + "</dc:creator><meta:creation-date>" + date +
		"</meta:creation-date><dc:date>" + date + "</dc:date><dc:language>" + o.locale + "</dc:language></office:meta></office:document-meta>"
}

// manifest lists the parts of the package.
func manifest(parts []part) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="` + odtMediaType + `"/>`)
	for _, p := range parts[1:] {
		mediaType := "text/xml"
		if strings.HasSuffix(p.name, ".svg") {
			mediaType = "image/svg+xml"
		}
		fmt.Fprintf(&b, `<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s"/>`, p.name, mediaType)
	}
	return b.String() + "</manifest:manifest>"
}
