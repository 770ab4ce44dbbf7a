package queue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"thermie/durable"
	"thermie/interval"
)

// Append stores lines, each ended by a newline, together with the builder's
// baselines: after a crash both are there or neither is. When it returns nil
// both are on the disk. Baselines may be nil and then stay as they are.
//
// An error leaves the queue as it was; the caller keeps the lines and may
// append them again. Lines beyond 4096 or 1 MiB are committed in several
// steps, the baselines with the last one; after an error the first steps may
// stand, and appending again repeats their lines.
func (q *Queue) Append(lines []byte, baselines func(io.Writer) error) error {
	whole, err := wholeLines(lines)
	if err != nil {
		return fmt.Errorf("queue %s: %w", q.dir, err)
	}
	var state []byte
	if baselines != nil {
		if state, err = encodeState(baselines); err != nil {
			return fmt.Errorf("queue %s: append: baselines: %w", q.dir, err)
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		n := blockful(whole)
		if n == len(whole) {
			return q.commit(whole, state)
		}
		if err := q.commit(whole[:n], nil); err != nil {
			return err
		}
		whole = whole[n:]
	}
}

// wholeLines cuts b into lines and refuses what a segment cannot hold.
func wholeLines(b []byte) ([][]byte, error) {
	var lines [][]byte
	for len(b) > 0 {
		line, rest, ended := bytes.Cut(b, nl)
		switch {
		case !ended:
			return nil, fmt.Errorf("append %.60q: the last line has no newline", line)
		case len(line) > 0 && line[0] == '#':
			return nil, fmt.Errorf("append %.60q: a comment is no wire line", line)
		case len(line) > interval.MaxLine:
			return nil, fmt.Errorf("append %.60q…: %d bytes, a line has at most %d", line, len(line), interval.MaxLine)
		}
		if len(line) > 0 {
			lines = append(lines, line)
		}
		b = rest
	}
	return lines, nil
}

// blockful is the number of leading lines that fit one block.
func blockful(lines [][]byte) int {
	bytes := 0
	for i, line := range lines {
		bytes += len(line) + 1
		if i > 0 && (i == maxBlockLines || bytes > maxBlockBytes) {
			return i
		}
	}
	return len(lines)
}

// commit writes one block with the owed events, the lines and the baselines,
// and returns when it is on the disk.
func (q *Queue) commit(lines [][]byte, state []byte) error {
	if q.closed {
		return fmt.Errorf("queue %s: append: the queue is closed", q.dir)
	}
	q.makeRoom(roomOf(lines, state))
	all := lines
	if len(q.owed) > 0 {
		all = append(q.owedLines(), lines...)
	}
	if len(all) == 0 && state == nil {
		return nil
	}
	begun, err := q.openActive()
	if err != nil {
		return q.refusal(err)
	}
	if state == nil && begun {
		state = q.state // the newest segment alone must tell them
	}
	if err := q.write(appendBlock(nil, q.next, all, state)); err != nil {
		return q.refusal(errors.Join(err, q.undo(len(all))))
	}
	q.next += uint64(len(all))
	q.owed = nil
	if state != nil {
		q.state = state
	}
	select {
	case q.grown <- struct{}{}:
	default:
	}
	return nil
}

// roomOf is about the size of the block that will hold these.
func roomOf(lines [][]byte, state []byte) int64 {
	n := 1024 + len(state)
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
	path, file, err := q.createSegment()
	if err != nil {
		return false, err
	}
	if err := durable.SyncFolder(q.dir); err != nil {
		return false, errors.Join(err, file.Close(), os.Remove(path))
	}
	q.active = file
	q.segments = append(q.segments, &segment{path: path, first: q.next})
	return true, nil
}

// createSegment makes the file of the next segment, at a number that no file
// has: one that is not ours may stand in the way.
func (q *Queue) createSegment() (path string, file *os.File, err error) {
	for ; ; q.next++ {
		path = filepath.Join(q.dir, fmt.Sprintf("%012d%s", q.next, segmentSuffix))
		file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
		if !errors.Is(err, fs.ErrExist) {
			return path, file, err
		}
	}
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
// remains cannot be cut off for good, their numbers are never used again.
func (q *Queue) undo(lines int) error {
	s := q.newest()
	cut := errors.Join(q.active.Truncate(s.size), q.active.Sync())
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
