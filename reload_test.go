package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An agent that is asked to reload looks at its configuration first. With a
// fault in it, it runs on and says why; a clean one makes it begin anew from
// the baselines on disk, and what the store then holds is, line for line,
// what an undisturbed run leaves.
func TestSIGHUPChecksAndThenRestartsFromTheBaselinesOnDisk(t *testing.T) {
	calm := newChain(t).play(0)
	c := newChain(t)
	manager := newServiceManager(t)
	var log bytes.Buffer
	agent := c.command("agent", "-config", c.agentYAML)
	agent.Env = append(agent.Env, "NOTIFY_SOCKET="+manager.path, "WATCHDOG_USEC=120000000")
	agent.Stderr = io.MultiWriter(&log, t.Output())
	if err := agent.Start(); err != nil {
		t.Fatal(err)
	}
	defer agent.Process.Kill()
	reload := func() {
		t.Helper()
		if err := agent.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		manager.hears(t, "RELOADING=1")
	}
	manager.hears(t, "READY=1\nSTATUS=reading 19 series, sending to http://")
	manager.hears(t, "WATCHDOG=1") // an instant was read

	good, err := os.ReadFile(c.agentYAML)
	if err != nil {
		t.Fatal(err)
	}
	c.write("agent.yaml", strings.Replace(string(good), "interval: 10m", "intervall: 10m", 1))
	reload()
	manager.hears(t, "READY=1\nSTATUS=running with the configuration before")
	c.write("agent.yaml", string(good))
	for range 3 {
		reload()
		manager.hears(t, "READY=1\nSTATUS=reading 19 series")
	}

	store := c.start("collector", "-config", c.collectorYAML)
	defer kill(store)
	if err := agent.Wait(); err != nil {
		t.Fatalf("agent: %v\n%s", err, &log)
	}
	if !strings.Contains(log.String(), "unknown key intervall (did you mean interval?)") {
		t.Errorf("the log does not say what is wrong with the configuration:\n%s", &log)
	}
	if got := c.export(); !bytes.Equal(got, calm) {
		t.Errorf("the store differs after the reloads:\n%s", firstDifference(calm, got))
	}
}

// A collector says that it is ready when it answers, and begins anew with a
// new configuration on the address that it had.
func TestTheCollectorTellsItsManagerAndReloads(t *testing.T) {
	c := newChain(t)
	manager := newServiceManager(t)
	store := c.command("collector", "-config", c.collectorYAML)
	store.Env = append(store.Env, "NOTIFY_SOCKET="+manager.path, "WATCHDOG_USEC=300000")
	store.Stderr = t.Output()
	if err := store.Start(); err != nil {
		t.Fatal(err)
	}
	defer store.Process.Kill()
	for range 2 {
		manager.hears(t, "READY=1\nSTATUS=serving http://"+c.address)
		manager.hears(t, "WATCHDOG=1")
		manager.hears(t, "WATCHDOG=1")
		if err := store.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		manager.hears(t, "RELOADING=1")
	}
	manager.hears(t, "READY=1\nSTATUS=serving")
	if err := store.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	manager.hears(t, "STOPPING=1")
	if err := store.Wait(); err != nil {
		t.Errorf("collector: %v", err)
	}
}

// serviceManager is the service manager's end of sd_notify(3). It reads on
// while a test looks elsewhere, as a real one does.
type serviceManager struct {
	path string
	said chan string
}

func newServiceManager(t *testing.T) *serviceManager {
	t.Helper()
	m := &serviceManager{filepath.Join(t.TempDir(), "notify"), make(chan string, 10_000)}
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: m.path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		defer close(m.said)
		datagram := make([]byte, 4096)
		for {
			n, err := conn.Read(datagram)
			if err != nil {
				return
			}
			m.said <- string(datagram[:n])
		}
	}()
	return m
}

// hears waits for a datagram that begins with want; only the watchdog may
// be fed before it.
func (m *serviceManager) hears(t *testing.T, want string) {
	t.Helper()
	limit := time.NewTimer(time.Minute)
	defer limit.Stop()
	for {
		select {
		case got := <-m.said:
			if strings.HasPrefix(got, want) {
				return
			}
			if got != "WATCHDOG=1" {
				t.Fatalf("the manager hears %q, want %q", got, want)
			}
		case <-limit.C:
			t.Fatalf("the manager does not hear %q", want)
		}
	}
}
