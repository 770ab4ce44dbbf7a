package reports

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/virtual"
)

// The fixtures are the demonstration's own sites: a day that was really
// measured and two simulated years, each through its own file, map and the
// interval builder, written out as an export and read back.

var exportOnce = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "reports")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var export []byte
	add := func(configPath, csvPath, mapPath string, err error) error {
		if err != nil {
			return err
		}
		lines, err := exportOf(configPath, csvPath, mapPath)
		export = append(export, lines...)
		return err
	}
	for _, site := range virtual.SimulatedSites() {
		if err := add(virtual.WriteSimulated(dir, site, "http://127.0.0.1:1", 2025)); err != nil {
			return nil, err
		}
	}
	config, err := virtual.WriteMicroDC(dir, "127.0.0.1:1", "127.0.0.1:1", "http://127.0.0.1:1/step", "http://127.0.0.1:1")
	if err != nil {
		return nil, err
	}
	history, columns, err := virtual.WriteMicroDCHistory(dir)
	return export, add(config, history, columns, err)
})

// fixture returns the export of the demonstration's three sites.
func fixture(t *testing.T) []byte {
	t.Helper()
	export, err := exportOnce()
	if err != nil {
		t.Fatal(err)
	}
	return export
}

var sourceOnce = sync.OnceValues(func() (*File, error) {
	export, err := exportOnce()
	if err != nil {
		return nil, err
	}
	return ReadFile("export.lp", bytes.NewReader(export))
})

func fixtureSource(t *testing.T) *File {
	t.Helper()
	f, err := sourceOnce()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// exportOf turns one site's history into wire lines.
func exportOf(configPath, csvPath, mapPath string) ([]byte, error) {
	agent, err := configs.LoadAgent(configPath)
	if err != nil {
		return nil, err
	}
	m, err := configs.LoadCSVMap(mapPath, agent)
	if err != nil {
		return nil, err
	}
	var lines []byte
	put := func(line func([]byte) []byte) { lines = append(line(lines), '\n') }
	place := agent.Site.Site
	put(interval.Card{Site: agent.Site.ID, Meter: interval.SiteCard, ValidFrom: 1, Place: &place}.AppendLine)
	for _, p := range agent.Points {
		point := p.Point
		put(interval.Card{Site: agent.Site.ID, Meter: p.ID, ValidFrom: 1, Point: &point}.AppendLine)
	}
	readings, err := readingsOf(csvPath, m)
	if err != nil {
		return nil, err
	}
	flags := interval.Flags(0).With(interval.Imported)
	if m.Simulated {
		flags |= interval.Simulated
	}
	b := interval.NewBuilder(interval.BuilderConfig{Site: agent.Site.ID, Length: time.Duration(m.Interval), MaxHold: time.Duration(m.MaxHold), Flags: flags})
	for _, r := range readings {
		if err := b.Add(r); err != nil {
			return nil, err
		}
	}
	last := readings[len(readings)-1].At
	records := b.Advance(last.Add(24 * time.Hour))
	for _, r := range interval.Merge(records) {
		put(r.AppendLine)
	}
	return lines, nil
}

// readingsOf reads the rows of a history by its map.
func readingsOf(csvPath string, m *configs.CSVMap) ([]interval.Reading, error) {
	data, err := os.ReadFile(csvPath)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var readings []interval.Reading
	for _, row := range rows[1:] {
		at, err := instant(row[column[m.Time.Column]], m.Time)
		if err != nil {
			return nil, err
		}
		for _, c := range m.Columns {
			v, err := strconv.ParseFloat(row[column[c.Column]], 64)
			if err != nil {
				continue
			}
			unit, err := configs.UnitFor(c.Kind, c.Unit)
			if err != nil {
				return nil, err
			}
			readings = append(readings, interval.Reading{Meter: c.Point, Kind: c.Kind, At: at, SI: unit.SI(v)})
		}
	}
	return readings, nil
}

func instant(text string, c configs.CSVTime) (time.Time, error) {
	zone := time.FixedZone("", 3600)
	if c.Format != "day_fraction" {
		return time.ParseInLocation(c.Format, text, zone)
	}
	day, err := time.ParseInLocation(time.DateOnly, c.Day, zone)
	if err != nil {
		return day, err
	}
	fraction, err := strconv.ParseFloat(text, 64)
	return day.Add(time.Duration(math.Round(fraction*86400*1000)) * time.Millisecond), err
}

// fixtureConfig is the collector's configuration of the fixture's territory.
const fixtureConfig = `
tokens:
  - {site: air-5mw, file: air-5mw.token}
  - {site: dlc-2mw, file: dlc-2mw.token}
  - {site: micro-dc, file: micro-dc.token}
territories:
  - siren: "999000012"
    name: "Communauté d'agglomération fictive des Marais"
    kind: CA
    millesime: 2025
    population: 84210
    communes_insee: ["99901", "99902"]
    sites: [air-5mw, dlc-2mw, micro-dc]
    networks: [marais]
    fictitious: true
networks:
  - id: marais
    name: "Réseau de chaleur fictif des Marais"
    operator: "Régie fictive de chaleur"
    fluid: hot_water
    demand_mwh: 42000
    enrr_percent: 40
    co2_direct_kg_per_kwh: 0.142
    co2_life_cycle_kg_per_kwh: 0.171
    supply_cold_c: 90
    return_cold_c: 50
    supply_mild_c: 65
    return_mild_c: 42
    climate_zone: H1a
    latitude_deg: 46.602
    longitude_deg: -3.405
    fictitious: true
`

func fixtureArea(t *testing.T) Area {
	t.Helper()
	c, err := configs.DecodeCollector("collector.yaml", []byte(fixtureConfig))
	if err != nil {
		t.Fatal(err)
	}
	area, err := NewArea(c, "999000012")
	if err != nil {
		t.Fatal(err)
	}
	return area
}

func fixtureOptions(out string) Options {
	return Options{Year: 2025, Lang: "fr", Date: time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC), Software: "test", AllowFictitious: true, Out: out}
}
