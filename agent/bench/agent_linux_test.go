package bench

import (
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"thermie/proof"
)

// benchIntervalVariable is the length of the intervals in the benchmark, and
// of the window that is measured, which so has one closing of all series:
//
//	THERMIE_BENCH_INTERVAL=10m make bench-agent
//
// measures as long as in service. The default has twenty times its closings.
const benchIntervalVariable = "THERMIE_BENCH_INTERVAL"

// What the agent may take; see agent/MEASURED.md.
const (
	mostCore   = 0.015
	mostPeakMB = 20
	mostAnonMB = 10
)

// A hundred units of sixty registers are read every second over one
// connection, as whole processes: by the agent that a security team reviews,
// with its durable queue, its lines sent over TLS, an MQTT session over TLS
// open and its status page asked once a second; and by Telegraf, which keeps
// nothing on the disk. Each is measured twice: summed up to intervals, and
// with every sample sent.
//
//	make bench-agent
func BenchmarkAgentProcess(b *testing.B) {
	binary, interval := agentonly(b), benchInterval(b)
	b.Run("thermie/intervals", func(b *testing.B) {
		u := benchAgent(b, binary, interval, interval)
		if u.core > mostCore || u.peakMB > mostPeakMB || u.anonMB > mostAnonMB {
			b.Errorf("%v; the most is %v %%, %v MB and %v MB", u, 100*mostCore, mostPeakMB, mostAnonMB)
		}
	})
	b.Run("thermie/samples", func(b *testing.B) { benchAgent(b, binary, time.Second, interval) })
	b.Run("telegraf/intervals", func(b *testing.B) {
		benchTelegraf(b, interval, fmt.Sprintf(
			"[[aggregators.basicstats]]\n  period = %q\n  drop_original = true\n  stats = [\"mean\", \"min\", \"max\"]\n", interval))
	})
	b.Run("telegraf/samples", func(b *testing.B) { benchTelegraf(b, interval, "") })
}

func benchInterval(b *testing.B) time.Duration {
	text := os.Getenv(benchIntervalVariable)
	if text == "" {
		return 30 * time.Second
	}
	interval, err := time.ParseDuration(text)
	if err != nil {
		b.Fatalf("%s: %v", benchIntervalVariable, err)
	}
	return interval
}

// agentonly builds the small agent as it is packaged.
func agentonly(b *testing.B) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "thermie")
	build := exec.Command("go", "build", "-trimpath", "-tags", "agentonly", "-ldflags", "-s -w", "-o", binary, "thermie")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return binary
}

func benchAgent(b *testing.B, binary string, interval, window time.Duration) (u usage) {
	for b.Loop() {
		p := newBenchPlant(b)
		agent := runProgram(b, nil, binary, "agent", "-config", p.agentConfig(interval))
		u = p.measure(b, agent, window, p.askStatus)
	}
	return u
}

func benchTelegraf(b *testing.B, window time.Duration, more string) {
	program := proof.Program(b, "telegraf", proof.GoTelegraf)
	for b.Loop() {
		p := newBenchPlant(b)
		p.measure(b, runProgram(b, nil, program, "--quiet", "--config", p.telegrafConfig(more)), window, func() {})
	}
}

// measure waits until the program polls and sends, watches it, and makes sure
// that it did its work meanwhile.
func (p *benchPlant) measure(b *testing.B, one *program, window time.Duration, each func()) usage {
	b.Helper()
	for limit := time.Now().Add(2*window + time.Minute); p.asked.Load() < 3*benchUnits || p.delivered.Load() == 0; <-time.After(100 * time.Millisecond) {
		if one.processorTime(); time.Now().After(limit) {
			b.Fatalf("%d requests and %d deliveries: not at work", p.asked.Load(), p.delivered.Load())
		}
	}
	asked, delivered, begun := p.asked.Load(), p.delivered.Load(), time.Now()
	u := one.watch(window, each)
	rate := float64(p.asked.Load()-asked) / time.Since(begun).Seconds()
	if rate < 0.98*benchUnits || p.delivered.Load() == delivered {
		b.Errorf("%.1f units a second were asked, of %d; %d deliveries", rate, benchUnits, p.delivered.Load()-delivered)
	}
	u.report(b)
	b.ReportMetric(rate, "units/s")
	b.ReportMetric(0, "ns/op") // the window's
	b.Log(u)
	return u
}

// askStatus reads the whole page.
func (p *benchPlant) askStatus() {
	answer, err := http.Get("http://" + p.status + "/")
	if err != nil {
		p.t.Error(err)
		return
	}
	defer answer.Body.Close()
	if n, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK || n < 10_000 {
		p.t.Errorf("%s, %d bytes, %v", answer.Status, n, err)
	}
}

// promptSite is the id of a site that sends within two seconds of its
// intervals' end, so that the window has what it closes and what it sends.
func (p *benchPlant) promptSite() string {
	for n := 0; ; n++ {
		id, hash := fmt.Sprintf("bench-%d", n), fnv.New32a()
		hash.Write([]byte(id))
		if hash.Sum32()%120 < 2 {
			return id
		}
	}
}
