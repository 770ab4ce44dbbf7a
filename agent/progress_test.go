package agent

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/modbus"
	"thermie/agent/modbus/modbustest"
	"thermie/configs"
	"thermie/interval"
)

// serviceManager is the manager's end of a real socket; said returns what
// came, once the agent is done.
func serviceManager(t *testing.T) (said func() []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("NOTIFY_SOCKET", path)
	t.Setenv("WATCHDOG_USEC", "120000000")
	t.Setenv("WATCHDOG_PID", "")
	var all []string
	done := make(chan struct{})
	go func() {
		defer close(done)
		datagram := make([]byte, 4096)
		for {
			n, err := conn.Read(datagram)
			if err != nil || string(datagram[:n]) == "end of test" {
				return
			}
			all = append(all, string(datagram[:n]))
		}
	}()
	t.Cleanup(func() { conn.Close() })
	return func() []string {
		out, err := net.Dial("unixgram", path)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		if _, err := out.Write([]byte("end of test")); err != nil {
			t.Fatal(err)
		}
		<-done
		return all
	}
}

// slowLine is a source that asks, and stops asking at a moment.
type slowLine struct{ promise promise }

func (s *slowLine) pace() *promise       { return &s.promise }
func (s *slowLine) status() sourceStatus { return sourceStatus{name: "modbus 192.0.2.1:502"} }

// The loop lives all the time; what feeds the watchdog is that polling moves.
func TestTheWatchdogStarvesWhenPollingStandsStill(t *testing.T) {
	said := serviceManager(t)
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		s := liveSite(t, t.TempDir())
		defer s.queue.Close()
		stuck := &slowLine{}
		stuck.promise.within(10 * time.Minute) // moves on by then, and so may be stall later
		s.watch.log = slog.New(slog.NewTextHandler(&log, nil))
		s.watch.pollers = []poller{stuck}
		runFor(t, s, 20*time.Minute+time.Second, always)
		if got := s.watch.still(time.Now()); got != "modbus 192.0.2.1:502" {
			t.Errorf("stands still: %q", got)
		}
		stuck.promise.within(time.Hour)
		s.watch.feed(beat)
		if got := s.watch.still(time.Now()); got != "" {
			t.Errorf("stands still after it went on: %q", got)
		}
	})
	var alive, stalled int
	all := said()
	for _, datagram := range all {
		switch datagram {
		case "WATCHDOG=1":
			alive++
		case "STATUS=polling stands still: modbus 192.0.2.1:502":
			stalled++
		default:
			t.Errorf("%q", datagram)
		}
	}
	if want := int(11*time.Minute/(30*time.Second)) + 1; alive != want || stalled != 1 || all[len(all)-1] != "WATCHDOG=1" {
		t.Errorf("fed %d times, want %d; said %d times that polling stands still", alive, want, stalled)
	}
	if n := strings.Count(log.String(), "polling stands still"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, &log)
	}
}

// A device that never answers is no reason for a restart: the line goes on
// asking, and keeps its promise.
func TestADeadDeviceKeepsTheWatchdogFed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		link := modbus.Over(ctx, modbustest.Pipe(func(int, []byte) ([]byte, bool) { return nil, false }))
		d, err := deviceOf(link, configs.Device{Unit: 3, Point: "it", Timeout: 20 * second}, partsTemplate, testLog(t))
		if err != nil {
			t.Fatal(err)
		}
		l := &line{period: 10 * time.Second, devices: []*device{d}, request: link.Longest(20*time.Second, 0)}
		for range 2 {
			before := time.Now()
			l.poll(ctx, func([]interval.Reading) {})
			until := l.promise.until.Load()
			if until == nil || !until.After(before.Add(20*time.Second+stall)) || l.promise.broken(time.Now()) {
				t.Errorf("promised %v at %v", until, before)
			}
		}
		if s := l.status(); s.parts[0].name != "unit 3, point it" || s.parts[0].failures != 2 || !strings.Contains(s.parts[0].fault, "i/o timeout") {
			t.Errorf("%+v", s)
		}
		cancel()
		synctest.Wait()
	})
}
