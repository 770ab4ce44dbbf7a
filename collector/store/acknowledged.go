package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
)

// SQLite reads a write-ahead log as far as it is whole. Of a log that was
// cut or removed it says nothing: what was acknowledged would be missing
// without a word. So how far the store has come is also noted in a file
// beside it, after each commit. The note is not synced: it may lag behind
// the log and is never ahead of it.

// noteFile is the name of the note in the store's folder.
const noteFile = "acknowledged"

// noteSize is its length: a row of the inbox and a checksum.
const noteSize = 12

// note is the open note of a store.
type note struct{ file *os.File }

// openNote makes or opens the note of a store that has come as far as next.
func openNote(dir string, next int64) (n note, err error) {
	if n.file, err = os.OpenFile(filepath.Join(dir, noteFile), os.O_CREATE|os.O_WRONLY, 0o600); err != nil {
		return n, err
	}
	return n, n.put(next)
}

// put notes the row of the inbox that comes next.
func (n note) put(next int64) error {
	var text [noteSize]byte
	binary.BigEndian.PutUint64(text[:], uint64(next))
	binary.BigEndian.PutUint32(text[8:], crc32.Checksum(text[:8], castagnoli))
	_, err := n.file.WriteAt(text[:], 0)
	return err
}

func (n note) close() error {
	if n.file == nil {
		return nil
	}
	return n.file.Close()
}

// noted reads how far a store has come by its note; 0 where there is none,
// or one that a power cut has left in pieces.
func noted(dir string) (next int64, err error) {
	text, err := os.ReadFile(filepath.Join(dir, noteFile))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil || len(text) != noteSize || crc32.Checksum(text[:8], castagnoli) != binary.BigEndian.Uint32(text[8:]) {
		return 0, err
	}
	return int64(binary.BigEndian.Uint64(text)), nil
}

// errLost is the error of a store that lacks what it acknowledged.
var errLost = errors.New("lines that were acknowledged are missing: the database or its write-ahead log was cut, removed or exchanged")

// lost compares the note with the row that comes next by the database.
func lost(dir string, noted, next int64) error {
	if noted <= next {
		return nil
	}
	return fmt.Errorf("%w (%d of the inbox's rows; hint: look at the disk, put thermie.db-wal back or restore a backup; to go on without them remove %s)",
		errLost, noted-next, filepath.Join(dir, noteFile))
}
