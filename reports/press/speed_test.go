package press

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/fixture"
)

// fleet is a source of many sites with a year of hours each, copies of one
// simulated site that differ in size. It holds the one site alone, so that
// what is measured is the report.
type fleet struct {
	one   reports.Source
	sites int
}

func (f fleet) id(i int) string { return fmt.Sprintf("site-%03d", i) }

func (f fleet) Sites(context.Context) (ids []string, err error) {
	for i := range f.sites {
		ids = append(ids, f.id(i))
	}
	return ids, nil
}

// Cards scatter the sites over some 30 km and among 40 operators.
func (f fleet) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	cards, err := f.one.Cards(ctx, "air-5mw")
	n := f.number(site)
	copies := make([]interval.Card, len(cards))
	for i, c := range cards {
		c.Site = site
		if c.Place != nil {
			place := *c.Place
			place.Name, place.Operator, place.OperatorSIREN = "Site "+site, fmt.Sprintf("Exploitant %d", n%40), ""
			place.Commune = []string{"99901", "99902"}[n%2]
			place.Latitude, place.Longitude = 46.45+0.015*float64(n%20), -3.60+0.02*float64(n/20)
			c.Place = &place
		}
		copies[i] = c
	}
	return copies, err
}

func (f fleet) number(site string) (n int) {
	fmt.Sscanf(site, "site-%d", &n)
	return n
}

func (f fleet) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	records, err := f.one.Hours(ctx, "air-5mw", from, to)
	return f.resized(site, records), err
}

func (f fleet) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	records, err := f.one.Records(ctx, "air-5mw", from, to)
	return f.resized(site, records), err
}

// resized gives a site its size and its name.
func (f fleet) resized(site string, records []interval.Record) []interval.Record {
	size := 0.4 + 0.01*float64(f.number(site)%97)
	for i := range records {
		records[i].Site = site
		if records[i].Kind == interval.ElectricEnergy || records[i].Kind == interval.ThermalEnergy {
			records[i].SI *= size
		}
	}
	return records
}

// area is the fixture's territory with the fleet's sites and a network a 25
// sites.
func (f fleet) area(b *testing.B) reports.Area {
	c, err := configs.DecodeCollector("collector.yaml", []byte(fixture.Config))
	if err != nil {
		b.Fatal(err)
	}
	area, err := reports.NewArea(c, "999000012")
	if err != nil {
		b.Fatal(err)
	}
	area.Territory.Sites, _ = f.Sites(context.Background())
	first := area.Networks[0]
	area.Networks = nil
	for i := range max(1, f.sites/25) {
		n := first
		n.ID, n.Name = fmt.Sprintf("reseau-%d", i), fmt.Sprintf("Réseau %d", i)
		n.Latitude, n.Longitude = 46.45+0.03*float64(i%10), -3.60+0.05*float64(i/10)
		area.Networks = append(area.Networks, n)
	}
	area.Plan.Hypotheses = f.plan()
	return area
}

// plan is growth of all, renovation, and a project at every tenth site.
func (f fleet) plan() []configs.Hypothesis {
	all := []configs.Hypothesis{
		{ID: "growth", Kind: configs.SiteGrowth, Scenario: "trend", From: 2026, Until: 2035, PercentPerYear: 2, Source: "fictitious"},
		{ID: "renovation", Kind: configs.Renovation, Scenario: "trend", From: 2026, PercentPerYear: 1, Source: "fictitious"},
	}
	for i := 0; i < f.sites; i += 10 {
		h := configs.Hypothesis{ID: f.id(i), Kind: configs.Extension, Scenario: "committed", From: 2027 + i%20, Site: f.id(i), State: "announced", Percent: float64(10 + i%50), Source: "fictitious"}
		if i%30 == 0 {
			h.Kind, h.Scenario, h.State, h.Percent = configs.LiquidCooling, "ambitious", "", 0
			h.SharePercent, h.SupplyC, h.ReturnC = 60, 60, 45
		}
		all = append(all, h)
	}
	return all
}

// BenchmarkDossier writes all files of a territory's dossier for a year:
//
//	go test ./reports/press -run '^$' -bench Dossier -benchtime 1x
func BenchmarkDossier(b *testing.B) {
	one, err := fixture.OpenSource()
	if err != nil {
		b.Fatal(err)
	}
	keepWithin()
	for _, sites := range []int{50, 100, 200, 300} {
		for _, profile := range []string{"authority", "public"} {
			b.Run(fmt.Sprintf("%s/sites=%d", profile, sites), func(b *testing.B) {
				f := fleet{one, sites}
				before := processorTime()
				for range b.N {
					peak := watchHeap()
					o := fixture.Options(b.TempDir())
					o.Disclosure = profile
					if _, err := writeTerritory(context.Background(), f, f.area(b), o); err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(peak())/1e6, "peak-MB")
				}
				b.ReportMetric((processorTime()-before).Seconds()/float64(b.N), "processor-s")
			})
		}
	}
}

// processorTime is what this process has had of the processors so far: on a
// machine with other work it says more than the clock.
func processorTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// watchHeap samples the memory that the program holds until it is asked for
// the peak.
func watchHeap() (peak func() uint64) {
	runtime.GC()
	var most atomic.Uint64
	done := make(chan struct{})
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if held := m.Sys - m.HeapReleased; held > most.Load() {
			most.Store(held)
		}
	}
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				look()
			}
		}
	}()
	return func() uint64 { look(); close(done); return most.Load() }
}
