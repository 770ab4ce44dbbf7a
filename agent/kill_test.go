package agent

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"thermie/interval"
)

// killedAgent names the configuration of an agent that a test kills.
const killedAgent = "THERMIE_TEST_AGENT"

// TestHelperAgent is not a test: it is the agent that
// TestAKilledAgentSendsEveryIntervalOnce starts and kills.
func TestHelperAgent(t *testing.T) {
	config := os.Getenv(killedAgent)
	if config == "" {
		t.Skip("started by another test only")
	}
	if err := CmdAgent(context.Background(), []string{"-config", config}, os.Stdout, os.Stderr); err != nil {
		t.Fatal(err)
	}
}

// startAgent starts an agent in a process of its own.
func startAgent(t *testing.T, config string) *exec.Cmd {
	t.Helper()
	process := exec.Command(os.Args[0], "-test.run=^TestHelperAgent$")
	process.Env = append(os.Environ(), killedAgent+"="+config)
	process.Stdout, process.Stderr = t.Output(), t.Output()
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { process.Process.Kill(); process.Wait() })
	return process
}

// distinct is the set of lines, sorted: a line sent twice is stored once.
func distinct(lines string) []string {
	all := strings.Split(strings.TrimSpace(lines), "\n")
	slices.Sort(all)
	return slices.Compact(all)
}

// A kill -9 at any moment costs nothing in stepped time: what arrives is, line
// by line, what an agent sends that was left alone.
func TestAKilledAgentSendsEveryIntervalOnce(t *testing.T) {
	calm := newReceiver(t)
	_, cfg, _ := measuredDay(t, calm.URL)
	if err := Run(t.Context(), cfg, testLog(t)); err != nil {
		t.Fatal(err)
	}
	want, _, _, _ := calm.received(t)

	up := newReceiver(t)
	_, _, dir := measuredDay(t, up.URL)
	config := filepath.Join(dir, "micro-dc.agent.yaml")
	for kills := 1; kills <= 3; kills++ {
		process := startAgent(t, config)
		within(t, fmt.Sprintf("kill %d", kills), func() bool { return up.size() > kills*len(want)/5 })
		process.Process.Kill()
		process.Wait()
	}
	if err := startAgent(t, config).Wait(); err != nil {
		t.Fatal(err)
	}
	got, records, _, _ := up.received(t)
	if !slices.Equal(distinct(got), distinct(want)) {
		t.Errorf("%d distinct lines arrived, want %d", len(distinct(got)), len(distinct(want)))
	}
	wantDay(t, energies(records, interval.ElectricEnergy))
}
