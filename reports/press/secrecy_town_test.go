package press

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/disclosure"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/fixture"
)

// town is a territory of declared sites, each of an operator of its own.
type town struct {
	operators int
	share     float64 // of the first operator's power in all; 0: alike
	silent    bool    // nobody publishes anything
	meters    bool    // each hands heat over to a neighbour, by a meter
	extended  bool    // four are extended, each at its own times by its own shares
}

func (w town) sites() (all []configs.SiteEntry) {
	others := 0.0
	power := func(i int) float64 { return 311 + float64((i*7919)%2500) + float64(i%7)/8 }
	for i := 1; i < w.operators; i++ {
		others += power(i)
	}
	for i := range w.operators {
		kw := power(i)
		if i == 0 && w.share > 0 {
			kw = max(kw, others*w.share/(1-w.share))
		}
		all = append(all, configs.SiteEntry{ID: fmt.Sprintf("hall-%03d", i), Site: interval.Site{
			Name: fmt.Sprintf("Baie-Nommée-%03d", i), Operator: fmt.Sprintf("Exploitante-%03d SAS", i), OperatorSIREN: strconv.Itoa(910000000 + i),
			SIRET: strconv.Itoa(910000000+i) + "00013", Latitude: 46.6011, Longitude: -3.4052 + float64(i)*0.0005, Commune: []string{"99901", "99902"}[i%2],
			RatedITKW: kw, TotalKWh: []float64{0, 9123 * kw, 8234 * kw}[i%3], Tap: []string{"return_air", "direct_to_chip"}[i%2], Origin: fmt.Sprintf("courriel-%03d", i),
			Fictitious: true, UTCOffsetMin: 60, Data: interval.DeclaredData}})
	}
	return all
}

// plan is what may come: what holds for all, a closure and a project of an
// operator each whose name is secret, in words that name them, and a project
// of the one whose name is public.
func (w town) plan() []configs.Hypothesis {
	all := []configs.Hypothesis{
		{ID: "growth", Kind: configs.SiteGrowth, Scenario: "trend", From: 2026, Until: 2035, PercentPerYear: 2, Source: "étude régionale"},
		{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
	}
	if w.extended {
		for i, x := range extensions {
			all = append(all, configs.Hypothesis{ID: fmt.Sprintf("extension-%d", i), Kind: configs.Extension, Scenario: "committed", From: x.from, Site: x.site, State: "under_construction", Percent: x.percent, Source: "permis"})
		}
		return all
	}
	return append(all, []configs.Hypothesis{
		{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "hall-000", State: "announced", Source: "annonce-000"},
		{ID: "extension", Kind: configs.Extension, Scenario: "committed", From: 2028, Site: "hall-002", State: "under_construction", Percent: 37.258, Source: "permis-002"},
		{ID: "liquid", Kind: configs.LiquidCooling, Scenario: "ambitious", From: 2030, Site: "hall-001", SharePercent: 60, SupplyC: 60, ReturnC: 45, Source: "page de l'exploitante"},
	}...)
}

// extensions move four operators at each horizon, which passes for a sum; but
// three horizons are three equations, and each of the four knows itself.
var extensions = []struct {
	site    string
	from    int
	percent float64
}{
	{"hall-007", 2027, 20}, {"hall-004", 2028, 35}, {"hall-005", 2029, 50}, {"hall-008", 2029, 30},
	{"hall-007", 2032, 60}, {"hall-004", 2033, 15}, {"hall-005", 2034, 20}, {"hall-008", 2034, 45},
	{"hall-007", 2040, 10}, {"hall-004", 2041, 70}, {"hall-005", 2042, 40}, {"hall-008", 2044, 5},
}

// commune is that of a site.
func (w town) commune(site string) string {
	for _, s := range w.sites() {
		if s.ID == site {
			return s.Commune
		}
	}
	return ""
}

// factor is what the plan makes of a site's electricity at a point.
func (w town) factor(site, point string) float64 {
	scenario, horizon, _ := strings.Cut(point, "-")
	year, _ := strconv.Atoi(horizon)
	by := math.Pow(1.02, float64(min(year, 2035)-2025))
	extended := 1.0
	for _, h := range w.plan() {
		if h.Kind == configs.Extension && h.Site == site && scenario != "trend" && year >= h.From {
			extended += h.Percent / 100
		}
	}
	return by * extended
}

// bunker is in no list.
var bunker = configs.SiteEntry{ID: "bunker-zz", Site: interval.Site{Name: "Nullepart", Operator: "Personne-ZZ", OperatorSIREN: "910009999", RatedITKW: 7777,
	Latitude: 46.6033, Longitude: -3.4055, Commune: "99903", Tap: "return_air", NeverListed: true, Fictitious: true, UTCOffsetMin: 60, Data: interval.DeclaredData}}

// dossier builds the town's dossier for a profile.
func (w town) dossier(t testing.TB, profile, out string, more ...configs.SiteEntry) *reports.Dossier {
	t.Helper()
	entries := append(w.sites(), more...)
	area := fixture.Area(t.(*testing.T))
	area.Territory.Sites, area.Plan.Hypotheses = nil, w.plan()
	area.Plan.Actions = []configs.PlanAction{{Action: configs.Connection, Site: "hall-000", Network: "marais", Lead: "Exploitante-000 SAS", Partners: []string{"Baie-Nommée-000"}, Source: "courriel-000"}}
	for _, s := range entries {
		area.Territory.Sites = append(area.Territory.Sites, s.ID)
	}
	o := fixture.Options(out)
	o.Disclosure = profile
	if !w.silent {
		o.Openings = w.openings()
	}
	d, err := reports.Build(context.Background(), reports.Declare(w.metered(t), entries), area, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// metered are the days of the sites' hand-off meters, a twelfth of the rated
// power; empty in a town without.
func (w town) metered(t testing.TB) *reports.File {
	t.Helper()
	if !w.meters {
		return &reports.File{}
	}
	var lines []byte
	year, day := heat.YearOf(2025, 60), int64(24*3600)
	for _, s := range w.sites() {
		point := interval.Point{Name: "Voisin", Role: interval.RoleHandover, Class: "en1434-2", Data: interval.MeasuredData}
		lines = append(interval.Card{Site: s.ID, Meter: "neighbour", ValidFrom: 1, Point: &point}.AppendLine(lines), '\n')
		for at := year.From.Unix(); at < year.To.Unix(); at += day {
			r := interval.Record{Site: s.ID, Meter: "neighbour", Kind: interval.ThermalEnergy, Start: at, Length: int32(day), SI: s.RatedITKW / 12 * 24 * 3.6e6,
				Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(0).With(interval.Live)}
			lines = append(r.AppendLine(lines), '\n')
		}
	}
	file, err := reports.ReadFile("neighbours.lp", bytes.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	if refused, first := file.Faults(); refused > 0 {
		t.Fatalf("%d lines refused: %v", refused, first)
	}
	return file
}

// openings are what the second operator publishes.
func (w town) openings() reports.Openings {
	return reports.Openings{
		{Site: "hall-001", Disclosure: disclosure.Disclosure{Basis: disclosure.ByLaw, Source: "https://exploitante-001.example/donnees", Date: "2026-05-15", Field: reports.NameField}},
		{Site: "hall-001", Disclosure: disclosure.Disclosure{Basis: disclosure.ByLaw, Source: "https://exploitante-001.example/donnees", Date: "2026-05-15", Field: reports.HeatField}},
	}
}
