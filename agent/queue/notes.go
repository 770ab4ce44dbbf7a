package queue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"thermie/durable"
)

// A queue belongs to the process that opened it. What a person decides at a
// terminal meanwhile comes to it as a note: a small file in the folder, put
// there whole, with the number of a line. A note that is damaged is as good as
// none, which keeps lines back and never loses one.
const (
	releasedNote  = "released"  // up to which line a person has let go, see Options.Hold
	deliveredNote = "delivered" // up to which line the collector has confirmed what was carried by hand
)

// Release lets the lines up to number leave a queue on hold.
func Release(dir string, number uint64) error { return leaveNote(dir, releasedNote, number) }

// Delivered says that the lines up to number have reached the collector on
// another way than the forwarder's.
func Delivered(dir string, number uint64) error { return leaveNote(dir, deliveredNote, number) }

// leaveNote replaces the note. The agent may run as another user, who must be
// able to read it.
func leaveNote(dir, name string, number uint64) error {
	if err := durable.WriteFile(filepath.Join(dir, name), slot(number), 0o644); err != nil {
		return fmt.Errorf("queue %s: note what is %s: %w", dir, name, err)
	}
	return nil
}

// readNote returns the number in a note; 0 where there is none to believe.
func readNote(dir, name string) uint64 {
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return 0
	}
	number, whole := parseSlot(text)
	if !whole {
		return 0
	}
	return number
}

// boundNotes keeps a note from speaking of lines that are yet to come, as it
// would after a disk has lost the lines that it speaks of. One that cannot be
// put right, on a full disk, goes: without it lines are held, not lost.
func (q *Queue) boundNotes() error {
	for _, name := range []string{releasedNote, deliveredNote} {
		newest := q.next - 1
		if readNote(q.dir, name) <= newest {
			continue
		}
		if err := leaveNote(q.dir, name, newest); err != nil {
			if gone := os.Remove(filepath.Join(q.dir, name)); gone != nil {
				return errors.Join(err, gone)
			}
		}
	}
	return nil
}

// takeNotes obeys the notes.
func (q *Queue) takeNotes() {
	newest := q.next - 1
	if released := readNote(q.dir, releasedNote); q.o.Hold && released <= newest {
		q.released = max(q.released, released)
	}
	if delivered := readNote(q.dir, deliveredNote); delivered > q.acked && delivered <= newest {
		q.acked = delivered
		q.inspect()
		_ = q.letGo() // what cannot be removed now is sent again, which the receiver's keys make harmless
	}
}

// inspect reads the acknowledged segments that no forwarder came by, so that
// damage in them is reported before they go.
func (q *Queue) inspect() {
	for _, s := range slices.Clone(q.segments) {
		if s.first > q.acked {
			return
		}
		if !slices.Contains(q.segments, s) {
			continue // it made room for a report
		}
		if err := q.load(s); err != nil {
			q.setAsideWhole(s, err.Error())
		}
		s.forget(q.acked)
		q.report()
	}
}

// mayLeave is the number of the last line that may leave.
func (q *Queue) mayLeave() uint64 {
	if q.o.Hold {
		return q.released
	}
	return q.next - 1
}
