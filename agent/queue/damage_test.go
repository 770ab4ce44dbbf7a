package queue

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// damagedQueue is a folder whose one segment holds data, in memory where the
// system has a place for that.
func damagedQueue(t *testing.T, data []byte) string {
	t.Helper()
	memory := "/dev/shm"
	if _, err := os.Stat(memory); err != nil {
		memory = ""
	}
	dir, err := os.MkdirTemp(memory, "queue")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "000000000001.lines"), data, 0o640); err != nil {
		t.Fatal(err)
	}
	return dir
}

// afterDamage opens the folder, appends line 99, opens it once more, and
// returns the intervals found, the events, and the bytes set aside.
func afterDamage(t *testing.T, dir string) (intervals, events [][]byte, aside []byte, baselines string) {
	t.Helper()
	defer os.RemoveAll(dir)
	for open := range 2 {
		q := openTestQueue(t, dir, Options{})
		if open == 0 {
			baselines = string(q.Baselines())
			appendTo(t, q, 99, 100, "new")
		} else if got := string(q.Baselines()); got != "new" {
			t.Fatalf("baselines after the damage: %q", got)
		}
		b, err := q.Next(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		intervals, events = nil, nil
		for _, line := range b.Lines {
			if bytes.HasPrefix(line, []byte("event,")) {
				events = append(events, line)
			} else {
				intervals = append(intervals, line)
			}
		}
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range files(t, dir, "*.corrupt") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		aside = append(aside, data...)
	}
	return intervals, events, aside, baselines
}

// Whatever byte a power cut ends the last segment at, the queue starts, has
// every block before the cut with the baselines of the last of them, sets
// the rest aside, says so once, and takes new lines.
func TestTheQueueStartsAfterACutAtAnyByte(t *testing.T) {
	data, ends := threeBlocks(t)
	for cut := range data {
		intervals, events, aside, baselines := afterDamage(t, damagedQueue(t, data[:cut]))
		whole, end := 0, 0
		for whole < 3 && ends[whole] <= cut+1 {
			end = min(ends[whole], cut)
			whole++
		}
		want := append(wireLines(1, 3*whole+1), wireLine(99))
		if !equalLines(intervals, want) {
			t.Fatalf("cut at %d: intervals\n%s\nwant\n%s", cut, bytes.Join(intervals, nl), bytes.Join(want, nl))
		}
		if saved := fmt.Sprintf(`{"state":%d}`, whole); whole > 0 && baselines != saved || whole == 0 && baselines != "" {
			t.Fatalf("cut at %d: baselines %q", cut, baselines)
		}
		if !bytes.Equal(aside, data[end:cut]) {
			t.Fatalf("cut at %d: set aside %q", cut, aside)
		}
		if damaged := cut > end; damaged != (len(events) == 1) {
			t.Fatalf("cut at %d: events %s", cut, bytes.Join(events, nl))
		}
	}
}

// A flipped bit anywhere costs at most its block, changes no line, and
// becomes one event.
func TestTheQueueStartsWithAnyByteFlipped(t *testing.T) {
	data, ends := threeBlocks(t)
	whole := append(wireLines(1, 10), wireLine(99))
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 1 << (i % 8)
		intervals, events, aside, baselines := afterDamage(t, damagedQueue(t, flipped))
		if !inOrder(intervals, whole) || len(intervals) < len(whole)-3 {
			t.Fatalf("byte %d: intervals\n%s", i, bytes.Join(intervals, nl))
		}
		if baselines != `{"state":3}` && (i < ends[1] || baselines != `{"state":2}`) {
			t.Fatalf("byte %d: baselines %q", i, baselines)
		}
		if len(aside) == 0 || len(events) == 0 {
			t.Fatalf("byte %d: %d bytes set aside, events %s", i, len(aside), bytes.Join(events, nl))
		}
	}
}

func TestAnEventTellsWhatWasLost(t *testing.T) {
	data, ends := threeBlocks(t)
	data[ends[0]+60] ^= 1 // in the fourth line
	_, events, _, _ := afterDamage(t, damagedQueue(t, data))
	want := `event,site=test,meter=_site what="segment",text="000000000001.lines of the queue: 101 bytes`
	if len(events) != 1 || !strings.HasPrefix(string(events[0]), want) ||
		!strings.Contains(string(events[0]), "1 lines lost; after 2025-07-01T00:30:00Z; before or at 2025-07-01T00:50:00Z") {
		t.Errorf("got  %s\nwant %s", bytes.Join(events, nl), want)
	}
}

// Files that a queue never wrote do not stop it either.
func TestTheQueueStartsInAFolderFullOfRubbish(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"000000000001.lines": strings.Repeat("\x00", 5000), "000000000007.lines": "",
		"position": "acknowledged 9999 sum=00000000\n", "readme.txt": "hello", "x.lines": "y",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	// A folder where a segment should be, which cannot be renamed either.
	for _, name := range []string{"000000000003.lines", "000000000003.lines.corrupt/x"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	q := openTestQueue(t, dir, Options{SegmentBytes: 50})
	appendTo(t, q, 1, 2, "ok")
	appendTo(t, q, 2, 3, "ok")
	got := takeAll(t, q)
	wantLines(t, got[len(got)-2:], wireLines(1, 3))
	if len(got) != 4 {
		t.Errorf("lines:\n%s", bytes.Join(got, nl))
	}
}

// A damaged position sends again what is there; it never skips a line.
func TestADamagedPositionSendsAgain(t *testing.T) {
	for _, damage := range []func(b []byte) []byte{
		func(b []byte) []byte { return nil },
		func(b []byte) []byte { return b[:len(b)/4] },
		func(b []byte) []byte { b[20], b[len(b)/2+20] = '7', '7'; return b },
	} {
		dir := t.TempDir()
		q := openTestQueue(t, dir, Options{})
		appendTo(t, q, 1, 6, "")
		takeAll(t, q)
		appendTo(t, q, 6, 9, "")
		b, _ := q.Next(1)
		_ = q.Ack(b)
		_ = q.Close()
		path := filepath.Join(dir, "position")
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, damage(content), 0o640); err != nil {
			t.Fatal(err)
		}
		q = openTestQueue(t, dir, Options{})
		wantLines(t, takeAll(t, q), wireLines(1, 9))
	}
}

// A folder where the position should be is put aside.
func TestTheQueueStartsWithoutAPlaceForItsPosition(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "position", "x"), 0o750); err != nil {
		t.Fatal(err)
	}
	q := openTestQueue(t, dir, Options{})
	appendTo(t, q, 1, 4, "")
	wantLines(t, takeAll(t, q), wireLines(1, 4))
	if kept := files(t, dir, "position.corrupt/x"); len(kept) != 1 {
		t.Error("what stood there is gone")
	}
}

// However many segments are rubbish, the start reads a few of them, and all
// are reported while the queue is read.
func TestAStartAmongRubbishReadsLittle(t *testing.T) {
	dir := t.TempDir()
	const segments = 40
	for n := 1; n <= segments; n++ {
		path := filepath.Join(dir, fmt.Sprintf("%012d.lines", n))
		if err := os.WriteFile(path, bytes.Repeat([]byte("rubbish\n"), 100), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	q := openTestQueue(t, dir, Options{})
	if q.damaged > 2*maxAsides*800 {
		t.Errorf("%d bytes were read at the start", q.damaged)
	}
	appendTo(t, q, 1, 3, "")
	got := takeAll(t, q)
	if len(got) != segments+2 || len(files(t, dir, "*.corrupt")) != segments {
		t.Errorf("%d lines, %d files set aside", len(got), len(files(t, dir, "*.corrupt")))
	}
}

// One torn slot of the position leaves the other: at most one batch is sent again.
func TestATornPositionGoesBackByOneBatch(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{})
	appendTo(t, q, 1, 6, "")
	for range 3 {
		b, _ := q.Next(1)
		_ = q.Ack(b)
	}
	_ = q.Close()
	path := filepath.Join(dir, "position")
	content, _ := os.ReadFile(path)
	newest := bytes.Index(content, slot(3))
	content[newest+20] = '#'
	if err := os.WriteFile(path, content, 0o640); err != nil {
		t.Fatal(err)
	}
	q = openTestQueue(t, dir, Options{})
	wantLines(t, takeAll(t, q), wireLines(3, 6))
}

func TestASegmentThatVanishesIsReported(t *testing.T) {
	dir := t.TempDir()
	q := openTestQueue(t, dir, Options{SegmentBytes: 100})
	for n := 1; n < 7; n += 2 {
		appendTo(t, q, n, n+2, "")
	}
	if err := os.Remove(filepath.Join(dir, "000000000003.lines")); err != nil {
		t.Fatal(err)
	}
	got := takeAll(t, q)
	wantLines(t, got[:4], append(wireLines(1, 3), wireLines(5, 7)...))
	if len(got) != 5 || !bytes.Contains(got[4], []byte("set aside whole")) {
		t.Errorf("lines:\n%s", bytes.Join(got, nl))
	}
}
