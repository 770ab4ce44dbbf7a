package queue

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// Batch is a run of lines at the head of the queue.
type Batch struct {
	Lines   [][]byte // without their newlines; not to be changed
	numbers []uint64
	room    int // bytes that may still be added
}

// Last is the number of the batch's last line; 0 for an empty batch.
func (b Batch) Last() uint64 {
	if len(b.numbers) == 0 {
		return 0
	}
	return b.numbers[len(b.numbers)-1]
}

// Head is the batch of the first n lines of b.
func (b Batch) Head(n int) Batch {
	n = min(n, len(b.Lines))
	return Batch{Lines: b.Lines[:n], numbers: b.numbers[:n]}
}

// Next returns the oldest waiting lines: at least one, and no more than
// maxBytes of them. They stay in the queue, so that the next call returns
// the same ones, until Ack. The batch is empty when nothing waits. An error
// is a file that cannot be read now but perhaps later.
func (q *Queue) Next(maxBytes int) (Batch, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.takeNotes()
	b, complete, err := q.head(maxBytes)
	for err == nil && (q.report() || !complete && len(b.Lines) == 0) {
		b, complete, err = q.head(maxBytes) // the report may have dropped a segment
	}
	if err == nil && complete && len(b.Lines) == 0 {
		q.acked = max(q.acked, q.mayLeave()) // numbers that stood for damage only
	}
	return b, err
}

// head collects the batch; complete says that nothing waits behind it, or
// that it is full.
func (q *Queue) head(maxBytes int) (b Batch, complete bool, err error) {
	b.room = maxBytes
	for _, s := range slices.Clone(q.segments) {
		err := q.load(s)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.EIO) {
			q.setAsideWhole(s, err.Error())
			continue
		}
		if err != nil {
			return b, false, err
		}
		s.forget(q.acked)
		for _, blk := range s.blocks {
			if full := b.take(blk, q.acked, q.mayLeave()); full {
				return b, true, nil
			}
		}
		if len(q.asides) >= maxAsides {
			return b, false, nil
		}
	}
	return b, true, nil
}

// forget lets go of the blocks up to number acked, whose lines need no room
// any more.
func (s *segment) forget(acked uint64) {
	for len(s.blocks) > 0 && s.blocks[0].last <= acked {
		s.blocks[0] = block{}
		s.blocks = s.blocks[1:]
	}
}

// take adds the block's lines after number acked; full says that the next
// one found no room, or may not leave.
func (b *Batch) take(blk block, acked, last uint64) (full bool) {
	for i, line := range blk.lines {
		if blk.numbers[i] <= max(acked, b.Last()) {
			continue
		}
		if b.room -= len(line) + 1; blk.numbers[i] > last || b.room < 0 && len(b.Lines) > 0 {
			return true
		}
		b.Lines = append(b.Lines, line)
		b.numbers = append(b.numbers, blk.numbers[i])
	}
	return false
}

// Ack removes the batch and everything before it. After an error the lines
// are removed all the same, but may be sent again after a restart.
func (q *Queue) Ack(b Batch) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.pass(b.Last())
}

// pass makes number the last acknowledged one.
func (q *Queue) pass(number uint64) error {
	if number <= q.acked {
		return nil
	}
	q.acked = number
	return q.letGo()
}

// letGo removes the acknowledged segments and stores the number. Segments go
// first: this frees a full disk, and a crash between the two is healed by the
// names of those that are left.
func (q *Queue) letGo() error {
	var failed []error
	for len(q.segments) > 1 && q.segments[1].first <= q.acked+1 {
		failed = append(failed, os.Remove(q.segments[0].path))
		q.segments = q.segments[1:]
	}
	return errors.Join(append(failed, q.position.store(q.acked))...)
}
