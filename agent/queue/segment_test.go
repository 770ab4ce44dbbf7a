package queue

import (
	"bytes"
	"fmt"
	"testing"
)

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

// threeBlocks is a segment of nine lines, and the offsets at which its blocks end.
func threeBlocks(t testing.TB) (data []byte, ends []int) {
	for i := range 3 {
		data = appendBlock(data, uint64(3*i+1), wireLines(3*i+1, 3*i+4), stateLine(t, fmt.Sprintf(`{"state":%d}`, i+1)))
		ends = append(ends, len(data))
	}
	return data, ends
}

func linesOf(blocks []block) (lines [][]byte) {
	for _, b := range blocks {
		lines = append(lines, b.lines...)
	}
	return lines
}

func TestASegmentReadsBackWhatWasWritten(t *testing.T) {
	data, ends := threeBlocks(t)
	blocks, bad := parseSegment(data)
	if len(bad) > 0 || len(blocks) != 3 {
		t.Fatalf("%d blocks, damage %v:\n%s", len(blocks), bad, data)
	}
	for i, b := range blocks {
		if want := fmt.Sprintf(`{"state":%d}`, i+1); string(b.baselines()) != want {
			t.Errorf("block %d holds the baselines %s, want %s", i, b.baselines(), want)
		}
		if b.end != ends[i] || b.last != uint64(3*i+3) || b.lost != 0 {
			t.Errorf("block %d: end %d, last %d, lost %d", i, b.end, b.last, b.lost)
		}
	}
	if got, want := linesOf(blocks), wireLines(1, 10); !equalLines(got, want) {
		t.Errorf("got\n%s\nwant\n%s", bytes.Join(got, nl), bytes.Join(want, nl))
	}
}

func TestABlockMayHoldBaselinesAloneOrLinesAlone(t *testing.T) {
	data := appendBlock(nil, 7, nil, stateLine(t, "alone"))
	data = appendBlock(data, 7, wireLines(7, 8), nil)
	blocks, bad := parseSegment(data)
	if len(bad) > 0 || len(blocks) != 2 || string(blocks[0].baselines()) != "alone" || blocks[0].last != 6 ||
		blocks[1].state != nil || blocks[1].last != 7 {
		t.Errorf("blocks %+v, damage %v", blocks, bad)
	}
}

// A cut leaves the blocks before it whole, and names every byte behind them.
func TestASegmentCutAtAnyByte(t *testing.T) {
	data, ends := threeBlocks(t)
	for cut := range data {
		whole, end := 0, 0
		for whole < 3 && ends[whole] <= cut+1 { // a trailer is whole without its newline too
			end = min(ends[whole], cut)
			whole++
		}
		blocks, bad := parseSegment(data[:cut])
		if got, want := linesOf(blocks), wireLines(1, 3*whole+1); !equalLines(got, want) {
			t.Fatalf("cut at %d: %d lines, want %d", cut, len(got), len(want))
		}
		if (cut == end) != (len(bad) == 0) || len(bad) > 0 && bad[0] != (span{end, cut}) {
			t.Fatalf("cut at %d: damage %v, want from %d", cut, bad, end)
		}
	}
}

// A flipped bit costs the line that it is in, or the block if it is in the
// trailer; it never changes a line, and it is always found.
func TestASegmentWithAnyBitFlipped(t *testing.T) {
	data, _ := threeBlocks(t)
	whole := wireLines(1, 10)
	for i := range data {
		for bit := range 8 {
			flipped := bytes.Clone(data)
			flipped[i] ^= 1 << bit
			blocks, bad := parseSegment(flipped)
			got := linesOf(blocks)
			worst := 2 // a newline has two neighbours
			if bytes.HasPrefix(lineAt(data, i), []byte(trailerMark)) {
				worst = 3
			}
			if missing := len(whole) - len(got); missing < 0 || missing > worst || !inOrder(got, whole) {
				t.Fatalf("byte %d bit %d: %d lines are left:\n%s", i, bit, len(got), bytes.Join(got, nl))
			}
			if len(bad) == 0 || !covers(bad, i) && flipped[i] != '\n' && data[i] != '\n' {
				t.Fatalf("byte %d bit %d: damage %v does not cover it", i, bit, bad)
			}
		}
	}
}

// Whoever writes a trailer into a text does not end a block with it.
func TestATrailerWithinALineIsText(t *testing.T) {
	forged := string(trailer{first: 1000}.append(nil))
	name := fmt.Appendf(nil, `card,site=test,meter=m json="{\"name\":\"%s\"}",rev=0i 0`, forged[:len(forged)-1])
	lines := append(wireLines(1, 3), name, wireLine(4))
	blocks, bad := parseSegment(appendBlock(nil, 1, lines, nil))
	if len(bad) > 0 || len(blocks) != 1 || !equalLines(linesOf(blocks), lines) {
		t.Errorf("%d blocks, damage %v", len(blocks), bad)
	}
}

func FuzzParseSegment(f *testing.F) {
	data, ends := threeBlocks(f)
	f.Add(data)
	f.Add(data[ends[0] : ends[1]+20])
	f.Add([]byte("#block first=1 lines= sum=00000000\n#state AA==\n\x00\x00\n\n"))
	f.Add(bytes.Replace(data, []byte("first=4"), []byte("first=9"), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		blocks, bad := parseSegment(data)
		at := 0
		for _, b := range blocks {
			if b.start < at || b.end <= b.start || b.end > len(data) {
				t.Fatalf("block from %d to %d behind %d", b.start, b.end, at)
			}
			at = b.end
		}
		for i, s := range bad {
			if s.from >= s.to || s.to > len(data) || i > 0 && s.from < bad[i-1].to {
				t.Fatalf("damage %v", bad)
			}
		}
		// What was read can be written and read again, the same.
		for _, b := range blocks {
			if len(b.lines) == 0 {
				continue
			}
			again, bad := parseSegment(appendBlock(nil, b.numbers[0], b.lines, b.state))
			if len(bad) > 0 || !equalLines(linesOf(again), b.lines) {
				t.Fatalf("%q read again gives %q, damage %v", b.lines, linesOf(again), bad)
			}
		}
	})
}

func equalLines(a, b [][]byte) bool {
	return bytes.Equal(bytes.Join(a, nl), bytes.Join(b, nl))
}

// inOrder reports whether part is a subsequence of whole.
func inOrder(part, whole [][]byte) bool {
	for _, line := range whole {
		if len(part) > 0 && bytes.Equal(part[0], line) {
			part = part[1:]
		}
	}
	return len(part) == 0
}

func lineAt(data []byte, i int) []byte {
	return data[bytes.LastIndexByte(data[:i], '\n')+1:]
}

func covers(bad []span, i int) bool {
	for _, s := range bad {
		if s.from <= i && i < s.to {
			return true
		}
	}
	return false
}
