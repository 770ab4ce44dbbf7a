package collector

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"thermie/collector/registry"
	"thermie/collector/rights"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// frenchHours is a network's year as a French spreadsheet saves it.
func frenchHours() string {
	b := strings.Builder{}
	b.WriteString("\ufefftime;demand_mw\r\n")
	year := heat.YearOf(2025, 60)
	for h := range year.Hours() {
		fmt.Fprintf(&b, "%s;1,37\r\n", year.From.Add(time.Duration(h)*time.Hour).Format("02/01/2006 15:04"))
	}
	return b.String()
}

// basis says by what the reports form the demand of town's network.
func (s *testServer) basis() reports.DemandBasis {
	s.t.Helper()
	area, err := s.Registry().AreaOf("999000012")
	if err != nil {
		s.t.Fatal(err)
	}
	_, basis, err := reports.ModelOf(area.Networks[0], heat.YearOf(2025, 60))
	if err != nil {
		s.t.Fatal(err)
	}
	return basis
}

// A network's operator exports its hours. An admin sends them, reports compute
// with them in place of the typical profile, and they come back as they went
// in, from this collector and from the next.
func TestANetworksOwnHoursAreItsDemand(t *testing.T) {
	s := newTownServer(t)
	admin := s.made(rights.Identity{Holder: "keeper", Role: rights.Admin})
	const door = "/api/v1/networks/north/demand"
	if b := s.basis(); b.Method != "D1" {
		t.Errorf("before, the demand is by %s", b.Method)
	}
	if status, body := s.get(door, admin); status != http.StatusNotFound {
		t.Errorf("hours that nobody sent: %d %s", status, body)
	}
	if status, body := s.send(door+"?origin=export&dry_run=true", admin, frenchHours()); status != http.StatusOK || s.basis().Method != "D1" {
		t.Errorf("a dry run: %d %s", status, body)
	}
	if status, body := s.send(door+"?origin=export", admin, frenchHours()); status != http.StatusOK || !strings.Contains(body, `"changed":1`) {
		t.Fatalf("%d %s", status, body)
	}
	b := s.basis()
	if mwh := float64(b.Annual / interval.MegawattHour); b.Method != "DS1" || b.FileYear != 2025 || b.Origin != "export" || mwh < 12_001-1 || mwh > 12_001+1 {
		t.Errorf("the demand is %g MWh by %s of %d, by %s", mwh, b.Method, b.FileYear, b.Origin)
	}
	status, back := s.get(door, admin)
	if status != http.StatusOK || back != frenchHours() {
		t.Errorf("%d, %d bytes came back of %d", status, len(back), len(frenchHours()))
	}
	if status, body := s.send(door+"?origin=export", admin, back); status != http.StatusOK || !strings.Contains(body, `"same":1`) {
		t.Errorf("the same again: %d %s", status, body)
	}
	if status, page := s.get("/network/north?year=2025&lang=en", ""); status != http.StatusOK {
		t.Errorf("the network's page: %d %s", status, page)
	}
	for name, token := range map[string]string{"an agent": secret, "an authority": s.readers()["authority"]} {
		if status, _ := s.get(door, token); status != http.StatusForbidden {
			t.Errorf("%s reads the hours: %d", name, status)
		}
		if status, _ := s.send(door+"?origin=export", token, back); status != http.StatusForbidden {
			t.Errorf("%s sends hours: %d", name, status)
		}
	}

	next := newHouse(t, "")
	file := filepath.Join(t.TempDir(), "demand.csv")
	if err := os.WriteFile(file, []byte(back), 0o600); err != nil {
		t.Fatal(err)
	}
	next.must(registry.CmdRegistry, "declare", "network", "id=north", "name=Nord", "fluid=hot_water", "climate_zone=H1a", "supply_cold_c=80", "supply_mild_c=65",
		"return_cold_c=50", "return_mild_c=40", "demand_csv="+file, "demand_origin=export")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	next.must(registry.CmdRegistry, "declare", "network", "id=north", "enrr_percent=52")
	if again, err := next.run(registry.CmdRegistry, "hours", "north"); err != nil || again != back {
		t.Errorf("the next collector gives %d bytes of %d, %v", len(again), len(back), err)
	}
	if err := registry.Verify(context.Background(), filepath.Join(next.cfg.Data, registry.FileName)); err != nil {
		t.Error(err)
	}

	if err := s.declared.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := s.get(door, admin); status != http.StatusServiceUnavailable {
		t.Errorf("read from a registry that cannot be asked: %d %s", status, body)
	}
	if status, body := s.send(door+"?origin=export", admin, back); status != http.StatusServiceUnavailable {
		t.Errorf("sent to a registry that cannot be asked: %d %s", status, body)
	}
}

// Hours that cannot be meant are refused with their line, and leave what was
// there before.
func TestHoursThatCannotBeMeantAreRefused(t *testing.T) {
	s := newTownServer(t)
	admin := s.made(rights.Identity{Holder: "keeper", Role: rights.Admin})
	rows := func(n int, third string) string { return "demand_kw\n5\n" + third + "\n" + strings.Repeat("5\n", n-2) }
	for name, c := range map[string]struct {
		query, body string
		status      int
		says        string
	}{
		"an hour too few":               {"origin=x&year=2025", rows(8759, "5"), 400, "8759 rows for 8760 hours"},
		"quarter-hours":                 {"origin=x&year=2025", rows(4*8760, "5"), 400, "quarter-hours"},
		"a leap year's for another":     {"origin=x&year=2025", rows(8784, "5"), 400, "8784 rows are not the hours of 2025"},
		"another's for a leap year":     {"origin=x&year=2024", rows(8760, "5"), 400, "8760 rows are not the hours of 2024"},
		"not a number":                  {"origin=x&year=2025", rows(8760, "NaN"), 400, `line 3: hourly demand: row 2: \"NaN\"`},
		"infinite":                      {"origin=x&year=2025", rows(8760, "Inf"), 400, "line 3"},
		"nothing in a cell":             {"origin=x&year=2025", rows(8760, `""`), 400, "line 3"},
		"negative":                      {"origin=x&year=2025", rows(8760, "-1"), 400, "line 3"},
		"negative, in a leap year":      {"origin=x&year=2024", rows(8784, "-1"), 400, "line 3"},
		"a comma that parts and points": {"origin=x", "time,demand_kw\n2025-01-01 00:00,1,5\n", 400, "line 2"},
		"no unit":                       {"origin=x&year=2025", "demand\n5\n", 400, "name it demand_kw or demand_mw"},
		"no year":                       {"origin=x", rows(8760, "5"), 400, "of which year"},
		"a year that is none":           {"origin=x&year=20x5", rows(8760, "5"), 400, `\"20x5\" is not a year`},
		"a day that is none":            {"origin=x&year=2025&valid_from=1.7.2026", rows(8760, "5"), 400, "not a day"},
		"no origin":                     {"year=2025", rows(8760, "5"), 400, "whose export"},
		"a parameter misspelt":          {"origin=x&yaer=2025", rows(8760, "5"), 400, `no parameter \"yaer\"`},
		"no body":                       {"origin=x&year=2025", "", 400, "empty"},
		"too much":                      {"origin=x&year=2025", strings.Repeat("5\n", maxBody/2+1), 413, "more than"},
	} {
		if status, body := s.send("/api/v1/networks/north/demand?"+c.query, admin, c.body); status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s: %d %s, want %d %q", name, status, body, c.status, c.says)
		}
	}
	if status, body := s.send("/api/v1/networks/none/demand?origin=x&year=2025", admin, rows(8760, "5")); status != http.StatusNotFound {
		t.Errorf("a network that nobody declared: %d %s", status, body)
	}
	if b := s.basis(); b.Method != "D1" {
		t.Errorf("refused hours are the demand: %+v", b)
	}
}
