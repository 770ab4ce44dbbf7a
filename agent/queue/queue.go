package queue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"thermie/interval"
)

// Options bound a queue. The zero value of each but Site takes the default.
type Options struct {
	Site         string           // the site in whose name the queue reports its own events
	MaxBytes     int64            // default 100 MB; beyond it the oldest segment is dropped
	SegmentBytes int64            // default 1 MiB, and at most MaxBytes/16
	Hold         bool             // lines leave only after Release
	Now          func() time.Time // stamps the queue's events; default time.Now
}

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 100e6
	}
	if o.SegmentBytes <= 0 {
		o.SegmentBytes = 1 << 20
	}
	o.SegmentBytes = min(o.SegmentBytes, o.MaxBytes/16)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Queue keeps wire lines on disk, in order, from Append until Ack. Lines are
// numbered from 1; a segment file is named by its first line's number, and
// what was acknowledged is one number in the file "position". A segment is
// never written to again after a restart, so that damage at its end stays
// where it is; the newest segment is never deleted, because it holds the
// newest baselines. agent/DESIGN.md lists what survives which failure.
//
// All methods may be called from several goroutines.
type Queue struct {
	dir string
	o   Options

	mu       sync.Mutex
	lock     *os.File
	position *position
	segments []*segment       // oldest first
	active   *os.File         // the newest segment; nil until the first Append writes one
	next     uint64           // number of the next line
	acked    uint64           // number of the last acknowledged line
	released uint64           // number of the last line that a person has let go
	state    []byte           // the line of the newest baselines; nil: there never were any
	owed     []interval.Event // not yet on disk
	asides   []aside          // their events are owed
	dropped  uint64
	damaged  int64
	closed   bool
	grown    chan struct{} // has a token after lines came
}

// segment is one file of the queue.
type segment struct {
	path    string
	first   uint64
	size    int64   // of its committed bytes
	parsed  int64   // of them, how many were read
	blocks  []block // read, with lines that are not acknowledged
	written time.Time
}

// Open opens the queue in dir, made if absent. It starts on any damaged
// file: what can be read is read, the rest is set aside as *.corrupt and
// reported by an event. Errors are a folder that cannot be used, and a
// folder in use by another process.
func Open(dir string, o Options) (*Queue, error) {
	if !interval.ValidID(o.Site) {
		return nil, fmt.Errorf("queue %s: site id %q cannot name events", dir, o.Site)
	}
	q := &Queue{dir: dir, o: o.withDefaults(), grown: make(chan struct{}, 1)}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("queue: make the folder: %w", err)
	}
	if err := q.takeFolder(); err != nil {
		return nil, err
	}
	if err := q.restore(); err != nil {
		return nil, errors.Join(err, q.Close())
	}
	return q, nil
}

func (q *Queue) takeFolder() (err error) {
	if q.lock, err = os.OpenFile(filepath.Join(q.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o640); err != nil {
		return fmt.Errorf("queue %s: the folder must be writable: %w", q.dir, err)
	}
	if err := lockFile(q.lock); err != nil {
		_ = q.lock.Close()
		return fmt.Errorf("queue %s: another agent uses this folder (give each agent its own state folder): %w", q.dir, err)
	}
	position := filepath.Join(q.dir, "position")
	q.position, q.acked, err = openPosition(position)
	if err != nil && os.Rename(position, position+corruptSuffix) == nil { // a folder, or another user's file
		q.position, q.acked, err = openPosition(position)
	}
	if err != nil {
		_ = q.lock.Close()
		return fmt.Errorf("queue %s: %w", q.dir, err)
	}
	return nil
}

// Site is the site in whose name the queue reports.
func (q *Queue) Site() string { return q.o.Site }

// Baselines returns what was last appended; nil when nothing ever was. The
// caller must not change it.
func (q *Queue) Baselines() []byte {
	q.mu.Lock()
	defer q.mu.Unlock()
	return block{state: q.state}.baselines()
}

// notesPeriod is how often a waiting queue looks for notes.
const notesPeriod = 5 * time.Second

// Wait returns nil when lines wait that may leave, or the context's error.
func (q *Queue) Wait(ctx context.Context) error {
	ticker := time.NewTicker(notesPeriod)
	defer ticker.Stop()
	for {
		if q.ready() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-q.grown:
		case <-ticker.C:
		}
	}
}

// Watch obeys what a person notes (see Delivered) until ctx ends, for a queue
// that nobody forwards.
func (q *Queue) Watch(ctx context.Context) {
	ticker := time.NewTicker(notesPeriod)
	defer ticker.Stop()
	for q.ready(); ctx.Err() == nil; q.ready() {
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

func (q *Queue) ready() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.takeNotes()
	return q.mayLeave() > q.acked
}

// Len is the number of lines that wait. Damage that has not been come across
// counts as lines.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return int(q.next - 1 - q.acked)
}

// Stats is what a status page shows of a queue.
type Stats struct {
	Lines    int       // waiting
	Held     int       // of them, those that a person has not let go
	Bytes    int64     // on disk, the newest segment included
	Segments int       // files
	Oldest   time.Time // time of the oldest waiting line that has one; a card may hold since ever
	Dropped  uint64    // lines lost to the bounds since start
	Damaged  int64     // bytes set aside since start
}

// Stats returns the queue's counters.
func (q *Queue) Stats() Stats {
	oldest, _ := q.Next(64 << 10)
	s := Stats{Lines: q.Len()}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, line := range oldest.Lines {
		if at := lineTime(line); at.Unix() > 0 {
			s.Oldest = at
			break
		}
	}
	s.Bytes, s.Segments, s.Dropped, s.Damaged = q.bytes(), len(q.segments), q.dropped, q.damaged
	s.Held = int(q.next - 1 - max(q.acked, q.mayLeave()))
	return s
}

func (q *Queue) bytes() (sum int64) {
	for _, s := range q.segments {
		sum += s.size
	}
	return sum
}

// Close lets go of the folder. What was appended stays.
func (q *Queue) Close() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return nil
	}
	q.closed = true
	return errors.Join(q.seal(), q.position.close(), q.lock.Close())
}
