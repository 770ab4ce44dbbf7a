package press

import (
	"bytes"
	"context"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"thermie/configs"
	"thermie/proof"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/fixture"
)

// mappedArea is the fixture's territory with contours and a network's course.
func mappedArea(t *testing.T) reports.Area {
	area := fixture.Area(t)
	area.Plan.Contours = configs.Contours{File: filepath.Join("testdata", "communes.geojson"), Code: "code", Source: "contours fictifs"}
	area.Networks[0].GeometryFile = filepath.Join("testdata", "course.geojson")
	return area
}

// firstPage writes the dossier of one declared site and returns its first
// page as plain text, up to the table of contents.
func firstPage(t *testing.T, area reports.Area, site configs.SiteEntry, o reports.Options) string {
	t.Helper()
	area.Territory.Sites = []string{site.ID}
	if _, err := writeTerritory(context.Background(), reports.Declare(&reports.File{}, []configs.SiteEntry{site}), area, o); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(o.Out, "pcaet.html"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(html.UnescapeString(string(page)), document.Nbsp, " ")
	text = strings.ReplaceAll(text, "\u202f", " ")
	first, _, _ := strings.Cut(text, `<nav class="contents"`)
	return first
}

func TestWhatIsOddAboutATerritoryStandsOnTheFirstPage(t *testing.T) {
	inValbrume := declaredSite("valbrume")
	inValbrume.Commune, inValbrume.Latitude, inValbrume.Longitude = "99901", 46.60, -3.43
	projection := filepath.Join(t.TempDir(), "contours.geojson")
	if err := os.WriteFile(projection, []byte(`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:27572"}},"features":[]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*reports.Area, *configs.SiteEntry, *reports.Options)
		says   string
	}{
		"communes that merged": {func(a *reports.Area, _ *configs.SiteEntry, _ *reports.Options) {
			a.Territory.Fictitious, a.Territory.Communes = false, []string{"93066", "93059"}
		}, "Commune fusionnée : 93059"},
		"a code of no commune": {func(a *reports.Area, _ *configs.SiteEntry, _ *reports.Options) { a.Territory.Fictitious = false }, "Le code 99901 du périmètre"},
		"contours in an unknown projection": {func(a *reports.Area, _ *configs.SiteEntry, _ *reports.Options) {
			a.Plan.Contours.File = projection
		}, "projection « EPSG:27572 » inconnue"},
		"no such contours": {func(a *reports.Area, _ *configs.SiteEntry, _ *reports.Options) {
			a.Plan.Contours.File = "nowhere.geojson"
		}, "fichier introuvable"},
		"a broken course": {func(a *reports.Area, _ *configs.SiteEntry, _ *reports.Options) {
			a.Courses = map[string]string{"marais": "{"}
		}, "Tracé du réseau Réseau de chaleur fictif des Marais non dessiné"},
		"a site beyond its commune's border": {func(_ *reports.Area, s *configs.SiteEntry, _ *reports.Options) { s.Longitude = -3.37 }, "Position en limite ou hors de la commune"},
		"missing factors for the year":       {func(_ *reports.Area, _ *configs.SiteEntry, o *reports.Options) { o.Year = 2031 }, "Aucun facteur d'émission de 2031"},
		"one operator only":                  {func(*reports.Area, *configs.SiteEntry, *reports.Options) {}, "exploitants : 1"},
	} {
		t.Run(name, func(t *testing.T) {
			area, site, o := mappedArea(t), inValbrume, fixture.Options(t.TempDir())
			c.change(&area, &site, &o)
			page := strings.ReplaceAll(firstPage(t, area, site, o), "’", "'")
			if !strings.Contains(page, c.says) {
				i := strings.Index(page, "Ce qui manque")
				t.Errorf("the first page does not say %q but\n%.900s", c.says, page[max(0, i):])
			}
		})
	}
}

func TestTheMapShowsWhatIsKnownToEachReader(t *testing.T) {
	area := mappedArea(t)
	for profile, want := range map[string]struct{ shown, hidden string }{
		"authority": {"Raccordement possible", "situé à sa commune"},
		"public":    {"situé à sa commune", "Raccordement possible"},
	} {
		o := fixture.Options(t.TempDir())
		o.Disclosure = profile
		if _, err := writeTerritory(context.Background(), fixture.Source(t), area, o); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(o.Out, "pcaet.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, drawn, _ := strings.Cut(html.UnescapeString(string(page)), "Commune du territoire")
		drawn, _, _ = strings.Cut(drawn, "</svg>")
		if !strings.Contains(drawn, want.shown) || strings.Contains(drawn, want.hidden) {
			t.Errorf("%s: the map's legend:\n%.3000s", profile, drawn)
		}
		layer, err := os.ReadFile(filepath.Join(o.Out, "sites.geojson"))
		if err != nil {
			t.Fatal(err)
		}
		if named := bytes.Contains(layer, []byte("5 MW")); named != (profile == "authority") {
			t.Errorf("%s: the layer of sites names them: %v", profile, named)
		}
		keepForLooking(t, o.Out, profile)
	}
}

// keepForLooking copies the files to the folder that THERMIE_LOOK names, for
// a person to look at.
func keepForLooking(t *testing.T, from, name string) {
	if to := os.Getenv("THERMIE_LOOK"); to != "" {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(from)); err != nil {
			t.Log(err)
		}
	}
}

func TestGDALReadsTheLayersInLambert93(t *testing.T) {
	ogrinfo := proof.Program(t, "ogrinfo", "apt install gdal-bin")
	o := fixture.Options(t.TempDir())
	if _, err := writeTerritory(context.Background(), fixture.Source(t), mappedArea(t), o); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(ogrinfo, "-al", "-so", filepath.Join(o.Out, "pcaet.gpkg")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text := string(out)
	if bytes.Contains(out, []byte("Warning")) {
		t.Errorf("GDAL warns:\n%s", text)
	}
	for _, want := range []string{"Layer name: sites", "Layer name: reseaux", "Layer name: rapprochements", "Layer name: traces", "Layer name: communes", "Multi Polygon", "RGF93", "pothaut_bt: Real", "quali_xy: Integer"} {
		if !strings.Contains(text, want) {
			t.Errorf("ogrinfo does not see %q", want)
		}
	}
	for _, file := range []string{"sites.geojson", "communes.geojson", "reseaux.geojson", "rapprochements.geojson"} {
		if out, err := exec.Command(ogrinfo, "-al", "-so", filepath.Join(o.Out, file)).CombinedOutput(); err != nil || !bytes.Contains(out, []byte("WGS 84")) {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
	}
}
