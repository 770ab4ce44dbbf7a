package forward

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"thermie/configs"
)

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
		f, pauses := forwarderTo(t, queueOf(t, 5), server.URL, Options{})
		pause := f.wait
		f.wait = func(ctx context.Context, d time.Duration) error {
			if s := f.Stats(); !strings.Contains(s.Alarm, fmt.Sprint(status)) || f.queue.Len() != 5 {
				t.Errorf("%d: alarm %q, %d lines wait", status, s.Alarm, f.queue.Len())
			}
			return pause(ctx, d)
		}
		drain(t, f)
		wantLines(t, server.lines(), wireLines(1, 6))
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
	f, pauses := forwarderTo(t, queueOf(t, 5), server.URL, Options{})
	drain(t, f)
	wantLines(t, server.lines(), wireLines(1, 6))
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
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "100000": maxRetryAfter} {
		first := true
		server := newFar(t, func(w http.ResponseWriter, _ [][]byte) int {
			if first {
				first = false
				w.Header().Set("Retry-After", header)
				return http.StatusTooManyRequests
			}
			return http.StatusNoContent
		})
		f, pauses := forwarderTo(t, queueOf(t, 2), server.URL, Options{})
		drain(t, f)
		if len(*pauses) != 1 || (*pauses)[0] < want || (*pauses)[0] > want+want/5 {
			t.Errorf("Retry-After %s: pauses %v", header, *pauses)
		}
	}
}

func TestRetryAfterMayNameAnInstant(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"Sun, 22 Nov 2026 12:01:30 GMT": 90 * time.Second,
		"Sun, 22 Nov 2026 11:59:00 GMT": 0,
		"Mon, 23 Nov 2026 12:00:00 GMT": maxRetryAfter,
		"-7":                            0,
		"soon":                          0,
		"":                              0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("Retry-After %s: %v, want %v", header, got, want)
		}
	}
}

// The agent starts while nothing listens, and sends when something does.
func TestACollectorThatIsNotThereIsWaitedFor(t *testing.T) {
	server := newFar(t, nil)
	f, _ := forwarderTo(t, queueOf(t, 5), "http://127.0.0.1:1", Options{}) // a port that no test is given
	tries := 0
	f.wait = func(context.Context, time.Duration) error {
		if tries++; tries == 3 {
			up, err := newDestination(configs.Upstream{URL: server.URL})
			f.up = up
			return err
		}
		return nil
	}
	drain(t, f)
	wantLines(t, server.lines(), wireLines(1, 6))
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
	f, _ := forwarderTo(t, queueOf(t, 50), server.URL, Options{MaxBytes: 1050})
	drain(t, f)
	twice := map[string]int{}
	stored := server.lines()
	for _, line := range stored {
		twice[string(line)]++
	}
	if len(twice) != 50 || len(stored)-50 > 10 {
		t.Errorf("%d different lines, %d in all", len(twice), len(stored))
	}
}

func TestDrainSaysWhatIsLeftWhenItsTimeEnds(t *testing.T) {
	server := newFar(t, func(http.ResponseWriter, [][]byte) int { return http.StatusForbidden })
	f, _ := forwarderTo(t, queueOf(t, 5), server.URL, Options{})
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
	q := queueOf(t, 0)
	f, pauses := forwarderTo(t, q, server.URL, Options{Spread: true})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- f.Run(ctx) }()
	for n := range 3 {
		appendTo(t, q, 1+2*n, 3+2*n)
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

// A week that waits at the start is sent without the site's delay.
func TestABacklogIsSentAtOnce(t *testing.T) {
	server := newFar(t, nil)
	q := queueOf(t, 7*144)
	f, pauses := forwarderTo(t, q, server.URL, Options{Spread: true})
	ctx, cancel := context.WithCancel(t.Context())
	server.answer = func(_ http.ResponseWriter, lines [][]byte) int {
		if bytes.Equal(lines[len(lines)-1], wireLine(7*144)) {
			defer cancel()
		}
		return http.StatusNoContent
	}
	if err := f.Run(ctx); err != nil || len(*pauses) > 0 {
		t.Errorf("%v, pauses %v", err, *pauses)
	}
	wantLines(t, server.lines(), wireLines(1, 7*144+1))
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
	f, _ := forwarderTo(t, queueOf(t, 5), server.URL, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
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
	f, _ := forwarderTo(t, queueOf(t, 1), server.URL, Options{})
	drain(t, f)
	c := f.Stats().Clock
	if (c.Offset-time.Hour).Abs() > c.Within || c.Within < 500*time.Millisecond || time.Since(c.At) > time.Minute {
		t.Errorf("%v, want an hour behind", c)
	}
}

func TestAnAddressThatIsNoneIsAnAlarmNotAPanic(t *testing.T) {
	for _, address := range []string{"", "collector:8086", "http://[::1", "ftp://x", "http://"} {
		f, _ := forwarderTo(t, queueOf(t, 1), address, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		f.wait = func(context.Context, time.Duration) error { cancel(); return nil }
		if err := f.Drain(ctx); err == nil || !strings.Contains(f.Stats().Alarm, "collector.url") {
			t.Errorf("%q: %v, alarm %q", address, err, f.Stats().Alarm)
		}
	}
}
