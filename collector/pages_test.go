package collector

import (
	"context"
	"encoding/xml"
	"io"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
)

// town is a fictitious territory with one metered and one declared site.
func town(cfg *configs.Collector) {
	cfg.Sites = []configs.SiteEntry{{ID: "declared-1", Site: interval.Site{Name: "Déclaré & Cie <sud>", Operator: "Tiers", RatedITKW: 800,
		Tap: "chilled_water_return", SupplyC: 22, ReturnC: 16, UTCOffsetMin: 60, Data: interval.DeclaredData, Latitude: 48.85, Longitude: 2.35, Fictitious: true}}}
	cfg.Territories = []configs.Territory{{SIREN: "999000012", Name: "Ville fictive", Kind: "CA", Year: 2025,
		Sites: []string{"paris-1", "declared-1"}, Networks: []string{"north"}, Fictitious: true}}
	cfg.Networks = []configs.Network{{ID: "north", Name: "Nord", Operator: "Régie", Fluid: "hot_water", Demand: 12000, BaseShare: 30,
		SupplyColdC: 80, SupplyMildC: 65, ReturnColdC: 50, ReturnMildC: 40, ColdC: -7, MildC: 15, ClimateZone: "H1a",
		Latitude: 48.851, Longitude: 2.351, ReachKM: 2, SourcePinchK: 3, NetworkPinchK: 3, LorenzEfficiency: 0.5, Fictitious: true}}
}

// newTownServer serves town with a day of hourly records of paris-1.
func newTownServer(t *testing.T, more ...func(*configs.Collector)) *testServer {
	s := newTestServer(t, append([]func(*configs.Collector){town}, more...)...)
	day := time.Date(2025, 6, 30, 23, 0, 0, 0, time.UTC).Unix()
	b := store.Batch{Cards: []interval.Card{
		{Site: "paris-1", Meter: interval.SiteCard, ValidFrom: day, Place: &interval.Site{Name: "Paris 1", Operator: "Opérateur", Tap: "return_air",
			UTCOffsetMin: 60, Data: interval.SimulatedData, Origin: "un essai", Latitude: 48.85, Longitude: 2.35, Fictitious: true}},
		{Site: "paris-1", Meter: "it", ValidFrom: day, Point: &interval.Point{Name: "IT", Role: interval.RoleIT, InRoom: true, Class: "iec62053-1", Data: interval.SimulatedData}},
	}}
	for hour := range int64(24) {
		b.Records = append(b.Records, interval.Record{Site: "paris-1", Meter: "it", Kind: interval.ElectricEnergy, Start: day + hour*3600, Length: 3600,
			SI: 3.6e6 * (20 + math.Round(5*math.Sin(float64(hour)/4))), Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live) | interval.Simulated})
	}
	if err := s.store.Append(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

// townPages are all pages of town.
var townPages = []string{"/", "/territory/999000012", "/site/paris-1", "/site/declared-1", "/network/north"}

func TestPagesShowTheirFigures(t *testing.T) {
	s := newTownServer(t)
	for path, parts := range map[string][]string{
		"/":                                 {"Ville fictive", "Paris 1", "Déclaré &amp; Cie &lt;sud&gt;", "Nord", "<td>1er juillet 2025</td><td>1er juillet 2025</td>", "simulées", "déclarées"},
		"/territory/999000012":              {"Fiche de synthèse", "pcaet.docx", "depot.csv", "/site/paris-1", "/network/north", "<svg", "(k = 2)"},
		"/territory/999000012?lang=en":      {"pcaet.docx?lang=en", "Files to download", "/site/paris-1?lang=en", `<html lang="en-GB">`},
		"/site/paris-1":                     {"Paris 1", "paris-1-hourly.csv", "<svg", "données simulées", "sim.", "/territory/999000012", "B3"},
		"/site/declared-1":                  {"Déclaré &amp; Cie &lt;sud&gt;", "T5"},
		"/network/north":                    {"Nord", "Monotones", "<svg", "12 000"},
		"/network/north?lang=en&year=2024":  {"Load-duration", "2024", "/territory/999000012?lang=en&amp;year=2024"},
		"/site/paris-1?year=2025&lang=what": {"Fichiers à télécharger"},
	} {
		status, body := s.get(path, "")
		body = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(body)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
			continue
		}
		if !strings.Contains(body, "MONSTRATION – ") {
			t.Errorf("%s has no banner", path)
		}
		for _, part := range parts {
			if !strings.Contains(body, part) {
				t.Errorf("%s does not say %q", path, part)
			}
		}
	}
}

func TestUnknownPages(t *testing.T) {
	s := newTownServer(t)
	for _, path := range []string{"/nothing", "/territory/1", "/territory/1/pcaet.docx", "/territory/999000012/other.docx", "/site/x",
		"/site/x/x.docx", "/site/paris-1/other.html", "/network/x", "/site/paris-1?year=soon", "/territory/999000012?year=1848", "/network/north?year=9999", "/territory/..%2f..", "/site/<script>"} {
		status, body := s.get(path, "")
		if status != http.StatusNotFound || !strings.Contains(body, "Page introuvable") {
			t.Errorf("%s: %d", path, status)
		}
		if strings.Contains(body, "<script") {
			t.Errorf("%s comes back with a script", path)
		}
	}
}

// Every link of every page, in both languages, leads somewhere, and every
// file comes whole and with its type.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	s := newTownServer(t)
	href := regexp.MustCompile(`href="(/[^"]*)"`)
	seen := map[string]bool{}
	for _, path := range append(slices.Clone(townPages), "/territory/999000012?lang=en&year=2025", "/site/paris-1?lang=en") {
		_, body := s.get(path, "")
		for _, match := range href.FindAllStringSubmatch(body, -1) {
			target := strings.ReplaceAll(match[1], "&amp;", "&")
			if seen[target] {
				continue
			}
			seen[target] = true
			if status, body := s.get(target, ""); status != http.StatusOK || body == "" {
				t.Errorf("%s on %s: %d %s", target, path, status, body)
			}
		}
	}
	for _, file := range []string{"/territory/999000012/pcaet.xlsx", "/territory/999000012/sites.geojson?lang=en", "/site/paris-1/paris-1-hourly.csv"} {
		if !seen[file] && !seen[file+"&year=2025"] {
			t.Errorf("no page links to %s (links: %v)", file, seen)
		}
	}
}

// Pages read well aloud and without a mouse: landmarks, languages, heads of
// tables, well-formed markup; and they load and run nothing.
func TestPagesAreAccessible(t *testing.T) {
	s := newTownServer(t)
	for _, path := range townPages {
		res, err := http.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
		body := string(data)
		for _, part := range []string{`<html lang="fr-FR">`, "<main ", "<header>", "<nav aria-label=", "<footer>", `class="skip" href="#content"`, "<h1>"} {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
		for _, part := range []string{"<script", "javascript:", "<img", "<link", "@import", "⟨"} {
			if strings.Contains(body, part) {
				t.Errorf("%s has %s", path, part)
			}
		}
		if n := strings.Count(body, "<h1>"); n != 1 {
			t.Errorf("%s has %d main headings", path, n)
		}
		if n := len(regexp.MustCompile(`<th>|<th [^s]`).FindAllString(body, -1)); n > 0 {
			t.Errorf("%s has %d table heads without a scope", path, n)
		}
		checkIDs(t, path, body)
		checkNesting(t, path, body)
	}
}

func checkIDs(t *testing.T, path, body string) {
	t.Helper()
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if seen[id[1]] {
			t.Errorf("%s: id %q twice", path, id[1])
		}
		seen[id[1]] = true
	}
	for _, ref := range regexp.MustCompile(`aria-labelledby="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		for _, id := range strings.Fields(ref[1]) {
			if !seen[id] {
				t.Errorf("%s: nothing has the id %q", path, id)
			}
		}
	}
}

// void matches the elements that HTML never closes.
var void = regexp.MustCompile(`<(meta|wbr|br|col)\b([^>]*)>`)

// checkNesting reads the page as XML, in which every element is closed.
func checkNesting(t *testing.T, path, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(body, "<$1$2/>")))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
	}
}

// A real territory never shows what belongs to a demonstration.
func TestFictitiousSitesStayOutOfRealTerritories(t *testing.T) {
	s := newTestServer(t, town, func(cfg *configs.Collector) {
		cfg.Territories[0].Fictitious, cfg.Networks[0].Fictitious = false, false
	})
	for _, path := range []string{"/territory/999000012", "/territory/999000012/pcaet.docx"} {
		if status, body := s.get(path, ""); status != http.StatusInternalServerError || !strings.Contains(body, "fictitious") {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestPageYears(t *testing.T) {
	s := newTownServer(t)
	late := rec(time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC).Unix(), 1)
	if err := s.store.Append(context.Background(), store.Batch{Records: []interval.Record{late}}); err != nil {
		t.Fatal(err)
	}
	for now, want := range map[int]int{2024: 2025, 2025: 2025, 2026: 2025, 2027: 2026, 2028: 2027, 2040: 2027} {
		s.now = func() time.Time { return time.Date(now, 7, 1, 0, 0, 0, 0, time.UTC) }
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		v := &visit{Server: s.Server, ctx: context.Background(), r: r}
		p, err := v.period("paris-1", "declared-1")
		if err != nil || p != (period{2025, 2027, want}) {
			t.Errorf("in %d: %+v, %v", now, p, err)
		}
	}
}

func TestPageWordsMatch(t *testing.T) {
	all, err := pageWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range reports.Languages {
		for key := range all["fr"] {
			if all[lang][key] == "" {
				t.Errorf("%s has no %s", lang, key)
			}
		}
		if len(all[lang]) != len(all["fr"]) {
			t.Errorf("%s has %d words, fr has %d", lang, len(all[lang]), len(all["fr"]))
		}
	}
}
