package document

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"testing"
)

func TestODTPackage(t *testing.T) {
	packed := render(t, WriteODT, sample("fr"))
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	if first := archive.File[0]; first.Name != "mimetype" || first.Method != zip.Store {
		t.Errorf("the package begins with %s (method %d), want an uncompressed mimetype", first.Name, first.Method)
	}
	parts := unpack(t, packed)
	for name, body := range parts {
		if ext := path.Ext(name); ext == ".xml" || ext == ".svg" {
			wellFormed(t, name, body)
		}
		if name != "mimetype" && !strings.HasPrefix(name, "META-INF/") && !bytes.Contains(parts["META-INF/manifest.xml"], []byte(`full-path="`+name+`"`)) {
			t.Errorf("%s is not in the manifest", name)
		}
	}
}

func TestODTStructure(t *testing.T) {
	parts := unpack(t, render(t, WriteODT, sample("fr")))
	content, styles := string(parts["content.xml"]), string(parts["styles.xml"])
	for what, want := range map[string]string{
		"heading":           `<text:h text:style-name="Heading_20_2" text:outline-level="2">`,
		"table of contents": `<text:table-of-content `,
		"caption sequence":  `<text:sequence text:name="Tableau"`,
		"repeated head":     `<table:table-header-rows>`,
		"chart alternative": `<svg:desc>La puissance de la source`,
		"simulated mark":    `text:style-name="Simulated"`,
		"page break":        `fo:break-before="page"`,
	} {
		if !strings.Contains(content, want) {
			t.Errorf("%s: content.xml lacks %s", what, want)
		}
	}
	for _, piece := range strings.Split(content, `style-name="`)[1:] {
		name, _, _ := strings.Cut(piece, `"`)
		defined := `style:name="` + name + `"`
		if !strings.Contains(content, defined) && !strings.Contains(styles, defined) {
			t.Errorf("style %s is used but not defined", name)
		}
	}
	if strings.Contains(styles, "{{") {
		t.Error("the styles were not filled in")
	}
}

func TestWideTablesTurnThePage(t *testing.T) {
	row := Row{}
	table := Table{Caption: "Large"}
	for range 12 {
		table.Columns = append(table.Columns, Column{Head: "ENR_valorisation_recuperation"})
		row.Cells = append(row.Cells, TextCell("x"))
	}
	table.Rows = []Row{row}
	d := &Document{Title: "Essai", Lang: "fr", Date: sampleDate, Blocks: []Block{
		Heading{Level: 1, Text: "Portrait"}, Paragraph{Runs: Text("x")}, Heading{Level: 1, Text: "Paysage"}, table, Heading{Level: 1, Text: "Portrait"}}}
	for format, want := range map[string]string{"odt": `style:master-page-name="Wide"`, "docx": `w:orient="landscape"`, "html": `<div class="wide">`, "pdf": "/MediaBox [0 0 841.89 595.28]"} {
		for _, f := range Formats() {
			if f.Name != format {
				continue
			}
			found := 0
			for _, part := range partsOf(t, f, d) {
				found += bytes.Count(part, []byte(want))
			}
			if found != 1 {
				t.Errorf("%s turns %d times, want once", format, found)
			}
		}
	}
}
