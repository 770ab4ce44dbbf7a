package filing

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// parts are the files of an archive that this program decodes.
var parts = []string{manifestName, figuresName, areaName, openingsName, recordsName}

// FuzzOpen opens archives that nobody filed. Whatever is in them is refused or
// read, and told as it is: nothing of it leaves the folder that it is laid in.
func FuzzOpen(f *testing.F) {
	old := partsOf(f, "testdata/pcaet-200000000-2025-1.zip")
	f.Add(old[0], old[1], old[2], old[3], old[4])
	f.Add([]byte(`{"format":1,"id":"../pcaet-200000000-2025-1","report":"pcaet","siren":"200000000","year":2025,"number":1,"inputs_sha256":"00"}`), old[1], old[2], old[3], old[4])
	f.Add(old[0], []byte(`[{"code":"AAAAAAAA","unit":"MWh","mark":7,"place":{"Row":"total"}}]`), []byte(`{"plan":{"contours":{"file":"../../contours.geojson"}}}`), []byte(`null`), []byte("interval"))
	f.Add([]byte(`{"format":9}`), []byte(`[]`), []byte(`{}`), []byte(`[]`), []byte(nil))
	f.Fuzz(func(t *testing.T, manifest, figures, area, openings, records []byte) {
		path := filepath.Join(t.TempDir(), "fuzz.zip")
		if err := os.WriteFile(path, archived(t, manifest, figures, area, openings, records), 0o600); err != nil {
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

// partsOf are the decoded files of an archive, of the records the first ones.
func partsOf(f *testing.F, path string) (all [][]byte) {
	f.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		f.Fatal(err)
	}
	defer z.Close()
	for _, name := range parts {
		file, err := z.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		data, err := io.ReadAll(io.LimitReader(file, 4096))
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

// archived is an archive of such files, and of one that the area may name.
func archived(t *testing.T, contents ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, name := range append(parts, filesFolder+"0000/zones.geojson") {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if i < len(contents) {
			if _, err := w.Write(contents[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
