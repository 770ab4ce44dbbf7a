package press

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"thermie/reports"
	"thermie/reports/engineer"
	"thermie/reports/fixture"
)

func TestAReportOfOneSite(t *testing.T) {
	ctx, o := context.Background(), fixture.Options(t.TempDir())
	if err := WriteSite(ctx, fixture.Source(t), "micro-dc", o); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(o.Out, "micro-dc.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"PUE partiel et provisoire", "595,87", "Données réellement mesurées", "DÉMONSTRATION"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the site's page does not say %q", want)
		}
	}
	if _, err := engineer.SiteDocument(ctx, fixture.Source(t), "nobody", o); !errors.Is(err, reports.ErrNoCard) {
		t.Errorf("an unknown site: %v", err)
	}
}

func TestTheEngineersFileHasAnHourARow(t *testing.T) {
	ctx, o := context.Background(), fixture.Options(t.TempDir())
	for site, rows := range map[string]int{"dlc-2mw": 8760, "micro-dc": 24} {
		if err := WriteNetwork(ctx, fixture.Source(t), fixture.Area(t), site, o); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(o.Out, reports.HourlyName(site)))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(file)), "\r\n")
		if len(lines) != rows+1 {
			t.Errorf("%s: %d rows, want %d", site, len(lines)-1, rows)
		}
		if n := strings.Count(string(file), "DÉMONSTRATION"); n != rows {
			t.Errorf("%s: %d of %d rows say that the site is fictitious", site, n, rows)
		}
		if assumed := strings.Contains(string(file), "températures supposées"); assumed != (site == "micro-dc") {
			t.Errorf("%s: the file says of its temperatures that they are assumed: %v", site, assumed)
		}
	}
}
