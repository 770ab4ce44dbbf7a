package agent

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// commit writes one block with the owed events, the lines and the baselines,
// and returns when it is on the disk.
func (q *Queue) commit(lines [][]byte, baselines []byte) error {
	q.makeRoom(roomOf(lines, baselines))
	all := lines
	if len(q.owed) > 0 {
		all = append(q.owedLines(), lines...)
	}
	if len(all) == 0 && baselines == nil {
		return nil
	}
	begun, err := q.openActive()
	if err != nil {
		return q.refusal(err)
	}
	state := baselines
	if state == nil && begun {
		state = q.baselines // the newest segment alone must tell them
	}
	if err := q.write(appendBlock(nil, q.next, all, state)); err != nil {
		return q.refusal(errors.Join(err, q.undo(len(all))))
	}
	q.next += uint64(len(all))
	q.owed = nil
	if baselines != nil {
		q.baselines = slices.Clone(baselines)
	}
	select {
	case q.grown <- struct{}{}:
	default:
	}
	return nil
}

// roomOf is about the size of the block that will hold these.
func roomOf(lines [][]byte, baselines []byte) int64 {
	n := 1024 + len(baselines)
	for _, line := range lines {
		n += len(line) + len("\n,00000000")
	}
	return int64(n)
}

func (q *Queue) owedLines() (lines [][]byte) {
	for _, e := range q.owed {
		lines = append(lines, e.AppendLine(nil))
	}
	return lines
}

// openActive makes sure that there is a segment to write to; begun says that
// it is a new one.
func (q *Queue) openActive() (begun bool, err error) {
	if q.active != nil && q.newest().size < q.o.SegmentBytes {
		return false, nil
	}
	if err := q.seal(); err != nil {
		return false, err
	}
	path := filepath.Join(q.dir, fmt.Sprintf("%012d%s", q.next, segmentSuffix))
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return false, err
	}
	if err := syncFolder(q.dir); err != nil {
		return false, errors.Join(err, file.Close(), os.Remove(path))
	}
	q.active = file
	q.segments = append(q.segments, &segment{path: path, first: q.next})
	return true, nil
}

func (q *Queue) newest() *segment { return q.segments[len(q.segments)-1] }

// seal ends the writing of the newest segment.
func (q *Queue) seal() error {
	if q.active == nil {
		return nil
	}
	err := q.active.Close()
	q.active = nil
	return err
}

func (q *Queue) write(block []byte) error {
	s := q.newest()
	if _, err := q.active.WriteAt(block, s.size); err != nil {
		return err
	}
	if err := q.active.Sync(); err != nil {
		return err
	}
	s.size += int64(len(block))
	s.written = time.Now()
	return nil
}

// undo takes back what a failed write may have left. The segment is sealed,
// because after a failed sync nobody knows what the disk holds; where the
// remains cannot be cut off, their numbers are never used again.
func (q *Queue) undo(lines int) error {
	s := q.newest()
	cut := q.active.Truncate(s.size)
	if cut != nil {
		q.next += uint64(lines)
	}
	closed := q.seal()
	if s.size > 0 {
		return errors.Join(cut, closed)
	}
	q.segments = q.segments[:len(q.segments)-1]
	return errors.Join(cut, closed, os.Remove(s.path))
}

// refusal says that an Append was not stored and what a person can do.
func (q *Queue) refusal(err error) error {
	hint := "nothing was stored, what is queued stays"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		hint = "the disk is full: free space there; " + hint
	}
	return fmt.Errorf("queue %s: append: %w (%s)", q.dir, err, hint)
}
