package takein

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"thermie/carry"
)

// Taker takes carried files in.
type Taker struct {
	Shelf Shelf
	Keys  func(site string) (ed25519.PublicKey, error) // by which a site's files are known
	Door  func(site string) (Door, error)
	Now   func() time.Time
	Lost  bool // go on though files before it are missing
}

// Take takes a carried file in and returns its receipt. A file that was taken
// last may come again: its lines are stored once, and it gets its receipt
// again. After an error nothing is confirmed, and the file may come again.
func (t Taker) Take(ctx context.Context, file *carry.File) (carry.Receipt, error) {
	seal := file.Seal
	key, err := t.Keys(seal.Site)
	if err != nil {
		return carry.Receipt{}, err
	}
	if err := file.Verify(key); errors.Is(err, carry.ErrSignature) {
		return carry.Receipt{}, fmt.Errorf("file %d is not signed by the agent that is registered for site %s: refused", seal.Number, seal.Site)
	} else if err != nil {
		return carry.Receipt{}, fmt.Errorf("file %d of %s refused: %w", seal.Number, seal.Site, err)
	}
	last, err := t.Shelf.last(seal.Site)
	if err != nil {
		return carry.Receipt{}, err
	}
	if seal.Number != last.Number || seal.Name() != last.Name {
		if err := last.follows(seal, t.Lost); err != nil {
			return carry.Receipt{}, err
		}
	}
	refused, err := t.store(ctx, file)
	if err != nil {
		return carry.Receipt{}, fmt.Errorf("file %d of %s: %w; nothing is confirmed", seal.Number, seal.Site, err)
	}
	if err := t.Shelf.store(seal.Site, taken{seal.Number, seal.Name(), refused}); err != nil {
		return carry.Receipt{}, err
	}
	return carry.Receipt{Site: seal.Site, Number: seal.Number, File: seal.Name(), Lines: seal.Lines, Refused: refused, Taken: t.Now()}, nil
}

// store gives the file's lines to the door, and keeps those that it refuses.
func (t Taker) store(ctx context.Context, file *carry.File) (refused int, err error) {
	door, err := t.Door(file.Seal.Site)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(t.Shelf.Dir, 0o750); err != nil {
		return 0, err
	}
	aside := rejects{path: t.Shelf.rejected(file.Seal)}
	defer func() { err = errors.Join(err, aside.close()) }()
	lines, err := file.Lines()
	if err != nil {
		return 0, err
	}
	defer lines.Close()
	err = batches(lines, func(batch [][]byte) error { return door.put(ctx, batch, aside.add) })
	return aside.count, err
}

// batches cuts lines into requests.
func batches(from io.Reader, each func([][]byte) error) error {
	reader := bufio.NewReaderSize(from, 64<<10)
	var batch [][]byte
	size := 0
	for {
		line, err := reader.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if line = bytes.TrimSuffix(line, []byte{'\n'}); len(line) > 0 {
			batch, size = append(batch, line), size+len(line)+1
		}
		if len(batch) > 0 && (err == io.EOF || size >= batchBytes) {
			if err := each(batch); err != nil {
				return err
			}
			batch, size = nil, 0
		}
		if err == io.EOF {
			return nil
		}
	}
}

// rejects keeps the lines that the door refused, each under its words. The
// file is made with the first of them.
type rejects struct {
	path  string
	file  *os.File
	count int
}

func (r *rejects) add(line []byte, words string) (err error) {
	if r.file == nil {
		if r.file, err = os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640); err != nil {
			return fmt.Errorf("keep a refused line: %w", err)
		}
	}
	r.count++
	_, err = fmt.Fprintf(r.file, "# %s\n%s\n", words, line)
	return err
}

func (r *rejects) close() error {
	if r.file == nil {
		return nil
	}
	return errors.Join(r.file.Sync(), r.file.Close())
}
