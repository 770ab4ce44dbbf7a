package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"testing"
)

// wellFormed fails on the first fault of a part's XML.
func wellFormed(t *testing.T, name string, body []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(body))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

func TestDOCXPartsAndRelations(t *testing.T) {
	parts := unpack(t, render(t, WriteDOCX, sample("fr")))
	for name, body := range parts {
		if path.Ext(name) != ".emf" {
			wellFormed(t, name, body)
		}
	}
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml",
		"word/settings.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml", "docProps/app.xml"} {
		if parts[name] == nil {
			t.Errorf("the package lacks %s", name)
		}
	}
	var relations struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
			Mode   string `xml:"TargetMode,attr"`
		}
	}
	if err := xml.Unmarshal(parts["word/_rels/document.xml.rels"], &relations); err != nil {
		t.Fatal(err)
	}
	for _, r := range relations.Relationship {
		if r.Mode != "External" && parts["word/"+r.Target] == nil {
			t.Errorf("%s points to %s, which is not in the package", r.ID, r.Target)
		}
	}
}

func TestDOCXStructure(t *testing.T) {
	parts := unpack(t, render(t, WriteDOCX, sample("fr")))
	body := string(parts["word/document.xml"])
	for what, want := range map[string]string{
		"heading style":      `<w:pStyle w:val="Heading2"/>`,
		"page of an entry":   ` PAGEREF s1 \h `,
		"caption sequence":   `w:instr=" SEQ Tableau \* ARABIC "`,
		"repeated head":      `<w:tblHeader/>`,
		"chart alternative":  `descr="La puissance de la source`,
		"vector chart":       `<asvg:svgBlip`,
		"list numbering":     `<w:numId w:val="2"/>`,
		"simulated mark":     `<w:rStyle w:val="Simulated"/>`,
		"link":               `<w:hyperlink r:id=`,
		"link to a heading":  `<w:hyperlink w:anchor="s1"`,
		"narrow space":       `pourquoi` + narrowNbsp + `?`,
		"table alternative":  `<w:tblCaption w:val="Gisement`,
		"fixed-width column": `<w:rStyle w:val="Code"/>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: document.xml lacks %s", what, want)
		}
	}
	// Every style that the body names is defined.
	for _, piece := range strings.Split(body, `Style w:val="`)[1:] {
		id, _, _ := strings.Cut(piece, `"`)
		if !bytes.Contains(parts["word/styles.xml"], []byte(`w:styleId="`+id+`"`)) {
			t.Errorf("style %s is used but not defined", id)
		}
	}
	if !bytes.Contains(parts["word/header1.xml"], []byte("DÉMONSTRATION")) {
		t.Error("the banner is not on every page")
	}
	if !bytes.Contains(parts["docProps/core.xml"], []byte("2025-09-01T00:00:00Z")) {
		t.Error("the core properties do not carry the document's date")
	}
}

// plainDOCX returns the texts of a document, one run a line.
func plainDOCX(t *testing.T, d *Document) string {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(unpack(t, render(t, WriteDOCX, d))["word/document.xml"]))
	text, inText := "\n", false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text
		} else if err != nil {
			t.Fatal(err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			inText = v.Name.Local == "t"
		case xml.CharData:
			if inText {
				text += string(v) + "\n"
			}
		case xml.EndElement:
			inText = false
		}
	}
}

// Texts come from configuration files and other people's cards.
func TestHostileTexts(t *testing.T) {
	hostile := "<script>alert(1)</script>&\"'\x00\x1b]]>"
	d := &Document{Title: hostile, Lang: "fr", Date: sampleDate, Banner: hostile, Author: hostile, Subject: hostile, Version: hostile, Contents: true, Blocks: []Block{
		Heading{Level: 1, Text: hostile}, Paragraph{Runs: []Run{{Text: hostile, Link: "javascript:alert(1)"}}},
		Table{Caption: hostile, Sheet: "[a]:*?/\\'", Columns: []Column{{Head: hostile}}, Rows: []Row{{Cells: []Cell{TextCell("=1+1")}}}},
		Chart{Caption: hostile, Alt: hostile, Kind: BarChart, Categories: []string{hostile}, Series: []Series{{Name: hostile, Y: []float64{1}}}},
	}}
	for _, f := range Formats() {
		for name, part := range partsOf(t, f, d) {
			if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".svg") || strings.HasSuffix(name, ".rels") {
				wellFormed(t, f.Name+" "+name, part)
			}
			if f.Name == "pdf" && name != "objects" {
				continue // what the pages print, in no markup
			}
			if bytes.Contains(part, []byte("<script")) || bytes.Contains(part, []byte(`"javascript:`)) || bytes.Contains(part, []byte("(javascript:")) {
				t.Errorf("%s %s carries a script", f.Name, name)
			}
		}
	}
}
