package filing

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
)

// named is a request whose plan names files, of which the folder holds some.
func named(t *testing.T, files int, missing ...string) Request {
	t.Helper()
	r, dir := request(t, 1000), t.TempDir()
	add := func(path string) {
		r.Area.Plan.Documents = append(r.Area.Plan.Documents, configs.PlanDocument{Topic: "plu", Title: "PLUi", File: path, Property: "zone"})
	}
	for i := range files {
		path := filepath.Join(dir, fmt.Sprintf("zones-%c.geojson", 'a'+i))
		if err := os.WriteFile(path, fmt.Appendf(nil, `{"type":"FeatureCollection","features":[],"name":"%d"}`, i), 0o600); err != nil {
			t.Fatal(err)
		}
		add(path)
	}
	for _, name := range missing {
		add(filepath.Join(dir, name))
	}
	return r
}

func TestElevenFilesAreBuiltAnewInTheirOrder(t *testing.T) {
	f := lock(t, t.TempDir(), named(t, 11))
	r, _, err := f.Rebuild(context.Background(), summary, "1.0")
	if err != nil || !r.InputsSame {
		t.Errorf("the same inputs: %t (%v)", r.InputsSame, err)
	}
}

// A file that could not be read was a fault of the filed dossier. It is one of
// the dossier that is built anew.
func TestAFileThatCouldNotBeReadIsMissedAgain(t *testing.T) {
	f := lock(t, t.TempDir(), named(t, 1, "lost.geojson"))
	var missed []string
	print := func(d *reports.Dossier) (*document.Document, []reports.Output, error) {
		for _, path := range d.Area.Files() {
			if _, err := os.Stat(path); err != nil {
				missed = append(missed, filepath.Base(path))
			}
		}
		return summary(d)
	}
	r, _, err := f.Rebuild(context.Background(), print, "1.0")
	if err != nil || !r.InputsSame {
		t.Errorf("the same inputs: %t (%v)", r.InputsSame, err)
	}
	if strings.Join(missed, " ") != "lost.geojson" {
		t.Errorf("built anew without %v, want lost.geojson", missed)
	}
}

func TestAFiledFileThatIsNoLongerWrittenIsSaid(t *testing.T) {
	r := request(t, 1000)
	r.Print = func(d *reports.Dossier) (*document.Document, []reports.Output, error) {
		doc, files, err := summary(d)
		return doc, append(files, reports.Contents("layers/sums.csv", []byte("sums"))), err
	}
	f := lock(t, t.TempDir(), r)
	built, _, err := f.Rebuild(context.Background(), summary, "1.0")
	if err != nil || len(built.Files) > 0 || strings.Join(built.Gone, " ") != "layers/sums.csv" {
		t.Errorf("other bytes %v, gone %v (%v)", built.Files, built.Gone, err)
	}
}
