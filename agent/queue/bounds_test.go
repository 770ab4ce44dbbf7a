package queue

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"
)

func TestAFullQueueDropsItsOldestSegmentAndSaysSo(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{MaxBytes: 16 << 10})
	const n = 300
	for i := 1; i <= n; i++ {
		appendTo(t, q, i, i+1, "s")
		if b := q.Stats().Bytes; b > 16<<10 {
			t.Fatalf("%d bytes after line %d", b, i)
		}
	}
	dropped := int(q.Stats().Dropped)
	var gaps, lines [][]byte
	for _, line := range takeAll(t, q) {
		if bytes.HasPrefix(line, []byte("event,site=test,meter=_site what=\"gap\"")) {
			gaps = append(gaps, line)
		} else {
			lines = append(lines, line)
		}
	}
	wantLines(t, lines, wireLines(n+1-len(lines), n+1))
	if dropped == 0 || dropped < n-len(lines) {
		t.Errorf("%d lines counted as dropped, %d are missing", dropped, n-len(lines))
	}
	if len(gaps) == 0 || !bytes.Contains(gaps[0], []byte("lines from 2025-07-")) {
		t.Errorf("gap events: %s", bytes.Join(gaps, nl))
	}
}

func TestASegmentTooOldIsDropped(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{SegmentBytes: 100})
	appendTo(t, q, 1, 3, "")
	appendTo(t, q, 3, 5, "")
	q.segments[0].written = time.Now().Add(-2 * time.Hour)
	q.Expire(0)
	if n := q.Len(); n != 4 {
		t.Errorf("%d lines are left without a limit", n)
	}
	q.Expire(time.Hour)
	appendTo(t, q, 5, 6, "")
	got := takeAll(t, q)
	wantLines(t, got[:2], wireLines(3, 5))
	if q.Stats().Dropped != 2 || len(got) != 4 {
		t.Errorf("%d dropped, %d lines left", q.Stats().Dropped, len(got))
	}
}

// A card that holds since ever says nothing of the time that was lost.
func TestALossIsOfTheTimeOfItsIntervals(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{SegmentBytes: 50})
	card := []byte("card,site=s,meter=m json=\"{}\",rev=0i 0\n")
	if err := q.Append(append(card, append(wireLine(1), '\n')...), nil); err != nil {
		t.Fatal(err)
	}
	if err := q.Append(card, nil); err != nil {
		t.Fatal(err)
	}
	appendTo(t, q, 2, 3, "")
	for _, s := range q.segments {
		s.written = time.Now().Add(-2 * time.Hour)
	}
	q.Expire(time.Hour)
	events := takeAll(t, q)[1:]
	for i, want := range []string{
		"2 lines from 2025-07-01T00:10:00Z to 2025-07-01T00:10:00Z dropped",
		"1 lines dropped",
	} {
		if i >= len(events) || !bytes.Contains(events[i], []byte(want)) {
			t.Errorf("events\n%s\nwant %s", bytes.Join(events, nl), want)
		}
	}
}

// A card that holds since ever is not the line that has waited longest.
func TestTheOldestLineIsOneThatHasATime(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{})
	if err := q.Append([]byte("point,site=s card=\"{}\" 0\n"), nil); err != nil {
		t.Fatal(err)
	}
	if at := q.Stats().Oldest; !at.IsZero() {
		t.Errorf("the oldest of cards alone is of %s", at)
	}
	appendTo(t, q, 1, 3, "")
	if got, want := q.Stats().Oldest, lineTime(wireLines(1, 2)[0]); !got.Equal(want) {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestADroppedBatchCanStillBeAcknowledged(t *testing.T) {
	q := openTestQueue(t, t.TempDir(), Options{MaxBytes: 4 << 10})
	appendTo(t, q, 1, 3, "")
	b, _ := q.Next(1 << 20)
	for n := 3; n < 60; n++ {
		appendTo(t, q, n, n+1, "")
	}
	if err := q.Ack(b); err != nil {
		t.Fatal(err)
	}
	got := takeAll(t, q)
	wantLines(t, got[len(got)-1:], wireLines(59, 60))
}

// A file that was acknowledged comes back, from a backup or because it could
// not be removed: it makes room, and nothing is called lost.
func TestAnOldSegmentThatCameBackMakesRoom(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{SegmentBytes: 1 << 10})
	appendTo(t, q, 1, 21, "")
	oldest := files(t, dir, "*.lines")[0]
	text, err := os.ReadFile(oldest)
	if err != nil {
		t.Fatal(err)
	}
	appendTo(t, q, 21, 41, "")
	takeAll(t, q)
	if err := errors.Join(q.Close(), os.WriteFile(oldest, text, 0o640)); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{MaxBytes: 4 << 10})
	appendTo(t, q, 41, 61, "")
	if s := q.Stats(); s.Dropped != 0 || s.Bytes > 8<<10 {
		t.Errorf("%+v", s)
	}
	wantLines(t, takeAll(t, q), wireLines(41, 61))
}

// Start-up reads the newest segment alone, and reading holds no more than the
// segments that its batch comes from, however long the queue.
func TestMemoryDoesNotGrowWithTheQueue(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{SegmentBytes: 2 << 10})
	for n := 1; n < 400; n += 4 {
		appendTo(t, q, n, n+4, "state")
	}
	held := func() (n int) {
		for _, s := range q.segments {
			if len(s.blocks) > 0 {
				n++
			}
		}
		return n
	}
	_ = q.Close()
	q = openTestQueue(t, dir, Options{SegmentBytes: 2 << 10})
	if len(q.segments) < 20 || held() != 1 {
		t.Fatalf("after the start %d of %d segments are in memory", held(), len(q.segments))
	}
	for q.Len() > 0 {
		b, err := q.Next(1000)
		if err != nil || held() > 3 { // two of the batch, and the newest
			t.Fatalf("%d segments are in memory, %v", held(), err)
		}
		_ = q.Ack(b)
	}
}
