package exchange

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/gis"
)

// sampleSeries is three days of a simulated source around the leap day of
// 2024, connected to a network, with three gaps of an hour: small enough for
// golden files, and everything in it that a format must cope with.
func sampleSeries(lang string) *SourceSeries {
	outdoor := []interval.Temperature{interval.Celsius(-7), interval.Celsius(15)}
	network := configs.Network{ID: "marais", Name: "Réseau « des Marais »", Operator: "Régie", Fluid: "hot_water", Demand: 42000, EnRRShare: new(40.0),
		Latitude: 46.602, Longitude: 2.595, ClimateZone: "H1a", Fictitious: true}
	link := &reports.SourceLink{Network: network, Length: 771, Delivery: heat.Delivery{
		Delivered: []interval.Power{1500e3, 1400e3}, SCOP: 4.25, PeakPump: 1500e3,
		CapturedHeat:  heat.Quantity{Value: 5208 * 3.6e9, U: 118 * 3.6e9, Known: true},
		DeliveredHeat: heat.Quantity{Value: 6175 * 3.6e9, U: 140 * 3.6e9, Known: true}}}
	link.Size(heat.DefaultCurve(), outdoor)
	point := func(id string, role interval.Role) interval.Card {
		return interval.Card{Site: "dlc-2mw", Meter: id, ValidFrom: 1, Point: &interval.Point{Name: id, Role: role}}
	}
	s := &SourceSeries{
		ID: "dlc-2mw", Year: 2024, From: time.Date(2024, time.February, 28, 0, 0, 0, 0, time.FixedZone("UTC+1", 3600)),
		Place: interval.Site{Name: "Calculateur\nd'essai", Operator: "=Estran", Commune: "99902", Latitude: 46.597, Longitude: 2.602, Tap: "direct_to_chip",
			Data: interval.SimulatedData, Fictitious: true},
		Annual: true, Heat: heat.Quantity{Value: 9032 * 3.6e9, U: 242 * 3.6e9, Coverage: 0.97, Method: "T1", Known: true, Simulated: true},
		HandedOver: heat.Quantity{Value: 1000 * 3.6e9, Known: true},
		Supply:     interval.Celsius(45.02), Return: interval.Celsius(35),
		Points: []interval.Card{point("heat", interval.RoleHeat), point("hall", interval.RoleIT)},
		Link:   link, Networks: []configs.Network{network},
		lang: lang, date: time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC), software: "test",
	}
	for h := range 72 {
		hour := unknownHour()
		if h != 5 && h != 30 && h != 31 {
			hour = SourceHour{Power: interval.Power(800e3 + 20e3*(h%24)), Supply: interval.Celsius(45), Return: interval.Celsius(35),
				Flow: 0.025, Coverage: 1, Tier: heat.T1, Stated: h == 40}
		}
		s.Hours = append(s.Hours, hour)
	}
	s.Hours[10].Coverage = 0.9996
	return s
}

// sampleRecords are what two meters said in half an hour, a gap included.
func sampleRecords() []interval.Record {
	at := time.Date(2024, time.February, 28, 0, 0, 0, 0, time.UTC).Unix()
	record := func(meter string, kind interval.Kind, step int64, si, cov float64) interval.Record {
		return interval.Record{Site: "dlc-2mw", Meter: meter, Kind: kind, Start: at + step*600, Length: 600, SI: si, Cov: cov}
	}
	simulated := record("heat", interval.ThermalEnergy, 2, 480e6, 1)
	simulated.Flags = interval.Simulated
	live := record("heat", interval.SupplyTemperature, 1, 318.25, 1)
	live.Flags = live.Flags.With(interval.Live)
	return []interval.Record{
		record("heat", interval.ThermalEnergy, 0, 240e6, 0.5), record("heat", interval.SupplyTemperature, 0, 318.15, 1),
		record("heat", interval.ThermalEnergy, 1, math.NaN(), 0), live,
		simulated, record("hall", interval.ElectricPower, 0, 1, 1),
	}
}

// seriesFile renders one format of the sample.
func seriesFile(t *testing.T, key, lang string) []byte {
	t.Helper()
	for _, f := range sourceFormats {
		if f.key == key {
			var b bytes.Buffer
			if err := f.write(&b, sampleSeries(lang), sampleRecords()); err != nil {
				t.Fatalf("%s: %v", key, err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("no format %q", key)
	return nil
}

func TestGapsAreFilledFromTheSameHourOfTheMonthAndMarked(t *testing.T) {
	s := sampleSeries("fr")
	hours, filled, err := s.Filled()
	if err != nil {
		t.Fatal(err)
	}
	if filled != 3 {
		t.Errorf("%d hours filled, want 3", filled)
	}
	// 05:00 on 28 February: only 29 February knows that hour of the month.
	if got := hours[5]; got.Power != s.Hours[29].Power || !got.Estimated || got.Coverage != 0 || !got.Stated {
		t.Errorf("hour 5 is %+v, want the power of hour 29, marked", got)
	}
	if s.Hours[5].Known() {
		t.Error("filling changed the series itself")
	}
	if got := len(s.withoutLeapDay(hours)); got != 48 {
		t.Errorf("%d hours without 29 February, want 48", got)
	}
}

// A month that nobody saw takes the year's mean at that time of day.
func TestAWholeMonthMissingIsFilledFromTheYear(t *testing.T) {
	s := sampleSeries("fr")
	for h := 48; h < 60; h++ { // the first half of 1 March
		s.Hours[h] = unknownHour()
	}
	for h := 60; h < 72; h++ {
		s.Hours[h].Power = 500e3
	}
	hours, _, err := s.Filled()
	if err != nil {
		t.Fatal(err)
	}
	if got := hours[50].Power; got != 500e3 {
		t.Errorf("filled with %g W, want the month's mean of 500 kW", float64(got))
	}
}

func TestTooFewHoursAreRefusedNotInvented(t *testing.T) {
	s := sampleSeries("fr")
	for h := range s.Hours[:24] {
		s.Hours[h] = unknownHour()
	}
	for _, key := range []string{"npro", "modelica", "emb3rs", "thermos", "pfa"} {
		for _, f := range sourceFormats {
			var why *refusal
			if err := f.write(io.Discard, s, nil); f.key == key && !errors.As(err, &why) {
				t.Errorf("%s: got %v, want a refusal", key, err)
			}
		}
	}
	if layers, err := s.MapLayers(); err != nil || firstValue(layers[0], "p90_kw") != nil {
		t.Errorf("the map states a firm power of a third of the hours (%v)", err)
	}
}

// firstValue is the value of a layer's first feature.
func firstValue(l gis.MapLayer, name string) any {
	for i, f := range l.Fields {
		if f.Name == name {
			return l.Features[0].Values[i]
		}
	}
	return "no such field"
}

// A site of which nothing is known has a map and empty profiles, and no
// number anywhere.
func TestNothingKnownIsNoNumber(t *testing.T) {
	s := sampleSeries("fr")
	for h := range s.Hours {
		s.Hours[h] = unknownHour()
	}
	s.Heat, s.HandedOver, s.Annual, s.Link = heat.Quantity{}, heat.Quantity{}, false, nil
	s.Supply, s.Return = interval.Temperature(math.NaN()), interval.Temperature(math.NaN())
	files, err := s.files(nil)
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	for _, f := range files {
		written = append(written, strings.TrimPrefix(f.Name, s.ID))
	}
	if want := []string{"-pfa-profil.csv", ".gpkg", "-source.geojson", "-connection.geojson", "-network.geojson", "-files.txt"}; !slices.Equal(written, want) {
		t.Errorf("written %v, want %v", written, want)
	}
	layers, err := s.MapLayers()
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range layers[0].Features[0].Values {
		if _, number := v.(float64); number && layers[0].Fields[i].Name != "coverage" {
			t.Errorf("%s is %v", layers[0].Fields[i].Name, v)
		}
	}
	var profile bytes.Buffer
	if err := WritePFAProfile(&profile, s); err != nil || !strings.Contains(profile.String(), "2024-02-28 07:00;;;;0,000;") {
		t.Errorf("the profile of nothing (%v):\n%.400s", err, profile.String())
	}
}

func TestSomeDaysAreNoAnnualHeat(t *testing.T) {
	s := sampleSeries("fr")
	s.Annual = false
	layers, err := s.MapLayers()
	if err != nil {
		t.Fatal(err)
	}
	if got := firstValue(layers[0], "heat_available_mwh"); got != nil {
		t.Errorf("the map states %v MWh a year from some days", got)
	}
	if got := sampleSeries("fr").Available().Value; got != 8032*3.6e9 {
		t.Errorf("available heat %g J: what is handed over must be subtracted", got)
	}
}
