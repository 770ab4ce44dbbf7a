//go:build unix

package collector

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
)

// BenchmarkFigures computes a site's year from a store that keeps 40 series of
// ten minutes, as a dossier does for each of its sites: from the hours, and,
// to compare, from the 2,102,400 intervals. Setting up takes a minute.
//
//	go test ./collector -run - -bench Figures -benchtime 5x
func BenchmarkFigures(b *testing.B) {
	cfg := &configs.Collector{Data: b.TempDir()}
	fortySeries(b, cfg.Data)
	src, done, err := OpenSource(cfg)
	if err != nil {
		b.Fatal(err)
	}
	defer done()
	for name, from := range map[string]reports.Source{"hours": src, "intervals": intervalsOf{src}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			before := processorTime()
			for b.Loop() {
				if r, err := reports.ReadSite(context.Background(), from, "hall", reportOptions); err != nil || r.Fault != nil || !r.Annual() {
					b.Fatal(err, r.Fault)
				}
			}
			b.ReportMetric(float64((processorTime()-before).Milliseconds())/float64(b.N), "cpu-ms")
		})
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

// intervalsOf is a source whose figures are computed from the intervals.
type intervalsOf struct{ reports.Source }

func (s intervalsOf) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return s.Records(ctx, site, from, to)
}

// fortySeries fills a store with a year of ten points with four kinds each.
func fortySeries(b *testing.B, data string) {
	kept, err := store.OpenEmbedded(data)
	if err != nil {
		b.Fatal(err)
	}
	defer kept.Close()
	place := interval.Site{Name: "Salle", Operator: "Exploitant", Tap: "chilled_water_return", UTCOffsetMin: 60, Data: interval.MeasuredData}
	batch := store.Batch{Cards: []interval.Card{{Site: "hall", Meter: interval.SiteCard, ValidFrom: 1, Place: &place}}}
	roles := []interval.Role{interval.RoleTotal, interval.RoleIT, interval.RoleCooling, interval.RoleHeat, interval.RoleHandover}
	for i := range 10 {
		point := interval.Point{Name: fmt.Sprint("point-", i), Role: interval.RoleAuxiliary, Class: "iec62053-1", Data: interval.MeasuredData}
		if i < len(roles) {
			point.Role = roles[i]
		}
		batch.Cards = append(batch.Cards, interval.Card{Site: "hall", Meter: point.Name, ValidFrom: 1, Point: &point})
	}
	random := rand.New(rand.NewPCG(1, 2))
	begin := time.Date(2023, 12, 31, 23, 0, 0, 0, time.UTC).Unix()
	for range 365 {
		for range 144 {
			for i := range 10 {
				for _, kind := range []interval.Kind{interval.ElectricEnergy, interval.CircuitHeat, interval.SupplyTemperature, interval.ReturnTemperature} {
					r := interval.Record{Site: "hall", Meter: fmt.Sprint("point-", i), Kind: kind, Start: begin, Length: 600, Cov: 1,
						Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
					switch kind {
					case interval.ElectricEnergy, interval.CircuitHeat:
						r.SI, r.U = 1e4*math.Round(2400+50*random.NormFloat64()), 2e5
					case interval.SupplyTemperature:
						r.SI, r.U = 303+math.Round(100*random.NormFloat64())/100, 0.1
					default:
						r.SI, r.U = 293+math.Round(100*random.NormFloat64())/100, 0.1
					}
					batch.Records = append(batch.Records, r)
				}
			}
			begin += 600
		}
		if err := kept.Append(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
		batch = store.Batch{}
	}
	if err := kept.Fold(context.Background()); err != nil {
		b.Fatal(err)
	}
	if err := kept.Restate(context.Background()); err != nil {
		b.Fatal(err)
	}
}
