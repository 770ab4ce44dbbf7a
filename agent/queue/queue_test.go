package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// openTestQueue opens a queue that the test's end closes.
func openTestQueue(t testing.TB, dir string, o Options) *Queue {
	t.Helper()
	o.Site = "test"
	q, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	return q
}

// said are baselines that say so.
func said(baselines string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, baselines)
		return err
	}
}

// stateLine is their line in a segment.
func stateLine(t testing.TB, baselines string) []byte {
	t.Helper()
	line, err := encodeState(said(baselines))
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// appendTo appends the lines numbered from, …, to-1 as one Append.
func appendTo(t testing.TB, q *Queue, from, to int, baselines string) {
	t.Helper()
	lines := append(bytes.Join(wireLines(from, to), nl), '\n')
	if err := q.Append(lines, said(baselines)); err != nil {
		t.Fatal(err)
	}
}

// takeAll empties the queue and returns its lines.
func takeAll(t testing.TB, q *Queue) (lines [][]byte) {
	t.Helper()
	for {
		b, err := q.Next(500)
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Lines) == 0 {
			return lines
		}
		lines = append(lines, b.Lines...)
		if err := q.Ack(b); err != nil {
			t.Fatal(err)
		}
	}
}

func wantLines(t testing.TB, got, want [][]byte) {
	t.Helper()
	if !equalLines(got, want) {
		t.Fatalf("got %d lines:\n%s\nwant %d:\n%s", len(got), bytes.Join(got, nl), len(want), bytes.Join(want, nl))
	}
}

func files(t testing.TB, dir, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestLinesComeOutInOrderAndStayUntilAcknowledged(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{})
	appendTo(t, q, 1, 4, "a")
	appendTo(t, q, 4, 6, "b")
	first, _ := q.Next(1)
	wantLines(t, first.Lines, wireLines(1, 2))
	again, _ := q.Next(1 << 20)
	wantLines(t, again.Lines, wireLines(1, 6))
	if err := q.Ack(again.Head(4)); err != nil {
		t.Fatal(err)
	}
	rest, _ := q.Next(1 << 20)
	wantLines(t, rest.Lines, wireLines(5, 6))
	if q.Len() != 1 || string(q.Baselines()) != "b" {
		t.Errorf("%d lines wait, baselines %s", q.Len(), q.Baselines())
	}
}

func TestARestartGoesOnBehindTheLastAcknowledgedLine(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{})
	appendTo(t, q, 1, 6, "a")
	b, _ := q.Next(1 << 20)
	if err := errors.Join(q.Ack(b.Head(2)), q.Close()); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{})
	if string(q.Baselines()) != "a" || q.Len() != 3 {
		t.Errorf("baselines %q, %d lines", q.Baselines(), q.Len())
	}
	appendTo(t, q, 6, 8, "b")
	wantLines(t, takeAll(t, q), wireLines(3, 8))
}

func TestBaselinesOutliveTheLinesThatTheyCameWith(t *testing.T) {
	dir := t.TempDir()
	for restart := range 4 {
		q := openTestQueue(t, dir, Options{SegmentBytes: 200})
		if want := ""; restart > 0 {
			if want = fmt.Sprint("state ", restart-1); string(q.Baselines()) != want {
				t.Fatalf("restart %d: baselines %q, want %q", restart, q.Baselines(), want)
			}
		}
		appendTo(t, q, 1, 9, fmt.Sprint("state ", restart))
		if err := q.Append(append(wireLine(9), '\n'), nil); err != nil { // nil: they stay
			t.Fatal(err)
		}
		takeAll(t, q)
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAcknowledgedSegmentsAreDeleted(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{SegmentBytes: 400})
	for n := 1; n < 40; n += 2 {
		appendTo(t, q, n, n+2, "")
	}
	if n := len(files(t, dir, "*.lines")); n < 8 {
		t.Fatalf("only %d segments", n)
	}
	wantLines(t, takeAll(t, q), wireLines(1, 41))
	if n := len(files(t, dir, "*.lines")); n != 1 {
		t.Errorf("%d segments are left, want the newest alone", n)
	}
}

// The segment is plain line protocol: this is what cat shows.
func TestASegmentIsReadableText(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{})
	appendTo(t, q, 1, 3, "{}")
	text, err := os.ReadFile(filepath.Join(dir, "000000000001.lines"))
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.Split(string(text), "\n")
	if shown[0] != string(wireLine(1)) || shown[1] != string(wireLine(2)) ||
		!strings.HasPrefix(shown[2], "#state ") || !strings.HasPrefix(shown[3], "#block first=1 lines=") {
		t.Errorf("the segment reads\n%s", text)
	}
}

func TestALargeAppendIsCommittedInSteps(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{})
	appendTo(t, q, 1, 3*maxBlockLines, "end")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{})
	if string(q.Baselines()) != "end" {
		t.Errorf("baselines %q", q.Baselines())
	}
	wantLines(t, takeAll(t, q), wireLines(1, 3*maxBlockLines))
}

func TestWhatIsNoLineIsRefused(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{})
	for _, bad := range []string{"no newline", "# comment\n", strings.Repeat("x", 70<<10) + "\n"} {
		if err := q.Append([]byte(bad), nil); err == nil {
			t.Errorf("%.20q was taken", bad)
		}
	}
	if q.Len() != 0 {
		t.Errorf("%d lines wait", q.Len())
	}
}

func TestOneAppendsWhileAnotherForwards(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{SegmentBytes: 2 << 10})
	appending, end := context.WithCancel(t.Context())
	go func() {
		defer end()
		for n := 1; n < 200; n++ {
			if err := q.Append(append(wireLine(n), '\n'), said("state")); err != nil {
				t.Error(err)
			}
			q.Stats()
		}
	}()
	var got [][]byte
	for q.Wait(appending) == nil {
		got = append(got, takeAll(t, q)...)
	}
	wantLines(t, got, wireLines(1, 200))
}

func TestTwoAgentsCannotShareAFolder(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{})
	if _, err := Open(dir, Options{Site: "test"}); err == nil || !strings.Contains(err.Error(), "another agent") {
		t.Errorf("second queue: %v", err)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	openTestQueue(t, dir, Options{})
}

func TestWaitReturnsWhenLinesCome(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{})
	came := make(chan error, 1)
	go func() { came <- q.Wait(t.Context()) }()
	appendTo(t, q, 1, 2, "")
	if err := <-came; err != nil {
		t.Error(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	takeAll(t, q)
	if err := q.Wait(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("an empty queue and an ended context: %v", err)
	}
}

func TestAClosedQueueTakesNothing(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{})
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	if err := q.Append(append(wireLine(1), '\n'), nil); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("append: %v", err)
	}
}
