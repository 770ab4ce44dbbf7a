package queue

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
)

// seen collects what another process sees in a queue's folder.
func seen(t *testing.T, dir string, after func(Folder) uint64) (lines [][]byte, last uint64) {
	t.Helper()
	folder, err := Look(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = folder.Each(after(folder), func(number uint64, line []byte) error {
		lines, last = append(lines, line), number
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, last
}

func held(f Folder) uint64 { return f.Released }

// Exactly what a person saw leaves a queue on hold; what came after is held
// still, over a restart too.
func TestAHeldQueueLetsGoWhatWasSeen(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	appendTo(t, q, 1, 6, "a")
	appendTo(t, q, 6, 11, "b")
	wantLines(t, takeAll(t, q), nil)
	shown, last := seen(t, dir, held)
	wantLines(t, shown, wireLines(1, 11))
	appendTo(t, q, 11, 16, "c")
	if err := Release(dir, last); err != nil {
		t.Fatal(err)
	}
	_ = q.Close()
	q = openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	wantLines(t, takeAll(t, q), wireLines(1, 11))
	if s := q.Stats(); s.Held != 5 || s.Lines != 5 {
		t.Errorf("%+v", s)
	}
	shown, _ = seen(t, dir, held)
	wantLines(t, shown, wireLines(11, 16))
}

// A queue that waits notices within seconds what a person has let go.
func TestAWaitingQueueNoticesARelease(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		q := openTestQueue(t, dir, Options{Hold: true})
		appendTo(t, q, 1, 6, "")
		came := make(chan error, 1)
		go func() { came <- q.Wait(t.Context()) }()
		synctest.Wait()
		select {
		case <-came:
			t.Fatal("a held line is announced")
		default:
		}
		if err := Release(dir, 3); err != nil {
			t.Fatal(err)
		}
		if err := <-came; err != nil {
			t.Fatal(err)
		}
		wantLines(t, takeAll(t, q), wireLines(1, 4))
	})
}

// What was carried by hand and confirmed leaves the queue, held or not.
func TestWhatWasDeliveredByHandLeavesTheQueue(t *testing.T) {
	for _, hold := range []bool{false, true} {
		dir := t.TempDir()
		q := openTestQueue(t, dir, Options{Hold: hold, SegmentBytes: 400})
		appendTo(t, q, 1, 11, "a")
		appendTo(t, q, 11, 21, "b")
		if err := Delivered(dir, 14); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Next(1); err != nil || q.Len() != 6 {
			t.Errorf("hold %v: %d lines wait, %v", hold, q.Len(), err)
		}
		if n := len(files(t, dir, "*.lines")); n != 1 {
			t.Errorf("hold %v: %d segments are left", hold, n)
		}
		rest, _ := seen(t, dir, func(f Folder) uint64 { return f.Acknowledged })
		wantLines(t, rest, wireLines(15, 21))
	}
}

// A damaged note holds lines back; one about lines to come lets none of them go.
func TestANoteThatCannotBeBelievedReleasesNothing(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{Hold: true})
	appendTo(t, q, 1, 6, "")
	for _, text := range []string{"", "acknowledged 00000000000000000004 sum=00000000\n", "all"} {
		if err := os.WriteFile(filepath.Join(dir, releasedNote), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		wantLines(t, takeAll(t, q), nil)
	}
	if err := Release(dir, 1000); err != nil {
		t.Fatal(err)
	}
	wantLines(t, takeAll(t, q), nil)
	_ = q.Close()
	q = openTestQueue(t, dir, Options{Hold: true})
	appendTo(t, q, 6, 8, "")
	wantLines(t, takeAll(t, q), wireLines(1, 6))
}

func TestLookingWhereNoQueueIsSaysSo(t *testing.T) {
	if _, err := Look(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("a folder that is not there was looked at")
	}
}
