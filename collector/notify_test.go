package collector

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"thermie/collector/store"
	"thermie/configs"
)

// A watchdog is fed by answers that pass the collector's own address: when
// nothing listens there any more, it starves.
func TestTheWatchdogIsFedByAnswers(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	t.Setenv("NOTIFY_SOCKET", socket)
	t.Setenv("WATCHDOG_PID", "")
	t.Setenv("WATCHDOG_USEC", "60000") // 60 ms
	heard := func() string {
		t.Helper()
		conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		datagram := make([]byte, 4096)
		n, err := conn.Read(datagram)
		if err != nil {
			t.Fatal(err)
		}
		return string(datagram[:n])
	}

	s := behindAProxy(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { s.reassure(ctx); close(ended) }()
	if got, want := heard(), fmt.Sprintf("READY=1\nSTATUS=serving http://%s", s.Addr()); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for range 3 {
		if got := heard(); got != "WATCHDOG=1" {
			t.Errorf("%q", got)
		}
	}
	if err := s.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.answersItself(ctx); err == nil {
		t.Error("a closed collector answers itself")
	}
	cancel()
	<-ended
}

// Behind a proxy on the machine all strangers come from one address, which is
// the collector's own as well: they are told to wait, and it is not.
func TestStrangersDoNotStarveTheWatchdog(t *testing.T) {
	s := behindAProxy(t)
	defer s.Close(t.Context())
	for status := 0; status != http.StatusTooManyRequests; {
		answer, err := http.Get("http://" + fromHere(s.Addr()) + "/health")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		status = answer.StatusCode
	}
	if err := s.answersItself(t.Context()); err != nil {
		t.Errorf("the collector does not hear itself: %v", err)
	}
}

func behindAProxy(t *testing.T) *Server {
	t.Helper()
	dir := t.TempDir()
	kept, err := store.OpenEmbedded(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	s, err := New(&configs.Collector{Listen: "0.0.0.0:0", BehindProxy: true, Data: dir}, kept, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// Where the collector listens on all addresses, this machine reaches it by
// loopback; where on one, by that.
func TestAListeningAddressFromHere(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:8086": "localhost:8086", "[::]:8086": "localhost:8086", ":8086": "localhost:8086",
		"127.0.0.1:8086": "127.0.0.1:8086", "192.0.2.7:8086": "192.0.2.7:8086", "collector.example:8086": "collector.example:8086",
	} {
		if got := fromHere(address); got != want {
			t.Errorf("%s is %s from here, want %s", address, got, want)
		}
	}
}
