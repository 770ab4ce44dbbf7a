package daemon

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// manager is the service manager's end of the socket.
func manager(t *testing.T, name string) *net.UnixConn {
	t.Helper()
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	t.Setenv("NOTIFY_SOCKET", name)
	return conn
}

func heard(t *testing.T, conn *net.UnixConn) string {
	t.Helper()
	datagram := make([]byte, 4096)
	n, err := conn.Read(datagram)
	if err != nil {
		t.Fatal(err)
	}
	return string(datagram[:n])
}

func TestStatesArriveAsOneDatagram(t *testing.T) {
	for _, name := range []string{filepath.Join(t.TempDir(), "notify"), "@thermie-test-" + strconv.Itoa(os.Getpid())} {
		conn := manager(t, name)
		if err := Notify(Ready, Status("reading %d series\nand\tmore", 3)); err != nil {
			t.Fatal(err)
		}
		if got := heard(t, conn); got != "READY=1\nSTATUS=reading 3 series and more" {
			t.Errorf("%q", got)
		}
	}
}

func TestWithoutAManagerNothingIsSaid(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	if err := Notify(Ready); err != nil {
		t.Error(err)
	}
	t.Setenv("NOTIFY_SOCKET", filepath.Join(t.TempDir(), "nobody"))
	if err := Notify(Ready); err == nil || !strings.Contains(err.Error(), "telling the service manager") {
		t.Errorf("a manager that is not there: %v", err)
	}
}

// A manager that does not read must not hold the service up for long.
func TestAManagerThatDoesNotReadIsNotWaitedFor(t *testing.T) {
	manager(t, filepath.Join(t.TempDir(), "notify"))
	for range 10_000 {
		if err := Notify(Alive); err != nil {
			if !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("given up because of %v", err)
			}
			return
		}
	}
	t.Error("the socket took everything")
}

func TestTheWatchdogIsThisProcessesOwn(t *testing.T) {
	for _, c := range []struct {
		usec, pid string
		want      time.Duration
	}{
		{"", "", 0}, {"0", "", 0}, {"-3", "", 0}, {"soon", "", 0},
		{"120000000", "", 2 * time.Minute},
		{"120000000", strconv.Itoa(os.Getpid()), 2 * time.Minute},
		{"120000000", "1", 0},
	} {
		t.Setenv("WATCHDOG_USEC", c.usec)
		t.Setenv("WATCHDOG_PID", c.pid)
		if got := WatchdogPeriod(); got != c.want {
			t.Errorf("%q for process %q: %v, want %v", c.usec, c.pid, got, c.want)
		}
	}
}
