package collector

import (
	"context"
	"math"
	"slices"
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
// July on its energy is no longer IT's, in the balance of the year; a report
// as of June still knows nothing of it.
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
	energies := func(from reports.Source) (it, cooling float64) {
		t.Helper()
		site, err := reports.ReadSite(ctx, from, "paris-1", reports.Options{Year: 2026})
		if err != nil || site.Fault != nil {
			t.Fatal(err, site.Fault)
		}
		hours := func(q heat.Quantity) float64 { return math.Round(q.Value / 3.6e6) }
		return hours(site.Balance.EIT), hours(site.Balance.Cooling)
	}
	june := july.AddDate(0, 0, -1)
	s.now = func() time.Time { return june }
	send(place, point(interval.RoleIT, january))
	if it, cooling := energies(s.Registry()); it != 8760 || cooling != 0 {
		t.Errorf("before: IT %v kWh, cooling %v kWh", it, cooling)
	}
	s.now = func() time.Time { return july.AddDate(0, 1, 0) }
	send(point(interval.RoleCooling, july))
	if it, cooling := energies(s.Registry()); it != 181*24 || cooling != 184*24 {
		t.Errorf("after: IT %v kWh, cooling %v kWh", it, cooling)
	}
	then, err := s.Registry().AsOf(ctx, june)
	if err != nil {
		t.Fatal(err)
	}
	if it, cooling := energies(then); it != 8760 || cooling != 0 {
		t.Errorf("as of June: IT %v kWh, cooling %v kWh", it, cooling)
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
