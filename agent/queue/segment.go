package queue

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
)

// A segment is a text file of blocks, one block an Append: the lines as they
// go over the wire, the builder's baselines in a comment, and a trailer,
// which commits the block and holds a checksum of each line.
//
//	interval,site=paris,meter=it,… si=…,rev=0i 1751328000
//	interval,site=paris,meter=cooling,… si=…,rev=0i 1751328000
//	#state fZDBCsIwDIZ…
//	#block first=123457 lines=5f2e9a01,77aac3d0 state=0b1c44e2 sum=9f3a11c2
//
// Comments are legal line protocol, so a segment can be shown with cat,
// imported, or posted to any InfluxDB as it stands. The checksums are a line
// each, not one a block, so that a flipped bit costs one line; they stand in
// the trailer, not before it, so that a block without trailer never was.

const (
	maxBlockLines = 4096
	maxBlockBytes = 1 << 20
	trailerMark   = "#block first="
	maxLineNumber = 1 << 53
)

var nl = []byte{'\n'}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// trailer is what a block's last line says.
type trailer struct {
	first    uint64   // number of the block's first line
	sums     []uint32 // of the lines, then of the state if there is one
	hasState bool
}

// block is what of a committed block could be read.
type block struct {
	first    uint64   // number of the first line that it held
	last     uint64   // number of the last one
	lines    [][]byte // those that are readable
	numbers  []uint64 // theirs; damage leaves holes
	lost     int      // lines that are not
	hasState bool     // baselines were written
	state    []byte   // the line of them that is readable; else nil
	start    int      // offset of its first byte
	end      int      // offset behind its trailer
}

// span is a run of damaged bytes, half-open.
type span struct{ from, to int }

// appendBlock appends a block that holds lines, numbered from first, and the
// line of the baselines unless it is nil.
func appendBlock(dst []byte, first uint64, lines [][]byte, state []byte) []byte {
	t := trailer{first: first, hasState: state != nil}
	dst = slices.Grow(dst, int(roomOf(lines, state)))
	for _, line := range lines {
		dst = append(append(dst, line...), '\n')
		t.sums = append(t.sums, checksum(line))
	}
	if state != nil {
		dst = append(append(dst, state...), '\n')
		t.sums = append(t.sums, checksum(state))
	}
	return t.append(dst)
}

func (t trailer) append(dst []byte) []byte {
	start := len(dst)
	dst = append(dst, trailerMark...)
	dst = strconv.AppendUint(dst, t.first, 10)
	dst = append(dst, " lines="...)
	for i, sum := range t.sums[:t.lines()] {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = fmt.Appendf(dst, "%08x", sum)
	}
	if t.hasState {
		dst = fmt.Appendf(dst, " state=%08x", t.sums[t.lines()])
	}
	return fmt.Appendf(dst, " sum=%08x\n", checksum(dst[start:]))
}

// lines is the number of lines, the state not counted.
func (t trailer) lines() int {
	if t.hasState {
		return len(t.sums) - 1
	}
	return len(t.sums)
}

// parseTrailer reads the trailer that text begins with and returns its
// length; 0 for any other text and for a trailer that is damaged itself.
func parseTrailer(text []byte) (t trailer, length int) {
	said, sum, _ := bytes.Cut(text, []byte(" sum="))
	if len(sum) < 8 || string(sum[:8]) != fmt.Sprintf("%08x", checksum(said)) {
		return t, 0
	}
	fields := strings.Split(strings.TrimPrefix(string(said), trailerMark), " ")
	first, err := strconv.ParseUint(fields[0], 10, 64)
	if err != nil || first == 0 || first > maxLineNumber || len(fields) < 2 || len(fields) > 3 {
		return t, 0
	}
	t.first = first
	sums, ok := strings.CutPrefix(fields[1], "lines=")
	if !ok || !t.addSums(sums) {
		return t, 0
	}
	if len(fields) == 3 {
		sum, ok := strings.CutPrefix(fields[2], "state=")
		if !ok || len(sum) != 8 || !t.addSums(sum) {
			return t, 0
		}
		t.hasState = true
	}
	return t, len(said) + len(" sum=00000000")
}

func (t *trailer) addSums(list string) bool {
	if list == "" {
		return true
	}
	for hex := range strings.SplitSeq(list, ",") {
		sum, err := strconv.ParseUint(hex, 16, 32)
		if err != nil || len(hex) != 8 {
			return false
		}
		t.sums = append(t.sums, uint32(sum))
	}
	return true
}

// parseSegment reads every line whose checksum holds and names every byte
// that belongs to none. It never fails: what cannot be read is damage.
func parseSegment(data []byte) (blocks []block, bad []span) {
	start := 0
	for pos := 0; ; {
		// A trailer is found if it begins a line or ends one, because the newline
		// before or behind it may be what is damaged. Within a line it is a text
		// that somebody has written.
		mark := bytes.Index(data[pos:], []byte(trailerMark))
		if mark < 0 {
			break
		}
		pos += mark
		line, _, _ := bytes.Cut(data[pos:], nl)
		t, length := parseTrailer(line)
		if begins := pos == 0 || data[pos-1] == '\n'; length == 0 || !begins && length < len(line) {
			pos += len(trailerMark)
			continue
		}
		b, damaged := t.match(data[:pos], start)
		if pos += length; bytes.HasPrefix(data[pos:], nl) {
			pos++
		}
		b.end, start = pos, pos
		blocks = append(blocks, b)
		bad = append(bad, damaged...)
	}
	if start < len(data) {
		bad = append(bad, span{start, len(data)})
	}
	return blocks, bad
}

// match finds the lines of data[start:] that the trailer vouches for. It
// walks backwards, because what precedes a block may be the remains of
// another one whose trailer is gone.
func (t trailer) match(data []byte, start int) (b block, bad []span) {
	b = block{start: start, first: t.first, last: t.first + uint64(t.lines()) - 1, hasState: t.hasState}
	expected := len(t.sums)
	found := make([][]byte, len(t.sums))
	for end := len(data); end > start; {
		text := bytes.TrimSuffix(data[start:end], nl)
		from := start + bytes.LastIndexByte(text, '\n') + 1
		line := text[from-start:]
		if i := lastIndex(t.sums[:expected], checksum(line)); i >= 0 {
			found[i], expected = line, i
		} else if n := len(bad); n > 0 && bad[n-1].from == end {
			bad[n-1].from = from
		} else {
			bad = append(bad, span{from, end})
		}
		end = from
	}
	for i, line := range found[:t.lines()] {
		if line == nil {
			b.lost++
			continue
		}
		b.numbers = append(b.numbers, t.first+uint64(i))
		b.lines = append(b.lines, line)
	}
	if t.hasState {
		b.state = found[t.lines()]
	}
	slices.Reverse(bad)
	return b, bad
}

func lastIndex(sums []uint32, sum uint32) int {
	for i := len(sums) - 1; i >= 0; i-- {
		if sums[i] == sum {
			return i
		}
	}
	return -1
}
