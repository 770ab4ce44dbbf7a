//go:build unix

package store

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"thermie/interval"
)

// A year as it is read most: go test ./collector/store -run - -bench Year
// -benchtime 5x. Setting up takes some minutes.

var benchYear = struct{ from, to time.Time }{time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}

// benchKinds are what each of ten points says in the benchmarks.
var benchKinds = []interval.Kind{interval.ElectricEnergy, interval.ElectricPower, interval.CircuitHeat, interval.SupplyTemperature}

// benchRecord is one interval as a builder rounds it.
func benchRecord(meter string, kind interval.Kind, start int64, length int32, r *rand.Rand) interval.Record {
	one := interval.Record{Site: "paris-1", Meter: meter, Kind: kind, Start: start, Length: length, Cov: 1,
		Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
	switch kind {
	case interval.ElectricEnergy:
		one.SI, one.U = 3600*float64(4000+r.IntN(400)), 1039
	case interval.SupplyTemperature:
		one.SI = math.Round(30000+200*r.NormFloat64()) / 100
		one.U, one.Min, one.Max = 0.1, one.SI-0.5, one.SI+0.5
	default:
		one.SI, one.U = 1e4*math.Round(2400+50*r.NormFloat64()), 2e5
	}
	return one
}

// benchSite is a store with a year of one site: 40 series of ten minutes and
// two heat meters, folded and restated.
func benchSite(b *testing.B) *Embedded {
	e, err := OpenEmbedded(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	r := rand.New(rand.NewPCG(1, 2))
	cards := plantCards()
	cards[0].Place.UTCOffsetMin = 0
	if err := e.Append(context.Background(), Batch{Cards: cards}); err != nil {
		b.Fatal(err)
	}
	meters := []string{"it", "tap", "total"}
	for i := range 7 {
		meters = append(meters, fmt.Sprintf("point-%d", i))
	}
	for day := benchYear.from.Unix(); day < benchYear.to.Unix(); day += secondsPerDay {
		var batch Batch
		for start := day; start < day+secondsPerDay; start += 600 {
			for _, meter := range meters {
				for _, kind := range benchKinds {
					batch.Records = append(batch.Records, benchRecord(meter, kind, start, 600, r))
				}
			}
			for _, meter := range []string{"tap", "point-0"} {
				batch.Records = append(batch.Records, benchRecord(meter, interval.ThermalEnergy, start, 600, r))
			}
		}
		if err := e.Append(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
	}
	for _, work := range []func(*Embedded) error{foldAll, restateAll} {
		if err := work(e); err != nil {
			b.Fatal(err)
		}
	}
	return e
}

// BenchmarkYearOfASite reads the hourly profile of a site: of its two heat
// meters, of one kind at its ten points, of all 42 series, as daily balances, and, to compare, the
// intervals themselves.
func BenchmarkYearOfASite(b *testing.B) {
	e := benchSite(b)
	ctx := context.Background()
	for name, read := range map[string]func() (int, error){
		"hours of the heat": func() (int, error) {
			hours, err := e.Hours(ctx, "paris-1", benchYear.from, benchYear.to, interval.ThermalEnergy)
			return len(hours), err
		},
		"hours of one kind": func() (int, error) {
			hours, err := e.Hours(ctx, "paris-1", benchYear.from, benchYear.to, interval.CircuitHeat)
			return len(hours), err
		},
		"hours of all series": func() (int, error) {
			hours, err := e.Hours(ctx, "paris-1", benchYear.from, benchYear.to)
			return len(hours), err
		},
		"days": func() (int, error) {
			days, err := e.Days(ctx, "paris-1", benchYear.from, benchYear.to)
			return len(days), err
		},
		"intervals": func() (int, error) {
			recs, err := e.Records(ctx, "paris-1", benchYear.from, benchYear.to)
			return len(recs), err
		},
	} {
		b.Run(name, func(b *testing.B) { benchRead(b, read) })
	}
}

func benchRead(b *testing.B, read func() (int, error)) {
	b.ReportAllocs()
	rows, before := 0, processorTime()
	for b.Loop() {
		var err error
		if rows, err = read(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms")
	b.ReportMetric(float64((processorTime()-before).Milliseconds())/float64(b.N), "cpu-ms")
	b.ReportMetric(0, "ns/op")
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

// fillBalances makes sites with a balance on every day of the year.
const fillBalances = `
	WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d)
	INSERT INTO site (id, name, described) SELECT i, printf('site-%%05d', i), '%s' FROM n;
	WITH RECURSIVE d(day) AS (VALUES (%d) UNION ALL SELECT day + 1 FROM d WHERE day < %d)
	INSERT INTO balance (site, day, e_dc_kwh, e_dc_u_kwh, e_dc_coverage, e_it_kwh, e_it_u_kwh, e_it_coverage,
	  rejected_kwh, rejected_u_kwh, rejected_coverage, recoverable_kwh, recoverable_u_kwh, recoverable_coverage,
	  recoverable_t1_kwh, recoverable_t3_kwh, e_dc_is_sum_of_parts, simulated)
	SELECT id, day, 24000.1 + day, 12.3, 1, 18000.2 + id, 9.1, 1, 15000.3, 200.7, 0.97, 16000.4, 250.9, 1, 15000.3, 1000.1, 0, 0 FROM site CROSS JOIN d;`

func benchBalances(b *testing.B, sites int) *Embedded {
	e, err := OpenEmbedded(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	first, last := dayOf(benchYear.from.Unix()), dayOf(benchYear.to.Unix())-1
	fill := fmt.Sprintf(fillBalances, sites, boundaryOf("", nil).hash, first, last)
	if err := e.submit(context.Background(), func(w *writer) error {
		_, err := w.conn.ExecContext(context.Background(), fill)
		for site := int64(1); site <= int64(sites) && err == nil; site++ {
			err = w.sumMonths(context.Background(), site, []dayRun{{first, last}})
		}
		return err
	}, nil); err != nil {
		b.Fatal(err)
	}
	return e
}

// BenchmarkYearOfATerritory reads the daily balances of 300 sites one after
// the other, each exact at that moment, and their sums.
func BenchmarkYearOfATerritory(b *testing.B) {
	e := benchBalances(b, 300)
	b.Run("days", func(b *testing.B) {
		benchRead(b, func() (rows int, err error) {
			for i := range 300 {
				days, err := e.Days(context.Background(), fmt.Sprintf("site-%05d", i+1), benchYear.from, benchYear.to)
				if err != nil {
					return 0, err
				}
				rows += len(days)
			}
			return rows, nil
		})
	})
	b.Run("totals", func(b *testing.B) { benchTotals(b, e) })
}

// BenchmarkYearOfANation adds the balances of 10,000 sites up, site by site.
func BenchmarkYearOfANation(b *testing.B) { benchTotals(b, benchBalances(b, 10000)) }

func benchTotals(b *testing.B, e *Embedded) {
	benchRead(b, func() (int, error) {
		totals, _, err := e.Totals(context.Background(), benchYear.from, benchYear.to)
		return len(totals), err
	})
}
