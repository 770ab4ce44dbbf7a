package durable

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileIsReplacedWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "note")
	for _, content := range []string{"the first, which is longer", "the second"} {
		if err := WriteFile(file, []byte(content), 0o640); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != content {
			t.Errorf("%q is there, %v", text, err)
		}
	}
	if left, _ := filepath.Glob(file + "?*"); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// What cannot take its place leaves nothing beside it.
func TestAFileThatCannotBePlacedIsAnError(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "a-folder")
	if err := os.MkdirAll(filepath.Join(folder, "that-is-not-empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(folder, nil, 0o640); err == nil {
		t.Error("a file took the place of a folder")
	}
	if err := WriteFile(filepath.Join(dir, "no-such", "note"), nil, 0o640); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}
