//go:build unix

package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// BenchmarkAppend appends requests of 40 lines from 64 writers for 100
// sites, each acknowledged when it is on the disk, and folds all of it: go
// test ./collector/store -run - -bench Append -benchtime 20000x.
func BenchmarkAppend(b *testing.B) {
	e, err := OpenEmbedded(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	const writers, sites, lines = 64, 100, 40
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	before := processorTime()
	for range writers {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, 2))
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				var batch Batch
				for i := range lines {
					one := benchRecord(fmt.Sprintf("point-%d", i/len(benchKinds)), benchKinds[i%len(benchKinds)], noon-noon%600+n/sites*600, 600, r)
					one.Site = fmt.Sprintf("site-%d", n%sites)
					batch.Records = append(batch.Records, one)
				}
				if err := e.Append(context.Background(), batch); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if err := e.Fold(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	used := processorTime() - before
	counts, err := e.Counts(context.Background())
	if err != nil || counts.Intervals != int64(b.N*lines) {
		b.Fatalf("%+v of %d lines, %v", counts, b.N*lines, err)
	}
	b.ReportMetric(float64(b.N*lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(used.Nanoseconds())/float64(b.N*lines), "cpu-ns/line")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkSize folds and restates ten days of ten sites, 40 series each, and
// says what an interval takes on the disk, indexes, roll-ups and balances
// included: go test ./collector/store -run - -bench Size -benchtime 1x.
func BenchmarkSize(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		dir := b.TempDir()
		e, err := OpenEmbedded(dir)
		if err != nil {
			b.Fatal(err)
		}
		const sites, instants, points = 10, 1440, 10
		for site := range sites {
			var batch Batch
			for i := range int64(instants) {
				for n := range points * len(benchKinds) {
					one := benchRecord(fmt.Sprintf("point-%d", n/len(benchKinds)), benchKinds[n%len(benchKinds)], noon-noon%secondsPerDay+i*600, 600, r)
					one.Site = fmt.Sprintf("site-%d", site)
					batch.Records = append(batch.Records, one)
				}
			}
			if err := e.Append(context.Background(), batch); err != nil {
				b.Fatal(err)
			}
		}
		before := processorTime()
		for _, work := range []func(*Embedded) error{foldAll, restateAll} {
			if err := work(e); err != nil {
				b.Fatal(err)
			}
			b.Logf("%v of processor time", processorTime()-before)
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
		file, err := os.Stat(filepath.Join(dir, databaseFile))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(file.Size())/(sites*instants*points*float64(len(benchKinds))), "B/interval")
		b.ReportMetric(0, "ns/op")
	}
}
