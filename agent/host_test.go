package agent

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// hostAgent is the configuration of an agent that reads its own machine, with
// the energy counters of a /sys of its own.
func hostAgent(t *testing.T) *configs.Agent {
	t.Helper()
	sys := t.TempDir()
	if err := os.CopyFS(sys, os.DirFS("host/testdata/sys")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "agent.yaml")
	text := `site: {id: closet, name: Closet, tap: return_air, data: measured, it_rated_kw: 10}
collector: {url: "https://collector.example.org"}
points: [{id: rack, name: Rack, role: it}]
host: {point: rack, rapl: true, temperature_sensor: coretemp/temp1, sys: ` + sys + `}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := configs.CheckAgent(file)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// A room without meters is known by what its machine tells: an estimate, as
// its card says to whoever computes with it.
func TestAHostIsNeverCalledMeasured(t *testing.T) {
	cfg := hostAgent(t)
	cards := cardsOf(cfg, nil)
	point := cards[len(cards)-1].Point
	if !strings.HasPrefix(point.Origin, "host estimate, not measured") || point.Class != "" || point.Data != interval.EstimatedData {
		t.Errorf("%+v", point)
	}
	accuracy, err := heat.AccuracyOf(*point)
	if err != nil || accuracy.Relative(heat.Conditions{}) != 0.5 {
		t.Errorf("heat takes it as exact to %v, %v", accuracy.Relative(heat.Conditions{}), err)
	}
	var said strings.Builder
	printHost(&said, cfg.Host)
	if !strings.Contains(said.String(), "host estimate, not measured") || !strings.Contains(said.String(), "[dram package-0 package-1] alone, without power supply") {
		t.Errorf("check says %s", said.String())
	}
}

// A sensor that hangs, as a fan controller's does behind a dead bus, is seen
// by the watchdog.
func TestASensorThatNeverAnswersStarvesTheWatchdog(t *testing.T) {
	cfg := hostAgent(t)
	sensor := filepath.Join(cfg.Host.Sys, "class/hwmon/hwmon1/temp1_input")
	if err := os.Remove(sensor); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(sensor, 0o600); err != nil {
		t.Fatal(err)
	}
	sources, err := openHost(surroundings{ctx: t.Context(), cfg: cfg, log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	w := newWatch(testLog(t))
	w.follow(sources[0])
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { sources[0].run(ctx, func([]interval.Reading) {}); close(done) }()
	silent, err := os.OpenFile(sensor, os.O_WRONLY, 0) // opens when the agent has begun to read
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if w.still(now) != "" || w.still(now.Add(time.Duration(cfg.Host.Period)+stall)) != "host" {
		t.Errorf("stands still: %q, and a period and a stall later %q", w.still(now), w.still(now.Add(time.Duration(cfg.Host.Period)+stall)))
	}
	cancel()
	silent.Close()
	<-done
}

// The machine is read at each period until the agent ends.
func TestAHostIsReadAtEachPeriod(t *testing.T) {
	cfg := hostAgent(t)
	synctest.Test(t, func(t *testing.T) {
		sources, err := openHost(surroundings{ctx: t.Context(), cfg: cfg, log: testLog(t)})
		if err != nil || len(sources) != 1 {
			t.Fatalf("%d sources, %v", len(sources), err)
		}
		l := &listener{t: t, done: make(chan struct{})}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { sources[0].run(ctx, l.put); close(l.done) }()
		time.Sleep(25 * time.Second)
		cancel()
		<-l.done
		var energies int
		for _, r := range l.came {
			if r.Kind == interval.ElectricEnergy {
				energies++
			}
		}
		if energies != 3 { // at 0, 10 and 20 s
			t.Errorf("%d readings of the energy", energies)
		}
		if s := sources[0].(reporter).status(); s.parts[0].fault != "" || !strings.Contains(s.parts[0].name, "an estimate") {
			t.Errorf("%+v", s)
		}
	})
}
