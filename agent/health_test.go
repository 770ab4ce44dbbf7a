package agent

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"thermie/agent/queue"
	"thermie/configs"
)

func TestTheLogIsQuietAboutAFaultThatGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		h := &health{log: slog.New(slog.NewTextHandler(&said, nil))}
		for range 120 {
			h.fail(context.DeadlineExceeded)
			time.Sleep(time.Second)
		}
		h.ok()
		h.ok()
		if faults, back := strings.Count(said.String(), "no reading"), strings.Count(said.String(), "reading again"); faults != 4 || back != 1 {
			t.Errorf("%d faults and %d recoveries said:\n%s", faults, back, said.String())
		}
	})
}

// A disk that takes nothing is not a meter that says nothing.
func TestAFullDiskIsCalledWhatItIs(t *testing.T) {
	dir := t.TempDir()
	var said bytes.Buffer
	s, err := openSite(&configs.Agent{Site: configs.SiteEntry{ID: "s"}, State: dir}, slog.New(slog.NewTextHandler(&said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	s.queue.Close() // it takes nothing more
	s.pending = []byte("event,site=s,meter=_site what=\"test\",text=\"a line\" 1\n")
	if err := s.store(); err != nil || len(s.pending) == 0 {
		t.Fatalf("lines that found no place are not kept: %v", err)
	}
	if s.queue, err = queue.Open(dir, queue.Options{Site: "s"}); err != nil {
		t.Fatal(err)
	}
	defer s.queue.Close()
	if err := s.store(); err != nil || len(s.pending) != 0 {
		t.Fatalf("%q, %v", s.pending, err)
	}
	if log := said.String(); !strings.Contains(log, "intervals not stored") || !strings.Contains(log, "intervals stored again") || strings.Contains(log, "reading") {
		t.Errorf("the log says:\n%s", log)
	}
}
