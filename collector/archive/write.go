package archive

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"thermie/durable"
)

// manifestName is the last entry of an archive.
const manifestName = "MANIFEST.json"

// Manifest lists what an archive holds.
type Manifest struct {
	Made  time.Time   `json:"made"`
	Files []FileEntry `json:"files"`
}

// FileEntry is one file of an archive.
type FileEntry struct {
	Name   string `json:"name"` // within the data folder, parted by slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// fleeting reports whether a file only lives while a program runs, such as
// an archive that is being written. A database's log is in its snapshot.
func fleeting(name string) bool {
	for _, end := range []string{"-wal", "-shm", "-journal", ".part", ".new"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == "lock" || name == "acknowledged" // a store's note of what came after the snapshot too
}

// Write writes the data folder dir into the new file out, which appears once
// it is whole. It needs as much room beside out as the largest database.
func Write(ctx context.Context, dir, out string, now time.Time) (m Manifest, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up %s: %w", dir, err)
		}
	}()
	if _, err := os.Lstat(out); err == nil {
		return m, fmt.Errorf("%s is there already (hint: give the name of a new file; a date in it helps)", out)
	}
	part := out + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return m, err
	}
	defer os.Remove(part) // gone already when all went well
	w := &writer{ctx: ctx, tar: tar.NewWriter(file), part: part, manifest: Manifest{Made: now.UTC()}}
	err = errors.Join(w.folder(dir), w.close(), file.Sync(), file.Close())
	if err == nil && len(w.manifest.Files) == 0 {
		err = errors.New("it holds nothing (hint: is data: in the configuration the right folder?)")
	}
	if err != nil {
		return m, err
	}
	return w.manifest, durable.Rename(part, out)
}

// writer writes one archive.
type writer struct {
	ctx      context.Context
	tar      *tar.Writer
	part     string
	manifest Manifest
}

// folder writes everything in a folder.
func (w *writer) folder(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || w.ctx.Err() != nil {
			return errors.Join(err, w.ctx.Err())
		}
		if !d.Type().IsRegular() || fleeting(d.Name()) {
			return nil
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if filepath.Ext(path) == ".db" {
			return w.database(path, filepath.ToSlash(name))
		}
		err = w.file(path, filepath.ToSlash(name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it was there when the folder was listed: a feed's log makes room for the next
		}
		return err
	})
}

// database writes a database as one moment has it.
func (w *writer) database(path, name string) error {
	copied := w.part + ".db.part"
	if err := os.Remove(copied); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	defer os.Remove(copied)
	if err := snapshot(w.ctx, path, copied); err != nil {
		return err
	}
	return w.file(copied, name)
}

// file writes a file under the given name.
func (w *writer) file(path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: int64(info.Mode().Perm() & 0o600), Size: info.Size(), ModTime: info.ModTime(), Format: tar.FormatPAX}); err != nil {
		return err
	}
	hash := sha256.New()
	// A file that grows meanwhile is written as long as it was.
	if _, err := io.CopyN(io.MultiWriter(w.tar, hash), f, info.Size()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.manifest.Files = append(w.manifest.Files, FileEntry{name, info.Size(), hex.EncodeToString(hash.Sum(nil))})
	return nil
}

// close writes the list of all files.
func (w *writer) close() error {
	text, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return err
	}
	header := &tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: w.manifest.Made, Format: tar.FormatPAX}
	if err := w.tar.WriteHeader(header); err != nil {
		return err
	}
	_, err = w.tar.Write(text)
	return errors.Join(err, w.tar.Close())
}
