package document

import (
	"fmt"
	"time"
)

// xmp returns the document's metadata as XMP (ISO 16684-1), which archives
// and screen readers read before the older entries of a PDF.
func (d *Document) xmp() string {
	text := func(s string) string { return escapeXML(printable(Typeset(d.Lang, s))) }
	date := d.Date.UTC().Format(time.RFC3339)
	return fmt.Sprintf(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%[5]s</xmp:CreateDate><xmp:ModifyDate>%[5]s</xmp:ModifyDate>
<xmp:CreatorTool>Thermie %[6]s</xmp:CreatorTool><pdf:Producer>Thermie %[6]s</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, text(d.Title), text(d.Subject), text(d.Author), LabelsOf(d.Lang).locale, date, text(d.Version))
}
