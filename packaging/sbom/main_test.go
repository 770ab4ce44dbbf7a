package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The test program itself is a Go program with a build note.
func TestAProgramListsWhatItWasBuiltOf(t *testing.T) {
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := write(out, os.Args[0], "1.2.3"); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two lists of one program differ")
	}
	var b bom
	if err := json.Unmarshal(first.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Spec != "1.6" || b.Metadata.Component.Version != "1.2.3" {
		t.Errorf("%+v", b)
	}
	if std := b.Components[0]; std.Name != "std" || !strings.HasPrefix(std.PURL, "pkg:golang/std@1.") {
		t.Errorf("%+v", std)
	}
	if err := write(&first, "main.go", "1.2.3"); err == nil {
		t.Error("a text was taken for a program")
	}
}
