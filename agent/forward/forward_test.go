package forward

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
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"thermie/agent/queue"
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

// lines are those stored so far; a request under way is waited for.
func (f *far) lines() [][]byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stored
}

// forwarderTo forwards q to up; its pauses are taken down, not slept.
func forwarderTo(t *testing.T, q *queue.Queue, up string, o Options) (*Forwarder, *[]time.Duration) {
	t.Helper()
	return forwarderBy(t, q, configs.Upstream{URL: up, Bucket: "thermie"}, o)
}

func forwarderBy(t *testing.T, q *queue.Queue, up configs.Upstream, o Options) (*Forwarder, *[]time.Duration) {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	f := New(q, up, o)
	var pauses []time.Duration
	f.wait = func(ctx context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return ctx.Err()
	}
	return f, &pauses
}

func queueOf(t *testing.T, n int) *queue.Queue {
	t.Helper()
	q, err := queue.Open(t.TempDir(), queue.Options{Site: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	appendTo(t, q, 1, n+1)
	return q
}

// appendTo queues the lines numbered from, …, to-1.
func appendTo(t *testing.T, q *queue.Queue, from, to int) {
	t.Helper()
	var lines []byte
	for _, line := range wireLines(from, to) {
		lines = append(append(lines, line...), '\n')
	}
	if err := q.Append(lines, nil); err != nil {
		t.Fatal(err)
	}
}

// wireLine is the nth line of a test's series, ten minutes after the one before.
func wireLine(n int) []byte {
	return fmt.Appendf(nil, "interval,site=test,meter=m,kind=electric_energy,len=600 si=%d,u=1,cov=1,flags=2i,rev=0i %d",
		1000+n, 1751328000+600*n)
}

func wireLines(from, to int) (lines [][]byte) {
	for n := from; n < to; n++ {
		lines = append(lines, wireLine(n))
	}
	return lines
}

func wantLines(t *testing.T, got, want [][]byte) {
	t.Helper()
	if !slices.EqualFunc(got, want, bytes.Equal) {
		t.Fatalf("got %d lines:\n%s\nwant %d:\n%s", len(got), bytes.Join(got, nl), len(want), bytes.Join(want, nl))
	}
}

var nl = []byte{'\n'}

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
	f, pauses := forwarderTo(t, queueOf(t, 200), server.URL, Options{MaxBytes: 1000})
	drain(t, f)
	wantLines(t, server.lines(), wireLines(1, 201))
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
	f, _ := forwarderTo(t, queueOf(t, 3), server.URL, Options{})
	f.up.up.TokenFile = file
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
		f, pauses := forwarderTo(t, q, server.URL, Options{})
		drain(t, f)
		wantLines(t, server.lines(), append(wireLines(1, 38), wireLines(40, 100)...))
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

func rejectedText(t *testing.T, q *queue.Queue) string {
	t.Helper()
	var text []byte
	names, err := filepath.Glob(filepath.Join(q.Rejected(), "*.lines"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
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
	if err := os.WriteFile(q.Rejected(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, _ := forwarderTo(t, q, server.URL, Options{})
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
	f, _ := forwarderTo(t, queueOf(t, 100), server.URL, Options{})
	drain(t, f)
	wantLines(t, server.lines(), wireLines(1, 101))
	if n := len(server.requests); n > 30 {
		t.Errorf("%d requests: the size that fits is not remembered", n)
	}
}

// A server's words cannot end a line, nor speak to the terminal that shows
// them.
func TestAServersWordsAreOneLine(t *testing.T) {
	for words, want := range map[string]string{
		"partial write:\r\n field  type": "partial write: field type",
		"\x1b[31mred\u009b1m\x7f":        "[31mred 1m",
		"not \xff UTF-8\n":               "not ? UTF-8",
		"":                               "",
	} {
		if got := oneLine(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}
