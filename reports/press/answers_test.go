package press_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"thermie/collector"
	"thermie/interval"
	"thermie/reports/press"
)

// authority is one that writes its dossier again with each answer to a letter.
type authority struct {
	*testing.T
	dir string
}

// dossier writes the dossier of what is declared of the one site and of what
// its meters said, and returns the heat, its band and the page.
func (a authority) dossier(declared string, meters []byte) (mwh, u float64, page string) {
	a.Helper()
	config, export, out := filepath.Join(a.dir, "collector.yaml"), filepath.Join(a.dir, "meters.lines"), filepath.Join(a.dir, "out")
	text := "territories:\n  - {siren: \"200056232\", name: Paris-Saclay, kind: CA, millesime: 2025, sites: [nord]}\n" +
		"sites:\n  - {id: nord, name: Centre Nord, operator: Alpha, tap: chilled_water_return, it_rated_kw: 1200, utc_offset_min: 60, data: declared" + declared + "}\n"
	for file, data := range map[string][]byte{config: []byte(text), export: meters} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			a.Fatal(err)
		}
	}
	var digest, said bytes.Buffer
	args := []string{"pcaet", "-json", "-config", config, "-from", export, "-territory", "200056232", "-year", "2025", "-date", "2026-03-01", "-out", out}
	if err := press.Command(collector.OpenSource, "test")(a.Context(), args, &digest, &said); err != nil {
		a.Fatalf("%v\n%s", err, said.String())
	}
	var s struct {
		Territory struct {
			Gisement struct {
				Value    float64 `json:"value"`
				Expanded float64 `json:"U"`
			} `json:"gisement_mwh"`
		} `json:"territory"`
	}
	if err := json.Unmarshal(digest.Bytes(), &s); err != nil {
		a.Fatal(err)
	}
	html, err := os.ReadFile(filepath.Join(out, "pcaet.html"))
	if err != nil {
		a.Fatal(err)
	}
	return s.Territory.Gisement.Value, s.Territory.Gisement.Expanded, string(html)
}

// metered is a year of one meter, by the day.
func metered(meter string, point interval.Point, kind interval.Kind, kw float64) []byte {
	lines := append(interval.Card{Site: "nord", Meter: meter, ValidFrom: 1, Point: &point}.AppendLine(nil), '\n')
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	for h := range 8760 {
		r := interval.Record{Site: "nord", Meter: meter, Kind: kind, Start: first.Add(time.Duration(h) * time.Hour).Unix(), Length: 3600,
			SI: kw * 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN()}
		r.Flags = r.Flags.With(interval.Live)
		lines = append(r.AppendLine(lines), '\n')
	}
	return lines
}

// bands are the per cent that the dossier prints of a site's heat: by its
// power alone, by what is declared, and today; NaN where nothing is.
func bands(t *testing.T, page string) [3]float64 {
	t.Helper()
	_, table, found := strings.Cut(page, "Ce que chaque réponse a resserré")
	if !found {
		t.Fatal("the dossier does not say what the answers brought")
	}
	table, _, _ = strings.Cut(table, "</table>")
	_, row, _ := strings.Cut(table, "<tbody>")
	var all [3]float64
	cells := regexp.MustCompile(`(?s)<td[^>]*>(.*?)</td>`).FindAllStringSubmatch(row, -1)
	for i := range all {
		text := strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cells[i][1], ""))
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			v = math.NaN()
		}
		all[i] = v
	}
	return all
}

// A nameplate, a yearly declaration, the IT meter and the heat meter: each
// answer narrows the band, and the dossier says from how much to how much.
func TestEachAnswerNarrowsTheBandAndTheDossierSaysByHowMuch(t *testing.T) {
	a := authority{t, t.TempDir()}
	it := metered("it", interval.Point{Name: "Onduleurs", Role: interval.RoleIT, InRoom: true, Class: "iec62053-1", Data: interval.MeasuredData}, interval.ElectricEnergy, 700)
	heat := metered("chaud", interval.Point{Name: "Retour d'eau glacée", Role: interval.RoleHeat, Class: "en1434-2", Data: interval.MeasuredData}, interval.ThermalEnergy, 690)
	before := math.Inf(1)
	for step, answer := range []struct {
		tier, declared string
		meters         []byte
	}{
		{"T5", "", nil},
		{"T4", ", total_declared_kwh: 8600000, pue_assumed: 1.4", nil},
		{"T3", ", total_declared_kwh: 8600000, pue_assumed: 1.4", it},
		{"T1", ", total_declared_kwh: 8600000, pue_assumed: 1.4", append(it, heat...)},
	} {
		mwh, u, page := a.dossier(answer.declared, answer.meters)
		band := 100 * u / mwh
		if !(band < before) {
			t.Errorf("%s: ± %.1f %%, not narrower than ± %.1f %%", answer.tier, band, before)
		}
		before = band
		told := bands(t, page)
		if math.Abs(told[2]-band) > 1 {
			t.Errorf("%s: the dossier says ± %.0f %%, its figure is %.0f ± %.0f MWh (%.1f %%)", answer.tier, told[2], mwh, u, band)
		}
		if !(told[0] >= told[2]) || (step > 0) == math.IsNaN(told[1]) || step > 0 && !(told[0] > told[1] && told[1] >= told[2]) {
			t.Errorf("%s: the dossier says from ± %v %% to ± %v %% to ± %v %%", answer.tier, told[0], told[1], told[2])
		}
		if !strings.Contains(page, answer.tier) {
			t.Errorf("the dossier does not name %s", answer.tier)
		}
		t.Logf("%s: %.0f ± %.0f MWh, the dossier: %v", answer.tier, mwh, u, told)
	}
}
