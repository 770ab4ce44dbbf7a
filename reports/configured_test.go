package reports

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// wired sends cards and hourly means over the wire, as an agent does, and
// reads the site's year back.
func wired(t *testing.T, agent *configs.Agent, hourly map[string]interval.Record) *SiteResult {
	t.Helper()
	year := heat.YearOf(2025, agent.Site.UTCOffsetMin)
	var lines []byte
	put := func(line func([]byte) []byte) { lines = append(line(lines), '\n') }
	place := agent.Site.Site
	put(interval.Card{Site: agent.Site.ID, Meter: interval.SiteCard, ValidFrom: 1, Place: &place}.AppendLine)
	for _, p := range agent.Points {
		point := p.Point
		put(interval.Card{Site: agent.Site.ID, Meter: p.ID, ValidFrom: 1, Point: &point}.AppendLine)
	}
	for meter, r := range hourly {
		r.Site, r.Meter, r.Length, r.Cov, r.Flags = agent.Site.ID, meter, 3600, 1, interval.Flags(0).With(interval.Live)
		for at := year.From; at.Before(year.To); at = at.Add(time.Hour) {
			r.Start = at.Unix()
			put(r.AppendLine)
		}
	}
	file, err := ReadFile("export.lp", bytes.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	if refused, first := file.Faults(); refused > 0 {
		t.Fatalf("%d lines refused: %v", refused, first)
	}
	r, err := ReadSite(context.Background(), file, agent.Site.ID, Options{Year: 2025, AllowFictitious: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// energy and outdoor are an hour's record of some kWh, and of a temperature.
func energy(kwh float64) interval.Record {
	return interval.Record{Kind: interval.ElectricEnergy, SI: kwh * 3.6e6, Min: math.NaN(), Max: math.NaN()}
}

func outdoor(celsius float64) interval.Record {
	return interval.Record{Kind: interval.OutdoorTemperature, SI: 273.15 + celsius, Min: math.NaN(), Max: math.NaN()}
}

// The sample configuration's cooling plant, its chiller's electricity and the
// weather are all that tier T2 needs.
func TestCoolingElectricityFromConfigurationToEstimate(t *testing.T) {
	agent, err := configs.LoadAgent("../configs/agent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	agent.Points = slices.DeleteFunc(agent.Points, func(p configs.Point) bool { return p.ID != "chiller" && p.ID != "outdoor" })
	for celsius, cop := range map[float64]float64{25: 4.4, 2: 16} {
		r := wired(t, agent, map[string]interval.Record{"chiller": energy(10), "outdoor": outdoor(celsius)})
		q := r.Heat()
		if got := q.Value / 3.6e6 / 8760 / 10; q.Method != "T2" || got < cop-1e-9 || got > cop+1e-9 {
			t.Errorf("at %g °C: method %s, %g kWh of heat per kWh, want %g by T2", celsius, q.Method, got, cop)
		}
	}
}

// A hall that outdoor air cools gives 0.30 of its IT heat at −5 °C, where a
// capture fraction alone would say 0.80.
func TestAirHallFromConfigurationToEstimate(t *testing.T) {
	agent, err := configs.DecodeAgent("agent.yaml", []byte(`
site: {id: hall, name: Hall, tap: return_air, it_rated_kw: 1000, data: measured, air_hall: {floor_c: 20}}
collector: {url: "http://127.0.0.1:1", token_file: t, bucket: b}
points:
  - {id: it, name: IT, role: it, class: iec62053-1}
  - {id: outdoor, name: Outdoor, role: climate}
`))
	if err != nil {
		t.Fatal(err)
	}
	r := wired(t, agent, map[string]interval.Record{"it": energy(680), "outdoor": outdoor(-5)})
	if got := r.Heat().Value / 3.6e6 / 8760 / 680; got < 0.30328 || got > 0.30329 || !slices.Contains(r.Estimate.Notes, "air_economiser_floor") {
		t.Errorf("%g of the IT heat, notes %v", got, r.Estimate.Notes)
	}
}

// network writes a collector's configuration with one network beside its
// demand file, and returns what a match would compute with.
func network(t *testing.T, keys, demand string) (heat.Network, DemandBasis, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "collector.yaml")
	for name, text := range map[string]string{"demand.csv": demand, "collector.yaml": `
listen: 127.0.0.1:8086
data: data
networks:
  - id: nord
    name: Nord
    fluid: hot_water
    climate_zone: H1a
    supply_cold_c: 90
    return_cold_c: 50
    supply_mild_c: 65
    return_mild_c: 42
    ` + keys + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	col, err := configs.LoadCollector(path)
	if err != nil {
		t.Fatal(err)
	}
	return ModelOf(col.Networks[0], heat.YearOf(2025, 60))
}

// rows are stamped hours of a constant demand and −3 °C outdoors.
func rows(leave int) string {
	b := strings.Builder{}
	b.WriteString("time;demand_mw;outdoor_c\n")
	from := heat.YearOf(2025, 60).From
	for h := range 8760 {
		if h != leave {
			fmt.Fprintf(&b, "%s;2,5;-3\n", from.Add(time.Duration(h)*time.Hour).Format("2006-01-02 15:04"))
		}
	}
	return b.String()
}

func TestTheDemandOfANetworkFromItsConfiguration(t *testing.T) {
	for name, c := range map[string]struct {
		keys, method string
		mwh          float64
	}{
		"degree hours":       {"demand_mwh: 20000", "D1", 20_000},
		"a mild year":        {"demand_mwh: 20000\n    demand_degree_days_k_d: 1900\n    demand_origin: report", "D1", 20_000 * (0.3 + 0.7*2384./1900)},
		"a standard profile": {"demand_mwh: 20000\n    demand_profile: MFH\n    demand_origin: study", "BD1", 20_000},
		"its own hours":      {"demand_csv: demand.csv\n    demand_origin: export", "DS1", 2.5 * 8760},
	} {
		n, basis, err := network(t, c.keys, rows(-1))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := float64(basis.Annual / interval.MegawattHour); basis.Method != c.method || got < 0.999*c.mwh || got > 1.001*c.mwh {
			t.Errorf("%s: %g MWh by %s, want %g by %s", name, got, basis.Method, c.mwh, c.method)
		}
		if own := n.Outdoor[5] == interval.Celsius(-3); own != basis.OwnWeather || own != (c.method == "DS1") {
			t.Errorf("%s: outdoor %.1f °C, own weather %v", name, n.Outdoor[5].Celsius(), basis.OwnWeather)
		}
	}
}

func TestADemandFileThatLacksAnHourIsRefused(t *testing.T) {
	_, _, err := network(t, "demand_csv: demand.csv\n    demand_origin: export", rows(2965))
	if err == nil || !strings.Contains(err.Error(), "the hour 2025-05-04 13:00 is missing") {
		t.Errorf("8,759 rows: %v", err)
	}
	if _, _, err = network(t, "demand_csv: elsewhere.csv\n    demand_origin: export", ""); err == nil || !strings.Contains(err.Error(), "demand_csv") {
		t.Errorf("no file: %v", err)
	}
}

func TestTheDesignOfANetworkFromItsConfiguration(t *testing.T) {
	n, _, err := network(t, `demand_mwh: 20000
    injection: return_to_return
    injection_rise_k: 8
    preheat: true
    storage_mwh: 10
    storage_mw: 2
    storage_loss_percent_per_day: 4
    highest_sink_c: 85
    heat_pump_points:
      - {source_in_c: 30, source_out_c: 20, sink_in_c: 50, sink_out_c: 85, cop: 4.35}
    design_origin: study`, "")
	if err != nil {
		t.Fatal(err)
	}
	day := 1.0
	for range 24 {
		day *= 1 - n.Storage.Loss
	}
	if n.Injection != heat.ReturnToReturn || n.Rise != 8 || !n.Preheat || n.Storage.Power != 2*interval.Megawatt ||
		day < 0.9599 || day > 0.9601 || n.HighestSink != interval.Celsius(85) || len(n.Points) != 1 {
		t.Errorf("%+v, %g of a tank is left after a day", n.Storage, day)
	}
}
