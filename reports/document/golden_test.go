package document

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"thermie/proof"
)

// render writes d in one format.
func render(t *testing.T, write func(io.Writer, *Document) error, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack returns the parts of an office document.
func unpack(t *testing.T, packed []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range archive.File {
		body, err := readPart(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := parts[f.Name]; twice {
			t.Errorf("the package holds %s twice", f.Name)
		}
		parts[f.Name] = body
	}
	return parts
}

func TestGoldenDocuments(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		proof.Golden(t, "sample."+lang+".html", render(t, WriteHTML, sample(lang)))
		parts := unpack(t, render(t, WriteDOCX, sample(lang)))
		proof.Golden(t, "sample."+lang+".document.xml", parts["word/document.xml"])
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	for _, f := range Formats() {
		first, second := render(t, f.Write, sample("fr")), render(t, f.Write, sample("fr"))
		if !bytes.Equal(first, second) {
			t.Errorf("%s: the same document gave two different files", f.Name)
		}
	}
}
