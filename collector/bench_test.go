package collector

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
	"thermie/proof"
)

// fleetKinds are the 40 series of a site in the benchmarks: ten points with
// four kinds each, as a builder rounds them.
var fleetKinds = []interval.Kind{interval.ElectricEnergy, interval.ElectricPower, interval.CircuitHeat, interval.SupplyTemperature}

// fleetLines appends one instant of one site: 40 intervals.
func fleetLines(dst []byte, site string, start int64, r *rand.Rand) []byte {
	for point := range 10 {
		for _, kind := range fleetKinds {
			dst = append(fleetRecord(site, point, kind, start, r).AppendLine(dst), '\n')
		}
	}
	return dst
}

func fleetRecord(site string, point int, kind interval.Kind, start int64, r *rand.Rand) interval.Record {
	rec := interval.Record{Site: site, Meter: fmt.Sprintf("point-%d", point), Kind: kind, Start: start, Length: 600,
		Cov: 1, Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(interval.Live)}
	switch kind {
	case interval.ElectricEnergy:
		rec.SI, rec.U = 3600*float64(4000+r.IntN(400)), 1039
	case interval.SupplyTemperature:
		rec.SI = math.Round(30000+200*r.NormFloat64()) / 100
		rec.U, rec.Min, rec.Max = 0.1, rec.SI-0.5, rec.SI+0.5
	default:
		rec.SI, rec.U = 1e4*math.Round(2400+50*r.NormFloat64()), 2e5
	}
	return rec
}

// BenchmarkWrite sends requests of 40 lines over HTTP, each acknowledged when
// it is on the disk, with folding going on: go test -bench Write -benchtime
// 20000x.
func BenchmarkWrite(b *testing.B) {
	for _, kind := range []string{configs.EmbeddedStore, configs.InfluxStore} {
		b.Run(kind+"/sites=100", func(b *testing.B) { benchmarkWrite(b, kind, 100) })
	}
}

func benchmarkWrite(b *testing.B, kind string, sites int) {
	dir := b.TempDir()
	cfg := &configs.Collector{Listen: "127.0.0.1:0", Data: b.TempDir()}
	var influxd *proof.Influxd
	if kind == configs.InfluxStore {
		influxd, cfg = influxPlace(b)
	}
	for i := range sites {
		site := fmt.Sprintf("site-%d", i)
		file := filepath.Join(dir, site)
		if err := os.WriteFile(file, []byte("benchmark-token-"+site), 0o600); err != nil {
			b.Fatal(err)
		}
		cfg.Tokens = append(cfg.Tokens, configs.Token{Site: site, File: file})
	}
	kept, err := store.Open(cfg)
	if err != nil {
		b.Fatal(err)
	}
	defer kept.Close()
	s, err := New(cfg, kept, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Start(); err != nil {
		b.Fatal(err)
	}
	defer s.Close(context.Background())

	const clients = 64
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for range clients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, 2))
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				site := fmt.Sprintf("site-%d", n%int64(sites))
				body := fleetLines(nil, site, noon-noon%600+n/int64(sites)*600, r)
				request, _ := http.NewRequest(http.MethodPost, "http://"+s.Addr()+"/api/v2/write?precision=s", bytes.NewReader(body))
				request.Header.Set("Authorization", "Token benchmark-token-"+site)
				res, err := transport.RoundTrip(request)
				if err != nil {
					b.Error(err)
					return
				}
				io.Copy(io.Discard, res.Body)
				res.Body.Close()
				if res.StatusCode != http.StatusNoContent {
					b.Error(res.Status)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	counts, err := kept.Counts(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	if there := counts.Intervals + counts.Pending; there != int64(b.N*40) {
		b.Errorf("%d of %d lines are there", there, b.N*40)
	}
	if influxd != nil {
		if rows := influxd.Ask(b, cfg.Store.Bucket, "SELECT count(cov) FROM interval"); rows[0][1] != float64(b.N*40) {
			b.Errorf("InfluxDB counts %v of %d points", rows[0][1], b.N*40)
		}
	}
	lines := float64(b.N * 40)
	b.ReportMetric(lines/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(100*float64(counts.Pending)/lines, "%unfolded")
	b.ReportMetric(0, "ns/op")
}
