package queue

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
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

// Nobody reads a queue without a network on its way out: damage in it is found
// when the receipt comes, before the file that has it goes.
func TestDamageIsReportedThoughTheLinesWereCarried(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	for from := 1; from < 31; from += 10 {
		appendTo(t, q, from, from+10, "")
	}
	oldest := files(t, dir, "*.lines")[0]
	text, err := os.ReadFile(oldest)
	if err != nil {
		t.Fatal(err)
	}
	text[20] ^= 1
	if err := errors.Join(os.WriteFile(oldest, text, 0o640), q.Close()); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	if err := Delivered(dir, 20); err != nil {
		t.Fatal(err)
	}
	if q.ready() {
		t.Error("a held line may leave")
	}
	wantLines(t, takeAll(t, q), nil)
	rest, last := seen(t, dir, func(f Folder) uint64 { return f.Acknowledged })
	if len(rest) != 11 || !strings.Contains(string(rest[10]), "are damaged") {
		t.Errorf("after the receipt:\n%s", bytes.Join(rest, nl))
	}
	if kept := files(t, dir, "*.corrupt"); len(kept) != 1 || len(files(t, dir, "*.lines")) != 2 {
		t.Errorf("set aside: %v", kept)
	}
	if s := q.Stats(); last != 31 || s.Damaged == 0 || s.Dropped > 0 {
		t.Errorf("last line %d, %+v", last, s)
	}
}

// A file that is gone, or is none, is reported in the same way.
func TestALostFileIsReportedThoughItsLinesWereCarried(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	for from := 1; from < 31; from += 10 {
		appendTo(t, q, from, from+10, "")
	}
	if err := errors.Join(q.Close(), Delivered(dir, 20)); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{Hold: true, SegmentBytes: 400})
	if err := os.Remove(files(t, dir, "*.lines")[1]); err != nil {
		t.Fatal(err)
	}
	wantLines(t, takeAll(t, q), nil)
	rest, _ := seen(t, dir, func(f Folder) uint64 { return f.Acknowledged })
	if len(rest) != 11 || !strings.Contains(string(rest[10]), "set aside whole") {
		t.Errorf("after the receipt:\n%s", bytes.Join(rest, nl))
	}
}

// The disk has lost the end of what a person let go. What the queue then says
// of its own takes the lost lines' numbers, and nobody has seen it.
func TestALossDoesNotReleaseWhatNobodySaw(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{Hold: true})
	appendTo(t, q, 1, 6, "a")
	appendTo(t, q, 6, 11, "b")
	if err := errors.Join(Release(dir, 10), q.Close()); err != nil {
		t.Fatal(err)
	}
	segment := files(t, dir, "*.lines")[0]
	info, err := os.Stat(segment)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(segment, info.Size()-1-info.Size()/4); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{Hold: true})
	wantLines(t, takeAll(t, q), wireLines(1, 6))
	if shown, _ := seen(t, dir, held); len(shown) != 1 || !strings.Contains(string(shown[0]), "are damaged") {
		t.Errorf("held:\n%s", bytes.Join(shown, nl))
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
