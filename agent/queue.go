package agent

import (
	"context"
	"time"
)

// QueueOptions bound a queue. The zero value takes the defaults.
type QueueOptions struct {
	Site         string           // the site whose events the queue reports; must be set
	MaxBytes     int64            // default 100 MB; beyond it the oldest segment is dropped
	MaxAge       time.Duration    // 0: no limit
	SegmentBytes int64            // default 1 MiB
	Now          func() time.Time // default time.Now; stamps the queue's own events
}

// Queue keeps wire lines on disk, in order, until they are acknowledged.
type Queue struct{}

// Batch is a run of lines at the head of the queue.
type Batch struct {
	Lines [][]byte // without newline
	First uint64   // number of the first line
}

// Last is the number of the batch's last line.
func (b Batch) Last() uint64 { return b.First + uint64(len(b.Lines)) - 1 }

// QueueStats is what a status page shows of a queue.
type QueueStats struct {
	Lines    uint64    // waiting
	Bytes    int64     // on disk
	Segments int       // files
	Oldest   time.Time // time of the oldest waiting line; zero when empty
	Dropped  uint64    // lines lost to the bounds since start
	Damaged  int64     // bytes set aside since start
}

// OpenQueue opens the queue in dir, made if absent.
func OpenQueue(dir string, o QueueOptions) (*Queue, error) { return &Queue{}, nil }

// Append stores whole lines, each ended by a newline, and the builder's baselines.
func (q *Queue) Append(lines, baselines []byte) error { return nil }

// Baselines returns what was last appended; nil when nothing was.
func (q *Queue) Baselines() []byte { return nil }

// Next returns the oldest lines, up to maxBytes but at least one line; an
// empty batch when none wait.
func (q *Queue) Next(maxBytes int) (Batch, error) { return Batch{}, nil }

// Ack removes the batch and everything before it.
func (q *Queue) Ack(b Batch) error { return nil }

// Wait returns nil as soon as lines wait, or the context's error.
func (q *Queue) Wait(ctx context.Context) error { return ctx.Err() }

// Len is the number of waiting lines.
func (q *Queue) Len() int { return 0 }

// Stats returns the queue's counters.
func (q *Queue) Stats() QueueStats { return QueueStats{} }

// Close releases the folder. Nothing that was appended is lost.
func (q *Queue) Close() error { return nil }
