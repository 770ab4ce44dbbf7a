package collector

import (
	"context"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"thermie/collector/registry"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// The IT meter of a site is found in July to feed the cooling as well. From
// July on its energy is no longer IT's, in the balance of the year.
func TestABoundaryThatMovesIsSeenInTheBalance(t *testing.T) {
	s := newTestServer(t)
	ctx := context.Background()
	january := time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	july := january.AddDate(0, 6, 0)
	point := func(role interval.Role, from time.Time) interval.Card {
		return interval.Card{Site: "paris-1", Meter: "m", ValidFrom: from.Unix(),
			Point: &interval.Point{Name: "Board", Role: role, Class: "iec62053-1", Data: interval.MeasuredData}}
	}
	place := interval.Card{Site: "paris-1", Meter: interval.SiteCard, ValidFrom: january.Unix(),
		Place: &interval.Site{Name: "Paris 1", UTCOffsetMin: 60, Commune: "75113", Data: interval.MeasuredData}}
	var records []interval.Record
	for at := january; at.Year() == 2026; at = at.AddDate(0, 0, 1) {
		for hour := range int64(24) {
			records = append(records, interval.Record{Site: "paris-1", Meter: "m", Kind: interval.ElectricEnergy, Start: at.Unix() + hour*3600, Length: 3600,
				SI: 3.6e6, Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)})
		}
	}
	send := func(cards ...interval.Card) {
		t.Helper()
		if err := s.store.Append(ctx, store.Batch{Cards: cards, Records: records}); err != nil {
			t.Fatal(err)
		}
		if err := s.noteCards(ctx); err != nil {
			t.Fatal(err)
		}
		records = nil
	}
	energies := func() (it, cooling float64) {
		t.Helper()
		site, err := reports.ReadSite(ctx, s.Registry(), "paris-1", reports.Options{Year: 2026})
		if err != nil || site.Fault != nil {
			t.Fatal(err, site.Fault)
		}
		hours := func(q heat.Quantity) float64 { return math.Round(q.Value / 3.6e6) }
		return hours(site.Balance.EIT), hours(site.Balance.Cooling)
	}
	send(place, point(interval.RoleIT, january))
	if it, cooling := energies(); it != 8760 || cooling != 0 {
		t.Errorf("before: IT %v kWh, cooling %v kWh", it, cooling)
	}
	send(point(interval.RoleCooling, july))
	if it, cooling := energies(); it != 181*24 || cooling != 184*24 {
		t.Errorf("after: IT %v kWh, cooling %v kWh", it, cooling)
	}
}

// An authority has no agent anywhere: it declares its territory by SIREN and
// a site by its commune, and the dossier speaks of both at once.
func TestDayOneWithoutAnyAgent(t *testing.T) {
	s := newTestServer(t)
	ctx := context.Background()
	d := configs.Declared{
		Territories: []configs.Territory{{SIREN: "T6"}},
		Factors:     []configs.Factor{{ID: "gas_combustion", Value: 0.204, Unit: "kgCO2e/kWh", Basis: "gas_combustion", Year: 2026, Set: "Collectivité", Source: "délibération", Status: "confirm"}},
		Sites: []configs.SiteEntry{
			{ID: "dc-1", Site: interval.Site{Name: "Centre 1", Operator: "Exemple", Commune: "93059", TotalKWh: 8.2e6, PUE: 1.4, UTCOffsetMin: 60, Tap: "return_air", Data: interval.DeclaredData}},
			{ID: "bunker", Site: interval.Site{Name: "Jamais", Commune: "93066", RatedITKW: 5000, NeverListed: true, UTCOffsetMin: 60, Data: interval.DeclaredData}},
			{ID: "lyon", Site: interval.Site{Name: "Ailleurs", Commune: "69381", RatedITKW: 5000, Latitude: 48.93, Longitude: 2.36, UTCOffsetMin: 60, Data: interval.DeclaredData}},
		},
	}
	registry.Complete(&d)
	changes, err := s.declared.Declare(ctx, registry.Author{Person: "Jeanne"}, d)
	if err != nil || changes.New != 5 {
		t.Fatal(changes, err)
	}
	if len(changes.Warnings) != 2 { // Pierrefitte has merged; the first arrondissement is Lyon
		t.Errorf("warnings: %q", changes.Warnings)
	}
	area, err := s.Registry().AreaOf("200057867")
	if err != nil || area.Territory.Name != "Plaine Commune" || !slices.Equal(area.Territory.Sites, []string{"bunker", "dc-1"}) {
		t.Fatalf("the area: %+v, %v", area.Territory, err)
	}
	factors, err := area.EmissionFactors()
	if i := slices.IndexFunc(factors, func(f reports.Factor) bool { return f.ID == "gas_combustion" }); err != nil || factors[i].Value != 0.204 || len(factors) < 8 {
		t.Errorf("the authority's factor does not stand: %+v, %v", factors, err)
	}
	dossier, err := reports.Build(ctx, s.Registry(), area, reports.Options{Year: 2026, Date: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for _, site := range dossier.Sites {
		if site.ID == "bunker" {
			t.Error("the site that is never listed is in the dossier")
		}
	}
	if slices.Contains(dossier.Missing, "bunker") || len(dossier.Sites) != 1 || dossier.Sites[0].Estimate == nil {
		t.Errorf("the dossier has %d sites and misses %v", len(dossier.Sites), dossier.Missing)
	}
	if _, err := s.Registry().AreaOf("200046977"); err == nil {
		t.Error("a territory that nobody declared has an area")
	}
}

// Where the card of a site cannot be read, nobody can say in which territory
// it lies: a report on communes is refused, not made without it. One on named
// sites is not.
func TestAnUnreadableCardIsNotLeftOutUnseen(t *testing.T) {
	s := newHouse(t, `territories:
  - {siren: "999000012", name: Communes, kind: CA, millesime: 2025, communes_insee: ["75113"], fictitious: true}
  - {siren: "999000020", name: Exemple, kind: CA, millesime: 2025, sites: [declared], fictitious: true}
sites:
  - {id: declared, name: "Déclaré", it_rated_kw: 400, tap: return_air, data: declared}
`)
	s.aYear()
	sqlite(t, filepath.Join(s.cfg.Data, "thermie.db"), "UPDATE card SET line = 'nonsense'")
	if _, err := s.Registry().AreaOf("999000012"); err == nil || !strings.Contains(err.Error(), "which sites lie in Communes is not known: read cards of hall-1") {
		t.Errorf("the communes: %v", err)
	}
	if area, err := s.Registry().AreaOf("999000020"); err != nil || !slices.Equal(area.Territory.Sites, []string{"declared"}) {
		t.Errorf("the named site: %v, %v", area.Territory.Sites, err)
	}
}

// A network's course is kept with its declaration: it is there for reports
// when the file that it came from is gone.
func TestACourseOutlivesItsFile(t *testing.T) {
	s := newTownServer(t)
	course := filepath.Join(t.TempDir(), "course.geojson")
	if err := os.WriteFile(course, []byte(`{"type":"LineString","coordinates":[[2.35,48.85],[2.36,48.86]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	north, _ := s.Registry().Network("north")
	north.GeometryFile = course
	if _, err := s.declared.Declare(context.Background(), registry.Author{Person: "Jeanne"}, configs.Declared{Networks: []configs.Network{north}}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(course); err != nil {
		t.Fatal(err)
	}
	area, err := s.Registry().AreaOf("999000012")
	if err != nil || !strings.Contains(area.Courses["north"], "[2.36,48.86]") {
		t.Errorf("the courses are %v, %v", area.Courses, err)
	}
	if status, body := s.get("/territory/999000012?lang=en", ""); status != http.StatusOK || strings.Contains(body, "course.geojson") {
		t.Errorf("the dossier: %d\n%s", status, body)
	}
}

// What is declared of a site with an agent holds from its day on.
func TestADeclarationLiesOverTheAgentsCardFromItsDay(t *testing.T) {
	places := []interval.Card{{Site: "s", Meter: interval.SiteCard, ValidFrom: 1000, Place: &interval.Site{Name: "Agent's", RatedITKW: 500}},
		{Site: "s", Meter: interval.SiteCard, ValidFrom: 3000, Place: &interval.Site{Name: "Agent's", RatedITKW: 600}}}
	said := func(name string, from int64) registry.Version[configs.SiteEntry] {
		v := registry.Version[configs.SiteEntry]{ID: "s"}
		if from > 0 {
			v.ValidFrom = time.Unix(from, 0)
		}
		if name != "" {
			v.Says = &configs.SiteEntry{Site: interval.Site{Name: name}}
		}
		return v
	}
	type row struct {
		from int64
		name string
		kw   float64
	}
	for what, c := range map[string]struct {
		places   []interval.Card
		declared []registry.Version[configs.SiteEntry]
		want     []row
	}{
		"since ever": {places, []registry.Version[configs.SiteEntry]{said("A", 0)}, []row{{1000, "A", 500}, {3000, "A", 600}}},
		"from a day": {places, []registry.Version[configs.SiteEntry]{said("A", 2000)}, []row{{1000, "Agent's", 500}, {2000, "A", 500}, {3000, "A", 600}}},
		"and ended":  {places, []registry.Version[configs.SiteEntry]{said("A", 0), said("", 2000)}, []row{{1000, "A", 500}, {2000, "Agent's", 500}, {3000, "Agent's", 600}}},
		"no agent":   {nil, []registry.Version[configs.SiteEntry]{said("A", 0), said("B", 2000)}, []row{{0, "A", 0}, {2000, "B", 0}}},
	} {
		var got []row
		for _, card := range laidOver("s", c.places, c.declared) {
			got = append(got, row{card.ValidFrom, card.Place.Name, card.Place.RatedITKW})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}
