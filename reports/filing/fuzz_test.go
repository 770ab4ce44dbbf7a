package filing

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzOpen opens archives that nobody filed. Whatever is in them is refused or
// read, and told as it is: nothing of it leaves the folder that it is laid in.
func FuzzOpen(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no old filing (%v)", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	f.Add(archived(f, `{"format":1,"id":"../pcaet-200000000-2025-1","report":"pcaet","siren":"200000000","year":2025,"number":1,"inputs_sha256":"00"}`, `[]`, `{"plan":{"contours":{"file":"../../contours.geojson"}}}`))
	f.Add(archived(f, `{"format":9}`, `[{"mark":7}]`, `{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "fuzz.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		filing, err := Open(path)
		if err != nil {
			return
		}
		defer filing.Close()
		if !filepath.IsLocal(filing.ID) || filepath.Base(filing.ID) != filing.ID || len(filing.Inputs) != 64 {
			t.Errorf("the id %q and the digest %q were taken", filing.ID, filing.Inputs)
		}
		filing.Sums()
		if filing.Verify() == nil {
			t.Error("whole, without a checksum beside it")
		}
		dir := t.TempDir()
		if _, area, _, err := filing.inputs(dir); err == nil {
			for _, file := range area.Files() {
				if inside, err := filepath.Rel(dir, file); err != nil || !filepath.IsLocal(inside) {
					t.Errorf("a file of the area is %s, outside of %s", file, dir)
				}
			}
		}
	})
}

// archived is an archive of a manifest, figures and an area.
func archived(f *testing.F, manifest, figures, area string) []byte {
	f.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{manifestName: manifest, figuresName: figures, areaName: area, recordsName: "", openingsName: "[]"} {
		w, err := z.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}
