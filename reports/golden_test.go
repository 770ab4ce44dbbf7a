package reports

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file in testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with: go test ./reports -update)", err)
	}
	if !bytes.Equal(got, want) {
		at := 0
		for at < len(got) && at < len(want) && got[at] == want[at] {
			at++
		}
		t.Errorf("%s differs at byte %d:\n got …%.120q\nwant …%.120q\n(accept with: go test ./reports -update)", path, at, got[max(0, at-20):], want[max(0, at-20):])
	}
}

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
		golden(t, "sample."+lang+".html", render(t, WriteHTML, sample(lang)))
		parts := unpack(t, render(t, WriteDOCX, sample(lang)))
		golden(t, "sample."+lang+".document.xml", parts["word/document.xml"])
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
