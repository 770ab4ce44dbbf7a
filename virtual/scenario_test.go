package virtual

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

func TestTheFilesOfTheDemonstrationAreCleanConfigurations(t *testing.T) {
	dir := t.TempDir()
	path, err := WriteMicroDC(dir, "127.0.0.1:1502", "127.0.0.1:1883", "http://127.0.0.1:9000/step", "http://127.0.0.1:8086")
	if err != nil {
		t.Fatal(err)
	}
	agent, err := configs.LoadAgent(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(agent.Points) != 10 || len(agent.Modbus[0].Devices) != 7 || agent.Site.Data != interval.MeasuredData || !agent.Site.Fictitious {
		t.Errorf("micro-dc: %d points, %d devices, data %s", len(agent.Points), len(agent.Modbus[0].Devices), agent.Site.Data)
	}
	_, mapPath, err := WriteMicroDCHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := configs.LoadCSVMap(mapPath, agent); err != nil {
		t.Error(err)
	}
	for _, site := range SimulatedSites() {
		configPath, _, mapPath, err := WriteSimulated(dir, site, "http://127.0.0.1:8086", 2025)
		if err != nil {
			t.Fatal(err)
		}
		agent, err := configs.LoadAgent(configPath)
		if err != nil {
			t.Fatal(err)
		}
		m, err := configs.LoadCSVMap(mapPath, agent)
		if err != nil {
			t.Fatal(err)
		}
		if !m.Simulated || agent.Site.Data != interval.SimulatedData {
			t.Errorf("%s is not labelled simulated", site)
		}
		for _, p := range agent.Points {
			if p.Data != interval.SimulatedData || p.Origin == "" {
				t.Errorf("%s %s: data %q, origin %q", site, p.ID, p.Data, p.Origin)
			}
		}
	}
}

// Who tries the chain by hand gets a collector that knows the agent, once.
func TestATrialIsTwoConfigurationsThatKnowEachOther(t *testing.T) {
	d, err := Start(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	dir := filepath.Join(t.TempDir(), "trial")
	trial, err := d.WriteTrial(dir, "127.0.0.1:8086")
	if err != nil {
		t.Fatal(err)
	}
	agent, err := configs.LoadAgent(trial.Agent)
	if err != nil {
		t.Fatal(err)
	}
	collector, err := configs.LoadCollector(trial.Collector)
	if err != nil {
		t.Fatal(err)
	}
	if token := collector.Tokens[0]; token.Site != agent.Site.ID || token.File != agent.Collector.TokenFile || agent.Collector.URL != "http://127.0.0.1:8086" {
		t.Errorf("the collector takes %+v, the agent shows %s at %s", token, agent.Collector.TokenFile, agent.Collector.URL)
	}
	if _, err := d.WriteTrial(dir, "127.0.0.1:8086"); err == nil || !strings.Contains(err.Error(), "hint") {
		t.Errorf("a second trial in the same folder: %v", err)
	}
}

// The parts' meters add up to the total's in every hour but for their steps,
// and the file gives the same bytes each time.
func TestTheSimulatedYearAsAFile(t *testing.T) {
	for _, site := range SimulatedSites() {
		file, err := SimulateYear(site, 2025)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := SimulateYear(site, 2025); err != nil || !bytes.Equal(file, again) {
			t.Errorf("%s: two runs differ (%v)", site, err)
		}
		rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 1+8761 || rows[1][0] != "2025-01-01 00:00" || rows[8761][0] != "2026-01-01 00:00" {
			t.Fatalf("%s: %d rows, %s to %s", site, len(rows), rows[1][0], rows[len(rows)-1][0])
		}
		for i := 2; i < len(rows); i++ {
			growth := func(column int) float64 { return number(t, rows[i][column]) - number(t, rows[i-1][column]) }
			if rest := growth(1) - growth(2) - growth(3) - growth(4) - growth(5); rest > 0.51 || rest < -0.51 {
				t.Fatalf("%s %s: the parts miss the total by %.1f kWh", site, rows[i][0], rest)
			}
		}
	}
}

func TestALeapYearHasAllItsHours(t *testing.T) {
	celsius, err := outdoorYear("H1a", 2028)
	if err != nil || len(celsius) != 8784 {
		t.Fatalf("%d hours, %v", len(celsius), err)
	}
	feb28 := (31 + 27) * 24
	for h := range 24 {
		if celsius[feb28+h] != celsius[feb28+24+h] {
			t.Errorf("29 February %d h: %v °C, the 28th has %v", h, celsius[feb28+24+h], celsius[feb28+h])
		}
	}
}

func TestUnknownNamesAreNamed(t *testing.T) {
	if _, err := SimulateYear("air-6mw", 2025); err == nil {
		t.Error("an unknown site was simulated")
	}
	if _, err := outdoorYear("H9", 2025); err == nil {
		t.Error("an unknown climate zone has weather")
	}
	if _, _, _, err := WriteSimulated(os.DevNull, "air-5mw", "http://127.0.0.1:1", 2025); err == nil {
		t.Error("files were written into a folder that cannot be")
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
