package registry

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"thermie/configs"
	"thermie/interval"
)

var update = flag.Bool("update", false, "write the fixture of this version")

// fixture is something of every sort.
func fixture(t *testing.T) configs.Declared {
	t.Helper()
	course := filepath.Join(t.TempDir(), "course.geojson")
	if err := os.WriteFile(course, []byte(`{"type":"LineString","coordinates":[[-3.405,46.602],[-3.4,46.61]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	hours := filepath.Join(t.TempDir(), "demand.csv")
	if err := os.WriteFile(hours, yearOfHours(8760, 5), 0o600); err != nil {
		t.Fatal(err)
	}
	d := hall(900, "")
	d.Sites = append(d.Sites, configs.SiteEntry{ID: "bunker", Site: interval.Site{Name: "B", NeverListed: true, Data: interval.DeclaredData}})
	d.Territories = []configs.Territory{{SIREN: "999000012", Name: "Exemple", Kind: "CA", Year: 2026, Communes: []string{"99901"}, Sites: []string{"hall-3"}, Fictitious: true}}
	d.Networks = []configs.Network{{ID: "exemple", Name: "Réseau d'Exemple", Fluid: "hot_water", Demand: 42000, EnRRShare: new(0.0), GeometryFile: course, Fictitious: true,
		NetworkDemand: configs.NetworkDemand{DemandFile: hours, DemandYear: 2025, DemandOrigin: "export"},
		Years:         []configs.NetworkYear{{Year: 2024, EnRRShare: new(52.5), Source: "rapport annuel"}}}}
	d.Factors = []configs.Factor{{ID: "gas", Value: 0.227, Unit: "kgCO2e/kWh", Basis: "gas_lhv", Year: 2022, Set: "S", Source: "exemple", Status: "confirm"}}
	return d
}

// The fixture is written once a version and then only read.
func TestWriteTheFixture(t *testing.T) {
	if !*update {
		t.Skip("-update writes testdata's file of this version")
	}
	db, _ := empty(t)
	db.mustDeclare(t, person, fixture(t))
	if err := db.Observe(ctx, "s", []interval.Card{{Site: "s", Meter: "it", ValidFrom: 1, Point: &interval.Point{Name: "IT"}}}); err != nil {
		t.Fatal(err)
	}
	file := fmt.Sprintf("testdata/registry-%d.db", len(migrations))
	os.Remove(file)
	if _, err := db.db.Exec("VACUUM INTO ?", file); err != nil {
		t.Fatal(err)
	}
}

// A rate of zero is a rate; one that nobody stated is none.
func TestARateOfZeroIsNotAnUnknownOne(t *testing.T) {
	db, _ := empty(t)
	db.mustDeclare(t, person, fixture(t))
	unstated := configs.Network{ID: "other", Name: "Autre", Fluid: "hot_water", Demand: 1}
	db.mustDeclare(t, person, configs.Declared{Networks: []configs.Network{unstated}})
	b := db.Now().mustBook(t)
	zero, _ := b.Network("exemple")
	if zero.Says.EnRRShare == nil || *zero.Says.EnRRShare != 0 {
		t.Errorf("a rate of zero became %v", zero.Says.EnRRShare)
	}
	if r := zero.Says.Of(2025).EnRRShare; r == nil || *r != 52.5 {
		t.Errorf("the rate of 2025 is %v", r)
	}
	if r := zero.Says.Of(2023).EnRRShare; r == nil || *r != 0 {
		t.Errorf("the rate of 2023 is %v", r)
	}
	if other, _ := b.Network("other"); other.Says.EnRRShare != nil {
		t.Errorf("an unknown rate became %v", *other.Says.EnRRShare)
	}
	course, err := db.Now().Course(ctx, zero)
	if err != nil || string(course) != `{"type":"LineString","coordinates":[[-3.405,46.602],[-3.4,46.61]]}` {
		t.Errorf("the course is %s, %v", course, err)
	}
	// The tables answer a person with sqlite3 as well.
	var rate float64
	var source string
	if err := db.db.QueryRow("SELECT enrr_percent, source FROM network_year WHERE id = 'exemple' AND year = 2024").Scan(&rate, &source); err != nil || rate != 52.5 || source != "rapport annuel" {
		t.Errorf("network_year: %v, %q, %v", rate, source, err)
	}
}

func BenchmarkBook(b *testing.B) {
	db, _ := empty(b)
	var d configs.Declared
	for i := range 10000 {
		s := hall(900, "").Sites[0]
		s.ID = fmt.Sprintf("hall-%d", i)
		d.Sites = append(d.Sites, s)
	}
	db.mustDeclare(b, person, d)
	for b.Loop() {
		db.Now().mustBook(b)
	}
}
