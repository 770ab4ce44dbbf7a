package document

import (
	"fmt"
	"strings"
	"time"
)

const docxContentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="emf" ContentType="image/x-emf"/>` +
	`<Default Extension="svg" ContentType="image/svg+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
	`</Types>`

const relationsHead = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

const officeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const docxRoot = relationsHead +
	`<Relationship Id="rId1" Type="` + officeRelation + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + officeRelation + `extended-properties" Target="docProps/app.xml"/>` +
	`</Relationships>`

// docxFixed are the relations that every document has, rId1 onwards.
var docxFixed = [...]relation{
	{kind: "styles", target: "styles.xml"}, {kind: "numbering", target: "numbering.xml"},
	{kind: "settings", target: "settings.xml"}, {kind: "header", target: "header1.xml"}, {kind: "footer", target: "footer1.xml"},
	{kind: "footer", target: "footer2.xml"},
}

const (
	headerRelation     = "rId4"
	footerRelation     = "rId5"
	wideFooterRelation = "rId6"
)

func (x *docx) relations() string {
	var b strings.Builder
	b.WriteString(relationsHead)
	for i, r := range append(docxFixed[:], x.links...) {
		mode := ""
		if r.external {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s"%s/>`, i+1, officeRelation, r.kind, escapeXML(r.target), mode)
	}
	return b.String() + "</Relationships>"
}

// core writes the properties by which a document is found and read aloud.
func (x *docx) core() string {
	d := x.doc
	date := d.Date.UTC().Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + x.esc(d.Title) + "</dc:title><dc:subject>" + x.esc(d.Subject) + "</dc:subject><dc:creator>" + x.esc(d.Author) + "</dc:creator>" +
		"<dc:description>" + x.esc(x.madeWith+" "+d.Version) + "</dc:description><dc:language>" + x.locale + "</dc:language>" +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + date + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + date + "</dcterms:modified></cp:coreProperties>"
}

// settings asks Word to fill in the pages of the table of contents, where
// there is one: it does so on opening, after a question to the reader.
func (x *docx) settings() string {
	update := ""
	if x.doc.listsContents() {
		update = `<w:updateFields w:val="true"/>`
	}
	return `<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>` + update +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + x.locale + `"/><w:decimalSymbol w:val="` + x.decimal + `"/><w:listSeparator w:val=";"/>`
}

// header repeats the banner and the title on every page.
func (x *docx) header() string {
	if x.doc.Bare {
		return "<w:p/>"
	}
	banner := ""
	if x.doc.Banner != "" {
		banner = `<w:p><w:pPr><w:pStyle w:val="Banner"/></w:pPr>` + textRun("", x.esc(x.doc.Banner)) + "</w:p>"
	}
	return banner + `<w:p><w:pPr><w:pStyle w:val="Header"/><w:spacing w:before="80"/></w:pPr>` + textRun("", x.esc(x.doc.Title)) + "</w:p>"
}

// docxWideTabs moves the footer's tab to the margin of a landscape page.
const docxWideTabs = `<w:tabs><w:tab w:val="clear" w:pos="9638"/><w:tab w:val="right" w:pos="14570"/></w:tabs>`

func (x *docx) footer(tabs string) string {
	if x.doc.Bare {
		return "<w:p/>"
	}
	return `<w:p><w:pPr><w:pStyle w:val="Footer"/>` + tabs + `</w:pPr>` +
		textRun("", x.esc(x.madeWith+" "+x.doc.Version+" · "+x.doc.date())) + "<w:r><w:tab/></w:r>" +
		textRun("", x.page+Nbsp) + field("PAGE", "1") + textRun("", Nbsp+x.of+Nbsp) + field("NUMPAGES", "1") + "</w:p>"
}

// numbering defines the bullets and one numbering for each ordered list, so
// that each starts at one.
func (x *docx) numbering() string {
	level := func(format, text string) string {
		return `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text +
			`"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl>`
	}
	var b strings.Builder
	b.WriteString(`<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>` + level("bullet", "•") + "</w:abstractNum>")
	b.WriteString(`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>` + level("decimal", "%1.") + "</w:abstractNum>")
	b.WriteString(`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	for i := range x.ordered {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, i+2)
	}
	return wordXML("numbering", b.String())
}
