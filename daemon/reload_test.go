package daemon

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A service under test is asked by real signals, and its manager listens on a
// real socket.
func TestSIGHUPChecksAndThenBeginsANewRun(t *testing.T) {
	conn := manager(t, filepath.Join(t.TempDir(), "notify"))
	var log bytes.Buffer
	loads := 0
	faults := errors.New("agent.yaml:3: no such key\nagent.yaml:9: no such unit")
	s := Service[string]{
		Load: func() (string, error) {
			if loads++; loads == 2 {
				return "", faults
			}
			return fmt.Sprint("configuration ", loads), nil
		},
		Run: func(ctx context.Context, cfg string) error {
			Notify(Ready, Status("with %s", cfg))
			<-ctx.Done()
			Notify(Status("end of %s", cfg))
			return nil
		},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	says := func(want string) {
		t.Helper()
		if got := heard(t, conn); got != want {
			t.Errorf("the manager hears %q, want %q", got, want)
		}
	}
	says("READY=1\nSTATUS=with configuration 1")
	hangUp(t)
	says("RELOADING=1")
	says("READY=1\nSTATUS=running with the configuration before: the new one has faults, the log lists them")
	hangUp(t)
	says("RELOADING=1")
	says("STATUS=end of configuration 1")
	says("READY=1\nSTATUS=with configuration 3")
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	for _, fault := range strings.Split(faults.Error(), "\n") {
		if !strings.Contains(log.String(), fault) {
			t.Errorf("the log does not say %q:\n%s", fault, &log)
		}
	}
}

func hangUp(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

func TestAServiceEndsWithItsFirstError(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	broken := errors.New("broken")
	load := func(err error) func() (int, error) { return func() (int, error) { return 1, err } }
	run := func(err error) func(context.Context, int) error {
		return func(context.Context, int) error { return err }
	}
	for _, s := range []Service[int]{
		{Load: load(broken), Run: run(nil), Log: slog.New(slog.DiscardHandler)},
		{Load: load(nil), Run: run(broken), Log: slog.New(slog.DiscardHandler)},
	} {
		if err := s.Serve(t.Context()); !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
	}
}
