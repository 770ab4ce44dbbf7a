package feeds

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"thermie/collector/store"
	"thermie/durable"
	"thermie/interval"
)

// rejectedDir is the folder, within a feed's, of the lines that the store
// refused for good: a file a day, each line under a comment with the store's
// words. Put right, they can be written again.
const rejectedDir = "rejected"

// maxRejected bounds that folder: the oldest days go, but never the last.
const maxRejected = 10 << 20

// reject keeps what the store refused of a batch. Where it cannot be kept, the
// batch stays pending.
func (f *Feed) reject(b store.Batch, refused *store.Refused, now time.Time) error {
	var text []byte
	for _, one := range refused.Lines {
		text = fmt.Appendf(text, "# %s %v\n", now.UTC().Format(time.RFC3339), one.Err)
		text = append(appendLine(text, b, one), '\n')
	}
	dir := filepath.Join(f.dir, rejectedDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(dir, now.UTC().Format(time.DateOnly)+".lines"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close(), durable.SyncFolder(dir)); err != nil {
		return err
	}
	f.Counts.Rejected.Add(int64(len(refused.Lines)))
	if err := trimRejected(dir); err != nil {
		f.slog.Warn("rejected lines of long ago stay", "error", err)
	}
	return nil
}

// appendLine appends a line of a batch as the wire has it.
func appendLine(dst []byte, b store.Batch, at store.RefusedLine) []byte {
	switch at.Type {
	case interval.CardLine:
		return b.Cards[at.Index].AppendLine(dst)
	case interval.EventLine:
		return b.Events[at.Index].AppendLine(dst)
	}
	return b.Records[at.Index].AppendLine(dst)
}

// trimRejected removes the oldest days beyond the bound.
func trimRejected(dir string) error {
	days, err := os.ReadDir(dir) // sorted by name, which is the date
	var bytes int64
	for i, day := range slices.Backward(days) {
		info, gone := day.Info()
		if gone != nil {
			continue
		}
		if bytes += info.Size(); bytes > maxRejected && i < len(days)-1 {
			err = errors.Join(err, os.Remove(filepath.Join(dir, day.Name())))
		}
	}
	return err
}
