package agent

import (
	"bytes"
	"context"
	"errors"
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

// What only a person can put right holds the queue and raises the alarm; a
// redirect and a friendly 200 of some portal are among it.
func TestOnly204Acknowledges(t *testing.T) {
	for _, status := range []int{200, 201, 202, 301, 302, 307, 401, 403, 404, 405} {
		elsewhere := newFar(t, nil)
		tries := 0
		server := newFar(t, func(w http.ResponseWriter, _ [][]byte) int {
			w.Header().Set("Location", elsewhere.URL)
			if tries++; tries > 3 {
				return http.StatusNoContent
			}
			return status
		})
		f, pauses := forwarderTo(t, queueOf(t, 5), server.URL, ForwardOptions{})
		pause := f.wait
		f.wait = func(ctx context.Context, d time.Duration) error {
			if s := f.Stats(); !strings.Contains(s.Alarm, fmt.Sprint(status)) || f.queue.Len() != 5 {
				t.Errorf("%d: alarm %q, %d lines wait", status, s.Alarm, f.queue.Len())
			}
			return pause(ctx, d)
		}
		drain(t, f)
		wantLines(t, server.stored, wireLines(1, 6))
		if len(*pauses) != 3 || (*pauses)[0] < holdPause/2 {
			t.Errorf("%d: pauses %v", status, *pauses)
		}
		if len(elsewhere.requests) > 0 {
			t.Errorf("%d: the redirect was followed", status)
		}
	}
}

func TestAServerInTroubleIsLeftAloneForLongerAndLonger(t *testing.T) {
	tries := 0
	server := newFar(t, func(http.ResponseWriter, [][]byte) int {
		if tries++; tries > 15 {
			return http.StatusNoContent
		}
		return http.StatusServiceUnavailable
	})
	f, pauses := forwarderTo(t, queueOf(t, 5), server.URL, ForwardOptions{})
	drain(t, f)
	wantLines(t, server.stored, wireLines(1, 6))
	ceiling := time.Second
	for i, pause := range *pauses {
		if pause < ceiling/2 || pause > ceiling {
			t.Errorf("pause %d is %v, want %v to %v", i, pause, ceiling/2, ceiling)
		}
		ceiling = min(2*ceiling, longestPause)
	}
	if len(*pauses) != 15 || f.Stats().Alarm != "" {
		t.Errorf("%d pauses, alarm %q", len(*pauses), f.Stats().Alarm)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"7": 7 * time.Second, "100000": maxRetryAfter,
		time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat): 89 * time.Second,
	} {
		first := true
		server := newFar(t, func(w http.ResponseWriter, _ [][]byte) int {
			if first {
				first = false
				w.Header().Set("Retry-After", header)
				return http.StatusTooManyRequests
			}
			return http.StatusNoContent
		})
		f, pauses := forwarderTo(t, queueOf(t, 2), server.URL, ForwardOptions{})
		drain(t, f)
		if len(*pauses) != 1 || (*pauses)[0] < want-2*time.Second || (*pauses)[0] > want+want/5 {
			t.Errorf("Retry-After %s: pauses %v", header, *pauses)
		}
	}
}

// The agent starts while nothing listens, and sends when something does.
func TestACollectorThatIsNotThereIsWaitedFor(t *testing.T) {
	server := newFar(t, nil)
	gone := httptest.NewServer(nil)
	address := gone.Listener.Addr().String()
	gone.Close()
	f, _ := forwarderTo(t, queueOf(t, 5), "http://"+address, ForwardOptions{})
	tries := 0
	f.wait = func(context.Context, time.Duration) error {
		if tries++; tries == 3 {
			up, err := newDestination(configs.Upstream{URL: server.URL}, nil)
			f.up = up
			return err
		}
		return nil
	}
	drain(t, f)
	wantLines(t, server.stored, wireLines(1, 6))
}

// The connection breaks after the server stored a batch and before the agent
// heard so: that batch alone comes twice.
func TestAnAcknowledgementThatIsLostCostsOneBatch(t *testing.T) {
	requests := 0
	server := newFar(t, nil)
	server.answer = func(w http.ResponseWriter, lines [][]byte) int {
		if requests++; requests == 3 {
			server.stored = append(server.stored, lines...)
			panic(http.ErrAbortHandler)
		}
		return http.StatusNoContent
	}
	f, _ := forwarderTo(t, queueOf(t, 50), server.URL, ForwardOptions{MaxBytes: 1050})
	drain(t, f)
	twice := map[string]int{}
	for _, line := range server.stored {
		twice[string(line)]++
	}
	if len(twice) != 50 || len(server.stored)-50 > 10 {
		t.Errorf("%d different lines, %d in all", len(twice), len(server.stored))
	}
}

func TestDrainSaysWhatIsLeftWhenItsTimeEnds(t *testing.T) {
	server := newFar(t, func(http.ResponseWriter, [][]byte) int { return http.StatusForbidden })
	f, _ := forwarderTo(t, queueOf(t, 5), server.URL, ForwardOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
	err := f.Drain(ctx)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "5 lines wait") || !strings.Contains(err.Error(), "words of 403") {
		t.Errorf("drain: %v", err)
	}
}

func TestRunForwardsWhatComesAndEndsWithItsContext(t *testing.T) {
	arrived := make(chan int, 10)
	server := newFar(t, func(_ http.ResponseWriter, lines [][]byte) int {
		arrived <- len(lines)
		return http.StatusNoContent
	})
	q := openTestQueue(t, t.TempDir(), QueueOptions{})
	f, pauses := forwarderTo(t, q, server.URL, ForwardOptions{Spread: true})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- f.Run(ctx) }()
	for n := range 3 {
		appendTo(t, q, 1+2*n, 3+2*n, "")
		if got := <-arrived; got != 2 {
			t.Errorf("%d lines arrived", got)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(*pauses) == 0 || (*pauses)[0] != uploadDelay("test") {
		t.Errorf("pauses %v, want first the site's delay %v", *pauses, uploadDelay("test"))
	}
}

func TestTheLogIsShortInALongOutage(t *testing.T) {
	clock := time.Unix(1751328000, 0)
	tries := 0
	server := newFar(t, func(http.ResponseWriter, [][]byte) int {
		if tries++; tries > 20 {
			return http.StatusNoContent
		}
		return http.StatusUnauthorized
	})
	var log bytes.Buffer
	f, _ := forwarderTo(t, queueOf(t, 5), server.URL, ForwardOptions{Log: slog.New(slog.NewTextHandler(&log, nil))})
	f.speaker.now = func() time.Time { return clock }
	f.wait = func(context.Context, time.Duration) error { clock = clock.Add(4 * time.Second); return nil }
	drain(t, f) // 20 failures in 80 s
	errorLines, recoveries := strings.Count(log.String(), "level=ERROR"), strings.Count(log.String(), "uploads work again")
	if errorLines != 3 || recoveries != 1 || !strings.Contains(log.String(), "token_file") {
		t.Errorf("%d error lines, %d recoveries:\n%s", errorLines, recoveries, log.String())
	}
}

func TestTheClockOffsetIsReadFromTheDate(t *testing.T) {
	server := newFar(t, func(w http.ResponseWriter, _ [][]byte) int {
		w.Header().Set("Date", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
		return http.StatusNoContent
	})
	f, _ := forwarderTo(t, queueOf(t, 1), server.URL, ForwardOptions{})
	drain(t, f)
	if offset := f.Stats().ClockOffset; (offset - time.Hour).Abs() > 5*time.Second {
		t.Errorf("offset %v, want 1h", offset)
	}
}

func TestOnlyTheConfiguredProxyIsUsed(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://proxy.invalid:1")
	d, err := newDestination(configs.Upstream{URL: "http://collector.invalid"}, nil)
	if err != nil || d.http.Transport.(*http.Transport).Proxy != nil {
		t.Errorf("the environment's proxy is used: %v", err)
	}
	proxy := newFar(t, nil)
	via, _ := url.Parse(proxy.URL)
	f, _ := forwarderTo(t, queueOf(t, 2), "http://collector.invalid/base", ForwardOptions{Proxy: via})
	drain(t, f)
	if r := proxy.requests[0]; r.Host != "collector.invalid" || r.URL.Path != "/base/api/v2/write" {
		t.Errorf("the proxy was asked for %s%s", r.Host, r.URL.Path)
	}
}

func TestAnAddressThatIsNoneIsAnAlarmNotAPanic(t *testing.T) {
	for _, address := range []string{"", "collector:8086", "http://[::1", "ftp://x", "http://"} {
		f, _ := forwarderTo(t, queueOf(t, 1), address, ForwardOptions{})
		ctx, cancel := context.WithCancel(t.Context())
		f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
		if err := f.Drain(ctx); err == nil || !strings.Contains(f.Stats().Alarm, "collector.url") {
			t.Errorf("%q: %v, alarm %q", address, err, f.Stats().Alarm)
		}
	}
}
