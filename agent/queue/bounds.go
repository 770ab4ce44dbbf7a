package queue

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"time"
)

// makeRoom drops the oldest segments until need more bytes keep the bound.
// What is lost is counted and becomes an event.
func (q *Queue) makeRoom(need int64) {
	for len(q.segments) > 1 && q.bytes()+need > q.o.MaxBytes {
		q.dropOldest("the queue is full")
	}
}

// Expire drops the segments not written to for longer than age; 0 drops none.
// What is lost is counted and becomes an event. It is for who knows that the
// clock is right: by one that is far ahead everything is old.
func (q *Queue) Expire(age time.Duration) {
	if age <= 0 {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.segments) > 1 && time.Since(q.segments[0].written) > age {
		q.dropOldest("the queue is older than its limit")
	}
}

// dropOldest gives up the oldest segment, which is never the newest.
func (q *Queue) dropOldest(why string) {
	s := q.segments[0]
	if err := q.load(s); err != nil {
		q.setAsideWhole(s, err.Error())
		return
	}
	if lost, of := s.waiting(q.acked); lost > 0 {
		q.owe("gap", fmt.Sprintf("%s: %d lines%s dropped", why, lost, of))
		q.dropped += uint64(lost)
	}
	q.acked = max(q.acked, q.segments[1].first-1)
	_ = q.letGo() // if the number is not stored, the oldest segment tells it
}

// waiting counts the lines of a segment after number acked, and says of which
// time those are that have one: a card may hold since ever.
func (s *segment) waiting(acked uint64) (lines int, of string) {
	from, to := int64(math.MaxInt64), int64(0)
	for _, b := range s.blocks {
		for i, line := range b.lines {
			if b.numbers[i] <= acked {
				continue
			}
			lines++
			if at := lineTime(line).Unix(); at > 0 {
				from, to = min(from, at), max(to, at)
			}
		}
	}
	if to > 0 {
		of = fmt.Sprintf(" from %s to %s", stamp(time.Unix(from, 0)), stamp(time.Unix(to, 0)))
	}
	return lines, of
}

// lineTime is the time at a line's end; zero when there is none.
func lineTime(line []byte) time.Time {
	seconds, err := strconv.ParseInt(string(line[bytes.LastIndexByte(line, ' ')+1:]), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
