package agent

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// rejects keeps the lines that a server refused for good, a file a day, each
// line under a comment with the server's words. The files are segments
// without checksums: put right, they can be imported.
type rejects struct {
	dir      string
	maxBytes int64
}

// add makes the line durable.
func (r rejects) add(line []byte, words string, at time.Time) error {
	if err := os.MkdirAll(r.dir, 0o750); err != nil {
		return fmt.Errorf("keep a rejected line: %w", err)
	}
	path := filepath.Join(r.dir, at.UTC().Format(time.DateOnly)+segmentSuffix)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o640)
	if err != nil {
		return fmt.Errorf("keep a rejected line: %w", err)
	}
	_, err = fmt.Fprintf(file, "# %s %s\n%s\n", stamp(at), words, line)
	if err = errors.Join(err, file.Sync(), file.Close(), syncFolder(r.dir)); err != nil {
		return fmt.Errorf("keep a rejected line: %w", err)
	}
	trimFolder(r.dir, segmentSuffix, r.maxBytes)
	return nil
}
