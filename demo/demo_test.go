package demo

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/proof"
)

// play runs the whole demonstration into a new folder.
func play() (string, error) {
	out, err := os.MkdirTemp("", "thermie-demo-")
	if err != nil {
		return "", err
	}
	d, err := Run(context.Background(), Options{Out: out, Listen: "127.0.0.1:0", Lang: "fr",
		Date: time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC), Software: "test"}, NewProgress(io.Discard))
	if err != nil {
		return out, err
	}
	d.Close()
	return out, nil
}

// played is one run that all tests look at.
var played = sync.OnceValues(play)

func playedOut(t *testing.T) string {
	t.Helper()
	out, err := played()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMain(m *testing.M) {
	code := m.Run()
	out, _ := played()
	os.RemoveAll(out)
	os.Exit(code)
}

// value is a figure of summary.json.
type value struct {
	Value    *float64 `json:"value"`
	U        *float64 `json:"U"`
	Coverage *float64 `json:"coverage"`
	Method   string   `json:"method"`
}

func readSummary(t *testing.T, out string) (sites map[string]map[string]json.RawMessage, territory map[string]json.RawMessage) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Sites     map[string]map[string]json.RawMessage
		Territory map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s.Sites, s.Territory
}

func figure(t *testing.T, of map[string]json.RawMessage, key string) value {
	t.Helper()
	var v value
	if err := json.Unmarshal(of[key], &v); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
	if v.Value == nil || v.U == nil || v.Coverage == nil || v.Method == "" {
		t.Fatalf("%s = %s: a figure carries value, U, coverage and method", key, of[key])
	}
	return v
}

// heat-model.md section 11 fixes these numbers: zero-order hold over 262
// steps, and the uncertainty of a ratio whose parts share E_IT.
func TestTheMeasuredDayComesThroughRealSocketsToTheDigit(t *testing.T) {
	sites, _ := readSummary(t, playedOut(t))
	day := sites["micro-dc"]
	near := func(key string, want, tolerance float64) value {
		got := figure(t, day, key)
		if math.Abs(*got.Value-want) > tolerance {
			t.Errorf("%s = %v, want %v ± %v", key, *got.Value, want, tolerance)
		}
		return got
	}
	near("it_energy_kwh", 595.87, 0.005)
	near("total_energy_kwh", 659.00, 0.01)
	near("recoverable_heat_kwh", 476.7, 0.05)
	if u := *near("ppue_interim", 1.1059, 0.00005).U; math.Abs(u-0.0030) > 0.00005 {
		t.Errorf("U of the interim pPUE is %v, want 0.0030", u)
	}
	if got := string(day["pue"]); got != "null" {
		t.Errorf("a day has the PUE %s, want null", got)
	}
}

func TestAFolderOfSomebodyElseIsLeftAlone(t *testing.T) {
	out := t.TempDir()
	thesis := filepath.Join(out, "state", "thesis.tex")
	if err := errors.Join(os.Mkdir(filepath.Dir(thesis), 0o755), os.WriteFile(thesis, []byte("ten years"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), Options{Out: out, Lang: "fr"}, NewProgress(io.Discard)); err == nil || !strings.Contains(err.Error(), "hint: -out") {
		t.Errorf("got %v, want to be told to name another folder", err)
	}
	if _, err := os.Stat(thesis); err != nil {
		t.Error("ten years of work are gone")
	}
}

func TestTheFourHeatsAreKeptApart(t *testing.T) {
	_, town := readSummary(t, playedOut(t))
	rejected, captured := *figure(t, town, "gisement_mwh").Value, *figure(t, town, "captee_mwh").Value
	delivered, handed := *figure(t, town, "livree_mwh").Value, *figure(t, town, "valorisee_mwh").Value
	if !(captured <= rejected && captured < delivered && handed > 0 && handed < captured) {
		t.Errorf("gisement %v, captée %v, livrée %v, valorisée %v MWh", rejected, captured, delivered, handed)
	}
}

// wanted are the files that the demonstration promises.
var wanted = []string{
	"summary.json", "pcaet/pcaet.html", "pcaet/pcaet.docx", "pcaet/pcaet.pdf", "pcaet/pcaet.xlsx", "pcaet/depot.csv", "pcaet/sites.geojson",
	"network/micro-dc-hourly.csv", "network/micro-dc.xlsx", "network/air-5mw-hourly.csv", "network/air-5mw.xlsx",
	"network/dlc-2mw-hourly.csv", "network/dlc-2mw.xlsx",
}

func TestLibreOfficeOpensWhatWasWritten(t *testing.T) {
	out := playedOut(t)
	office := proof.Program(t, "soffice", proof.DebianOffice)
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", dir}
	var documents []string
	for _, name := range wanted {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
		if ext := filepath.Ext(name); ext == ".docx" || ext == ".xlsx" {
			documents = append(documents, filepath.Join(out, name))
		}
	}
	if text, err := exec.Command(office, append(args, documents...)...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	// pcaet.docx and pcaet.xlsx share a name, so one PDF stands for both.
	for _, name := range []string{"pcaet.pdf", "micro-dc.pdf", "air-5mw.pdf", "dlc-2mw.pdf"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 5000 {
			t.Errorf("%s did not come out of LibreOffice: %v", name, err)
		}
	}
}

func TestEveryFileSaysThatItsSitesAreFictitious(t *testing.T) {
	out := playedOut(t)
	for _, path := range reportFiles(t, out) {
		if isNPro, _ := filepath.Match("network/*-npro*.txt", path); isNPro { // a column of numbers: only its name can speak
			if !strings.Contains(path, "-demonstration") {
				t.Errorf("the name of %s does not say demonstration", path)
			}
			continue
		}
		if filepath.Ext(path) == ".qml" { // how a layer is drawn; it holds no site
			continue
		}
		text := plainText(t, filepath.Join(out, path))
		if !strings.Contains(text, "DÉMONSTRATION") && !strings.Contains(text, `"demonstration": true`) {
			t.Errorf("%s does not say DÉMONSTRATION", path)
		}
	}
}

func TestTheSameInputsGiveTheSameBytes(t *testing.T) {
	first := playedOut(t)
	second, err := play()
	defer os.RemoveAll(second)
	if err != nil {
		t.Fatal(err)
	}
	files := reportFiles(t, first)
	if again := reportFiles(t, second); len(again) != len(files) {
		t.Fatalf("%d files, then %d", len(files), len(again))
	}
	for _, path := range files {
		a, errA := os.ReadFile(filepath.Join(first, path))
		b, errB := os.ReadFile(filepath.Join(second, path))
		if err := errors.Join(errA, errB); err != nil {
			t.Fatal(err)
		}
		if string(a) != string(b) {
			t.Errorf("%s differs between two runs", path)
		}
	}
}

// reportFiles lists what a run wrote for people, without its state.
func reportFiles(t *testing.T, out string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
		if entry.IsDir() && entry.Name() == "state" {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			rel, _ := filepath.Rel(out, path)
			files = append(files, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
