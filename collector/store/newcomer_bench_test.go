//go:build unix

package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"thermie/interval"
)

// BenchmarkNewcomer lets one site come with 10,000 series that nobody knew,
// and says how long another site's writes wait meanwhile, until all of it is
// folded: go test ./collector/store -run - -bench Newcomer -benchtime 5x.
func BenchmarkNewcomer(b *testing.B) {
	var longest time.Duration
	before := processorTime()
	for b.Loop() {
		longest = max(longest, besideNewcomer(b, newcomer(10_000)))
	}
	b.ReportMetric(float64(longest.Microseconds())/1e3, "longest-wait-ms")
	b.ReportMetric(float64((processorTime()-before).Milliseconds())/float64(b.N), "cpu-ms/op")
}

// newcomer is the first interval of each of many series.
func newcomer(count int) (first Batch) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range count {
		one := benchRecord(fmt.Sprintf("point-%d", i/len(benchKinds)), benchKinds[i%len(benchKinds)], noon-noon%600, 600, r)
		one.Site = "newcomer"
		first.Records = append(first.Records, one)
	}
	return first
}

// besideNewcomer returns the longest that a write waits while the batch of
// another site is stored and folded.
func besideNewcomer(b *testing.B, batch Batch) (longest time.Duration) {
	e, err := OpenEmbedded(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	done := make(chan error, 1)
	go func() {
		err := e.Append(context.Background(), batch)
		if err == nil {
			err = e.Fold(context.Background())
		}
		done <- err
	}()
	for at := noon; ; at += 600 {
		start := time.Now()
		if err := e.Append(context.Background(), Batch{Records: []interval.Record{rec(at, 1)}}); err != nil {
			b.Fatal(err)
		}
		longest = max(longest, time.Since(start))
		select {
		case err := <-done:
			if err != nil {
				b.Fatal(err)
			}
			return longest
		default:
		}
	}
}
