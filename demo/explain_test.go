package demo

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/collector"
	"thermie/configs"
	"thermie/reports"
	"thermie/reports/explain"
)

var printedCode = regexp.MustCompile(`data-code="([A-Z2-7]{8})"`)

// Each figure of the dossier, those of the years to come among them, is found
// by the code that it bears, and the store gives the same string again.
func TestEveryFigureOfTheDossierIsExplained(t *testing.T) {
	out := playedOut(t)
	page, err := os.ReadFile(filepath.Join(out, "pcaet", "pcaet.html"))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, m := range printedCode.FindAllStringSubmatch(string(page), -1) {
		codes = append(codes, m[1])
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	library, hypotheses := openLibrary(t, out), map[string]bool{}
	for _, code := range codes {
		trail, err := library.Explain(context.Background(), code)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		if !trail.Again.Same {
			t.Errorf("%s is printed as %q and computed again as %q", code, trail.Printed, trail.Again.Printed)
		}
		for _, h := range trail.Hypotheses {
			hypotheses[h.ID] = true
		}
		var text strings.Builder
		if err := explain.Print(&text, trail, "fr"); err != nil || strings.ContainsAny(text.String(), "⟨{") {
			t.Errorf("%s: %v\n%s", code, err, text.String())
		}
	}
	if len(codes) < 150 || len(hypotheses) != 7 {
		t.Errorf("%d figures rest on the hypotheses %v", len(codes), hypotheses)
	}
}

// openLibrary opens what a run left behind.
func openLibrary(t *testing.T, out string) *explain.Library {
	t.Helper()
	town, err := configs.LoadCollector(filepath.Join(out, "state", "collector.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	src, done, err := collector.OpenSource(town)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := done(); err != nil {
			t.Error(err)
		}
	})
	library, err := explain.NewLibrary(explain.Library{Source: src, SIRENs: []string{siren}, Years: []int{year},
		AreaOf: func(siren string) (reports.Area, error) {
			if siren == "" {
				return reports.Area{}, nil
			}
			return reports.NewArea(town, siren)
		},
		Options: Options{Lang: "fr", Date: printed, Software: "test"}.report("")})
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// printed is the day of the reports.
var printed = time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)

// What the reports were computed from has one digest, whether it is read from
// the store, with what the registry knows, or from an export and the
// configuration.
func TestAnExportHasTheDigestOfTheStore(t *testing.T) {
	state := filepath.Join(playedOut(t), "state")
	export := filepath.Join(t.TempDir(), "export.lp")
	file, err := os.Create(export)
	if err != nil {
		t.Fatal(err)
	}
	for _, site := range []string{measuredSite, "air-5mw", "dlc-2mw"} {
		if err := collector.CmdExport(context.Background(), []string{"-data", filepath.Join(state, "collector"), "-site", site}, file, os.Stderr); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	digest := func(in reports.Inputs) string {
		t.Helper()
		in.Config, in.Open, in.ErrOut = filepath.Join(state, "collector.yaml"), collector.OpenSource, os.Stderr
		if err := in.Load(); err != nil {
			t.Fatal(err)
		}
		src, done, err := in.Source()
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		area, err := in.Area(src, siren)
		if err != nil {
			t.Fatal(err)
		}
		d, err := reports.Build(context.Background(), src, area, Options{Lang: "fr", Date: printed, Software: "test"}.report(""))
		if err != nil {
			t.Fatal(err)
		}
		total, err := d.Inputs()
		if err != nil {
			t.Fatal(err)
		}
		return total.String()
	}
	if stored, exported := digest(reports.Inputs{}), digest(reports.Inputs{From: export}); stored != exported {
		t.Errorf("the store gives the digest %s, its export %s", stored, exported)
	}
}
