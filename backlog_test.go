package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"thermie/agent/forward"
	"thermie/agent/queue"
	"thermie/collector"
	"thermie/collector/store"
	"thermie/configs"
	"thermie/interval"
)

// A site of 400 series was cut off for a week; then the collector is back.
//
//	go test -run '^$' -bench Backlog -benchtime 1x .
//
// drains the queue in order over HTTP into the embedded store, and says how
// many times faster than the site measures, and after how many seconds the
// newest line is there.
func BenchmarkAWeekOfBacklog(b *testing.B) {
	const series, intervals = 400, 7 * 144
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		q := weekOf(b, filepath.Join(dir, "queue"), series, intervals)
		up := collectorFor(b, dir)
		f := forward.New(q, up, forward.Options{Log: slog.New(slog.DiscardHandler)})
		b.StartTimer()
		if err := f.Drain(b.Context()); err != nil {
			b.Fatal(err)
		}
		if n := f.Stats().Forwarded; n != series*intervals {
			b.Fatalf("%d lines were acknowledged, want %d", n, series*intervals)
		}
	}
	seconds := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(series*intervals/seconds, "lines/s")
	b.ReportMetric(7*86400/seconds, "x-production")
	b.ReportMetric(seconds, "s-to-newest")
}

// weekOf is a queue with the intervals of many series, as an agent appends
// them.
func weekOf(b *testing.B, dir string, series, intervals int) *queue.Queue {
	b.Helper()
	q, err := queue.Open(dir, queue.Options{Site: "lyon-1"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = q.Close() })
	begin := time.Now().Add(-8 * 24 * time.Hour).Truncate(10 * time.Minute).Unix()
	for i := range intervals {
		var lines []byte
		for n := range series {
			lines = append(interval.Record{Site: "lyon-1", Meter: fmt.Sprintf("row-%03d", n), Kind: interval.ElectricEnergy,
				Start: begin + 600*int64(i), Length: 600, SI: 31e6 + float64(7919*i%100_000+1000*n), U: 2078, Cov: 1,
				Min: math.NaN(), Max: math.NaN(), Flags: interval.Flags(0).With(interval.Live)}.AppendLine(lines), '\n')
		}
		if err := q.Append(lines, func(w io.Writer) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	if lost := q.Stats().Dropped; lost > 0 {
		b.Fatalf("the queue dropped %d lines", lost)
	}
	return q
}

// collectorFor is a real collector with its embedded store, and the way there.
func collectorFor(b *testing.B, dir string) configs.Upstream {
	b.Helper()
	token := filepath.Join(dir, "token")
	if err := os.WriteFile(token, []byte("a-secret-of-this-benchmark\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	cfg := &configs.Collector{Listen: "127.0.0.1:0", Data: filepath.Join(dir, "data"),
		Store: configs.Store{Kind: configs.EmbeddedStore}, Tokens: []configs.Token{{Site: "lyon-1", File: token}}}
	kept, err := store.Open(cfg)
	if err != nil {
		b.Fatal(err)
	}
	server, err := collector.New(cfg, kept, slog.New(slog.DiscardHandler))
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = server.Close(context.Background())
		_ = kept.Close()
	})
	return configs.Upstream{URL: "http://" + server.Addr(), TokenFile: token, Bucket: "thermie"}
}
