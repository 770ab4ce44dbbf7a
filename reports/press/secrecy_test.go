package press

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/disclosure"
	"thermie/heat"
	"thermie/interval"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
	"thermie/reports/pcaet"
)

// town is a territory of declared sites, each of an operator of its own.
type town struct {
	operators int
	share     float64 // of the first operator's power in all; 0: alike
	silent    bool    // nobody publishes anything
	meters    bool    // each hands heat over to a neighbour, by a meter
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
	return []configs.Hypothesis{
		{ID: "growth", Kind: configs.SiteGrowth, Scenario: "trend", From: 2026, Until: 2035, PercentPerYear: 2, Source: "étude régionale"},
		{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "schéma directeur"},
		{ID: "closure", Kind: configs.Closure, Scenario: "committed", From: 2032, Site: "hall-000", State: "announced", Source: "annonce-000"},
		{ID: "extension", Kind: configs.Extension, Scenario: "committed", From: 2028, Site: "hall-002", State: "under_construction", Percent: 37.258, Source: "permis-002"},
		{ID: "liquid", Kind: configs.LiquidCooling, Scenario: "ambitious", From: 2030, Site: "hall-001", SharePercent: 60, SupplyC: 60, ReturnC: 45, Source: "page de l'exploitante"},
	}
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
	if site == "hall-002" && scenario != "trend" && year >= 2028 {
		by *= 1.37258
	}
	return by
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

// Nothing that the public edition hides is in a byte of any of its files: no
// number in any spelling, no name, no id, no place; and of the site that is
// never listed there is no trace at all.
func TestNoFileOfThePublicEditionGivesAHiddenNumberAway(t *testing.T) {
	w := town{operators: 4}
	out := t.TempDir()
	public := w.dossier(t, "public", out, bunker)
	if _, err := WriteDossier(public); err != nil {
		t.Fatal(err)
	}
	edition, err := pcaet.Write(public)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := pcaet.Write(w.dossier(t, "authority", ""))
	if err != nil {
		t.Fatal(err)
	}
	secret, shown := map[string]bool{}, map[string]bool{}
	for _, f := range reports.FiguresOf(edition.Document().Blocks) {
		if f.Figure.Mark == document.Known {
			low, high := f.Figure, f.Figure // the layer prints both ends
			low.Value, high.Value = low.Value-low.U, high.Value+high.U
			for _, s := range slices.Concat(spellings(f.Figure), spellings(low), spellings(high)) {
				shown[s] = true
			}
		}
	}
	printed := map[string]bool{}
	for _, f := range reports.FiguresOf(edition.Document().Blocks) {
		printed[f.Figure.Code] = printed[f.Figure.Code] || f.Figure.Mark == document.Known
	}
	for _, f := range reports.FiguresOf(whole.Document().Blocks) {
		if f.Figure.Mark == document.Known && !printed[f.Figure.Code] && !f.Figure.Guard.Free {
			for _, s := range spellings(f.Figure) {
				if !shown[s] {
					secret[s] = true
				}
			}
		}
	}
	if len(secret) < 100 {
		t.Fatalf("only %d spellings are hidden", len(secret))
	}
	for name, text := range streams(t, out) {
		for s := range secret {
			if at := findNumber(text, s); at >= 0 {
				t.Errorf("%s holds the hidden number %q: …%s…", name, s, text[max(0, at-60):min(len(text), at+40)])
			}
		}
		for _, word := range []string{"bunker", "Nullepart", "Personne-ZZ", "910009999", "99903", "7777"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q of the site that is never listed", name, word)
			}
		}
		for _, word := range []string{"37,258", "37.258", "en travaux)", "annonce publique)"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q of a project whose site may not be named", name, word)
			}
		}
		for i := range w.operators {
			if i == 1 {
				continue // its name is public
			}
			for _, word := range []string{fmt.Sprintf("Baie-Nommée-%03d", i), fmt.Sprintf("Exploitante-%03d", i), fmt.Sprintf("hall-%03d", i), strconv.Itoa(910000000 + i), fmt.Sprintf("courriel-%03d", i), fmt.Sprintf("annonce-%03d", i), fmt.Sprintf("permis-%03d", i)} {
				if at := strings.Index(text, word); at >= 0 {
					t.Errorf("%s holds %q: …%s…", name, word, text[max(0, at-60):min(len(text), at+40)])
				}
			}
		}
	}
	page := strings.ReplaceAll(streams(t, out)["pcaet.html"], document.Nbsp, " ")
	for _, want := range []string{"https://exploitante-001.example/donnees", "15 mai 2026", "L. 236-1", "Édition publique"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// spellings are the ways in which a figure's number could stand in a file;
// none for a number so short that it stands everywhere.
func spellings(f document.Figure) (all []string) {
	if f.Mark != document.Known {
		return nil
	}
	add := func(v float64, decimals int) {
		plain := strconv.FormatFloat(v, 'f', decimals, 64)
		if len(strings.TrimLeft(strings.ReplaceAll(plain, ".", ""), "0")) < 4 {
			return
		}
		for _, s := range []string{plain, strings.ReplaceAll(plain, ".", ","), document.FormatNumber("fr", v, decimals), document.FormatNumber("en", v, decimals)} {
			for _, space := range []string{"\u202f", "\u00a0", " ", "&#8239;", "&nbsp;"} {
				all = append(all, strings.ReplaceAll(s, "\u202f", space))
			}
		}
	}
	add(f.Value, f.Decimals)
	if f.Unit == "MWh" {
		add(f.Value/1000, 3)
		add(f.Value*1000, 0)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// findNumber finds a number that is not a part of a longer one.
func findNumber(text, number string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], number)
		if i < 0 {
			return -1
		}
		i += from
		if !digitBefore.MatchString(text[max(0, i-8):i]) && !digitAfter.MatchString(text[i+len(number):min(len(text), i+len(number)+8)]) {
			return i
		}
		from = i + 1
	}
}

var (
	digitBefore = regexp.MustCompile(`[\pL\d][.,\x{202f}\x{00a0} ]?$`)
	markup      = regexp.MustCompile(`<[^>]*>`)
	digitAfter  = regexp.MustCompile(`^[.,]?[\pL\d]`)
)

// streams are all files of a folder as text: packages file by file, PDF as it
// is read aloud.
func streams(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case bytes.HasPrefix(data, []byte("PK")):
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				return err
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				text, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				if strings.HasSuffix(f.Name, "document.xml") || strings.HasSuffix(f.Name, "content.xml") { // widths of columns are numbers too
					text = markup.ReplaceAll(text, []byte(" "))
				}
				all[name+"!"+f.Name] = string(text)
			}
		case strings.HasSuffix(name, ".pdf"):
			text, err := exec.Command(proof.Program(t, "pdftotext", proof.DebianPoppler), "-layout", path, "-").Output()
			if err != nil {
				return err
			}
			all[name] = string(text)
		default:
			all[name] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
