package press

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/fixture"
)

// report runs the command without a store.
func report(args ...string) (out, errOut string, err error) {
	noStore := func(*configs.Collector) (reports.Source, func() error, error) {
		return nil, nil, errors.New("no store in this test")
	}
	var o, e bytes.Buffer
	err = Command(noStore, "test")(context.Background(), args, &o, &e)
	return o.String(), e.String(), err
}

// realExport writes the fixture's measured day as a site that is no
// demonstration's, which a report outside the demonstration accepts.
func realExport(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.lp")
	var lines []string
	for _, line := range strings.SplitAfter(string(fixture.Export(t)), "\n") {
		if strings.Contains(line, "site=micro-dc") {
			lines = append(lines, strings.ReplaceAll(line, `,\"fictitious\":true`, ""))
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReportFromAnExportFile(t *testing.T) {
	export, dir := realExport(t), t.TempDir()
	config := filepath.Join(dir, "collector.yaml")
	real := strings.ReplaceAll(strings.ReplaceAll(fixture.Config, "    fictitious: true\n", ""), `"999000012"`, `"200054781"`)
	if err := os.WriteFile(config, []byte(real), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	digest, said, err := report("pcaet", "-json", "-from", export, "-config", config, "-territory", "200054781", "-year", "2025", "-out", out, "-date", "2026-03-01")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(digest, `"value": 595.87`) || !strings.Contains(said, out) {
		t.Errorf("the command prints %s and says %s", digest, said)
	}
	page, err := os.ReadFile(filepath.Join(out, "pcaet.html"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "DÉMONSTRATION") || !strings.Contains(string(page), "Diffusion restreinte") {
		t.Error("a real territory's page has the wrong banner")
	}
	for _, kind := range []string{"network", "site"} {
		if _, _, err := report(kind, "-from", export, "-site", "micro-dc", "-year", "2025", "-out", out, "-date", "2026-03-01"); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestTheCommandSaysWhatItWants(t *testing.T) {
	export := realExport(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "which report?"},
		{[]string{"sonnet"}, `no report "sonnet"`},
		{[]string{"pcaet"}, "-territory is missing"},
		{[]string{"pcaet", "-year", "2025", "-out", "x", "-territory", "1", "-config", "no-such-file"}, "no-such-file"},
		{[]string{"site", "stray"}, "was not expected"},
		{[]string{"site", "-from", export, "-site", "micro-dc", "-year", "2025", "-out", t.TempDir(), "-date", "1 mars"}, "-date"},
		{[]string{"site", "-from", export, "-site", "micro-dc", "-year", "12", "-out", t.TempDir()}, "not a year of measurement"},
		{[]string{"site", "-from", export, "-site", "micro-dc", "-year", "2025", "-out", t.TempDir(), "-lang", "de"}, "-lang takes one of"},
		{[]string{"site", "-from", export, "-site", "elsewhere", "-year", "2025", "-out", t.TempDir()}, "no card"},
		{[]string{"network", "-from", export, "-site", "micro-dc", "-network", "marais", "-year", "2025", "-out", t.TempDir()}, "-config is missing"},
		{[]string{"site", "-data", "x", "-site", "micro-dc", "-year", "2025", "-out", t.TempDir()}, "no store"},
	} {
		if _, _, err := report(c.args...); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("report %v: %v, want %q", c.args, err, c.says)
		}
	}
}
