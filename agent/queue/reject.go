package queue

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"thermie/durable"
)

// Rejected is the folder of the lines that a server refused for good: a file
// a day, each line under a comment with the server's words. The files are
// segments without checksums: put right, they can be imported.
func (q *Queue) Rejected() string { return filepath.Join(q.dir, "rejected") }

// Reject takes a batch of lines out of the queue that a server will never
// take, once they are on the disk with its words. Where they cannot be kept
// they stay in the queue.
func (q *Queue) Reject(b Batch, words string) error {
	for _, line := range b.Lines {
		if err := q.keepRejected(line, words, q.o.Now()); err != nil {
			return fmt.Errorf("keep a rejected line: %w", err)
		}
	}
	return q.Ack(b)
}

func (q *Queue) keepRejected(line []byte, words string, at time.Time) error {
	dir := q.Rejected()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	trimFolder(dir, segmentSuffix, q.o.MaxBytes/10-int64(len(line)+len(words))) // before: the newest is kept
	path := filepath.Join(dir, at.UTC().Format(time.DateOnly)+segmentSuffix)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o640)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "# %s %s\n%s\n", stamp(at), words, line)
	return errors.Join(err, file.Sync(), file.Close(), durable.SyncFolder(dir))
}
