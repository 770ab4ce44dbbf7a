package queue

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	segmentSuffix = ".lines"
	corruptSuffix = ".corrupt"
)

// maxSegmentFile is far above what a queue writes (a segment and one block);
// a larger file is not ours and would be read into memory whole.
const maxSegmentFile = 64 << 20

// restore finds the segments, the number of the next line and the newest
// baselines. It reads the newest segment only (some older ones if damage has
// taken its baselines), so that start-up does not grow with the queue.
func (q *Queue) restore() error {
	if err := q.findSegments(); err != nil {
		return err
	}
	q.next = q.acked + 1
	for _, s := range slices.Backward(slices.Clone(q.segments)) {
		q.next = max(q.next, s.first+1)
		if err := q.load(s); err != nil {
			q.setAsideWhole(s, err.Error())
		}
		for _, b := range s.blocks {
			q.next = max(q.next, b.last+1)
			if b.baselines() != nil {
				q.state = slices.Clone(b.state) // and not all that was read with it
			}
		}
		if q.state != nil || s.tellsOfNone() || len(q.asides) >= maxAsides {
			break
		}
	}
	err := q.boundNotes() // before the report adds lines that nobody has seen
	q.report()
	return err
}

// tellsOfNone reports whether there were no baselines when s was begun: they
// stand in a segment's first block.
func (s *segment) tellsOfNone() bool {
	return len(s.blocks) > 0 && s.blocks[0].first == s.first && !s.blocks[0].hasState
}

// findSegments lists the segments, oldest first. A file that is none is set
// aside; an empty one is an Append that came to nothing, and goes.
func (q *Queue) findSegments() error {
	good, strange, err := listSegments(q.dir)
	if err != nil {
		return fmt.Errorf("queue %s: %w", q.dir, err)
	}
	for _, s := range strange {
		q.setAsideWhole(s, "is no segment")
	}
	for _, s := range good {
		if s.size == 0 {
			_ = os.Remove(s.path) // found again at the next start if it stays
			continue
		}
		q.segments = append(q.segments, s)
	}
	return nil
}

// listSegments returns the files that have a segment's name, oldest first,
// and those of them that cannot be one.
func listSegments(dir string) (good, strange []*segment, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		digits, ours := strings.CutSuffix(e.Name(), segmentSuffix)
		first, err := strconv.ParseUint(digits, 10, 64)
		if !ours || err != nil || first == 0 || first > maxLineNumber {
			continue
		}
		s := &segment{path: filepath.Join(dir, e.Name()), first: first}
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxSegmentFile {
			strange = append(strange, s)
			continue
		}
		s.size, s.written = info.Size(), info.ModTime()
		good = append(good, s)
	}
	slices.SortFunc(good, func(a, b *segment) int { return cmp.Compare(a.first, b.first) })
	return good, strange, nil
}

// load reads what was added to s since the last load, and notes the damage
// in it for the next report.
func (q *Queue) load(s *segment) error {
	if s.parsed == s.size {
		return nil
	}
	data, err := s.read()
	if err != nil {
		return fmt.Errorf("queue %s: %w", q.dir, err)
	}
	blocks, bad := parseSegment(data)
	for _, at := range bad {
		q.note(s, at, data, blocks)
	}
	s.blocks = append(s.blocks, blocks...)
	s.parsed = s.size
	return nil
}

func (s *segment) read() ([]byte, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, s.size-s.parsed)
	n, err := f.ReadAt(data, s.parsed)
	if err == io.EOF {
		err = nil // what is missing is damage
	}
	return data[:n], err
}
