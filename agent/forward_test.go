package agent

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/configs"
)

// far is a real server on loopback that stores what its answer lets it.
type far struct {
	*httptest.Server
	answer func(w http.ResponseWriter, lines [][]byte) int // nil: 204 to everything

	mu       sync.Mutex
	stored   [][]byte
	requests []*http.Request
}

func newFar(t *testing.T, answer func(w http.ResponseWriter, lines [][]byte) int) *far {
	t.Helper()
	f := &far{answer: answer}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	lines := bytes.Split(bytes.TrimSpace(body), nl)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r)
	status := http.StatusNoContent
	if f.answer != nil {
		status = f.answer(w, lines)
	}
	if status == http.StatusNoContent {
		f.stored = append(f.stored, lines...)
		w.WriteHeader(status)
	} else if status != 0 {
		http.Error(w, fmt.Sprintf("words of %d", status), status)
	}
}

// forwarderTo forwards q to up; its pauses are taken down, not slept.
func forwarderTo(t *testing.T, q *Queue, up string, o ForwardOptions) (*Forwarder, *[]time.Duration) {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f := NewForwarder(q, configs.Upstream{URL: up, Org: "", Bucket: "thermie"}, o)
	var pauses []time.Duration
	f.wait = func(ctx context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return ctx.Err()
	}
	return f, &pauses
}

func queueOf(t *testing.T, n int) *Queue {
	t.Helper()
	q := openTestQueue(t, t.TempDir(), QueueOptions{})
	appendTo(t, q, 1, n+1, "")
	return q
}

func drain(t *testing.T, f *Forwarder) {
	t.Helper()
	if err := f.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := f.queue.Len(); n > 0 {
		t.Fatalf("%d lines are left", n)
	}
}

func TestLinesArriveOnceAndInOrder(t *testing.T) {
	server := newFar(t, nil)
	f, pauses := forwarderTo(t, queueOf(t, 200), server.URL, ForwardOptions{MaxBytes: 1000})
	drain(t, f)
	wantLines(t, server.stored, wireLines(1, 201))
	r := server.requests[0]
	want := url.Values{"org": {""}, "bucket": {"thermie"}, "precision": {"s"}}
	if r.URL.Path != "/api/v2/write" || r.URL.Query().Encode() != want.Encode() || len(server.requests) < 20 {
		t.Errorf("%d requests, the first %s %s", len(server.requests), r.Method, r.URL)
	}
	if s := f.Stats(); s.Forwarded != 200 || s.LastSuccess.IsZero() || len(*pauses) > 0 {
		t.Errorf("stats %+v, pauses %v", s, *pauses)
	}
}

func TestTheTokenIsReadAnewForEachRequest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	write := func(token string) {
		if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("old")
	var server *far
	server = newFar(t, func(w http.ResponseWriter, _ [][]byte) int {
		if server.requests[len(server.requests)-1].Header.Get("Authorization") != "Token new" {
			return http.StatusUnauthorized
		}
		return http.StatusNoContent
	})
	f, _ := forwarderTo(t, queueOf(t, 3), server.URL, ForwardOptions{})
	f.up.tokenFile = file
	f.wait = func(context.Context, time.Duration) error {
		if !strings.Contains(f.Stats().Alarm, "401") {
			t.Errorf("alarm %q", f.Stats().Alarm)
		}
		write("new")
		return nil
	}
	drain(t, f)
	if alarm := f.Stats().Alarm; alarm != "" {
		t.Errorf("the alarm stays: %s", alarm)
	}
}

// One bad line among many is found by halving; it is kept with the server's
// words, and every other line is stored.
func TestABadLineIsFoundAndSetAside(t *testing.T) {
	bad := map[string]bool{string(wireLine(38)): true, string(wireLine(39)): true, string(wireLine(100)): true}
	for _, status := range []int{http.StatusBadRequest, http.StatusUnprocessableEntity} {
		server := newFar(t, func(w http.ResponseWriter, lines [][]byte) int {
			for _, line := range lines {
				if bad[string(line)] {
					return status
				}
			}
			return http.StatusNoContent
		})
		q := queueOf(t, 100)
		f, pauses := forwarderTo(t, q, server.URL, ForwardOptions{})
		drain(t, f)
		wantLines(t, server.stored, append(wireLines(1, 38), wireLines(40, 100)...))
		kept := rejectedText(t, q)
		for line := range bad {
			if !strings.Contains(kept, fmt.Sprintf("words of %d\n%s\n", status, line)) {
				t.Errorf("rejected/ reads\n%s", kept)
			}
		}
		if f.Stats().Rejected != 3 || len(*pauses) > 0 || len(server.requests) > 60 {
			t.Errorf("stats %+v, pauses %v, %d requests", f.Stats(), *pauses, len(server.requests))
		}
	}
}

func rejectedText(t *testing.T, q *Queue) string {
	t.Helper()
	var text []byte
	for _, name := range files(t, filepath.Join(q.dir, "rejected"), "*.lines") {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, content...)
	}
	return string(text)
}

func TestARejectedLineThatCannotBeKeptStaysInTheQueue(t *testing.T) {
	server := newFar(t, func(http.ResponseWriter, [][]byte) int { return http.StatusBadRequest })
	q := queueOf(t, 1)
	if err := os.WriteFile(filepath.Join(q.dir, "rejected"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, _ := forwarderTo(t, q, server.URL, ForwardOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
	if err := f.Drain(ctx); err == nil || q.Len() != 1 {
		t.Errorf("drain: %v, %d lines wait", err, q.Len())
	}
}

func TestTooLargeARequestIsHalved(t *testing.T) {
	server := newFar(t, func(w http.ResponseWriter, lines [][]byte) int {
		if len(bytes.Join(lines, nl)) > 700 {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusNoContent
	})
	f, _ := forwarderTo(t, queueOf(t, 100), server.URL, ForwardOptions{})
	drain(t, f)
	wantLines(t, server.stored, wireLines(1, 101))
	if n := len(server.requests); n > 30 {
		t.Errorf("%d requests: the size that fits is not remembered", n)
	}
}
