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
	"slices"

	"thermie/durable"
)

// Restore makes the data folder dir of the archive at path. The folder must
// not be there, or be empty; it appears once every file has the checksum
// that the archive lists and every database is sound.
func Restore(ctx context.Context, path, dir string) (m Manifest, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore %s: %w", path, err)
		}
	}()
	dir = filepath.Clean(dir)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return m, fmt.Errorf("%s holds something already (hint: move it away; nothing is overwritten)", dir)
	}
	file, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer file.Close()
	part := dir + ".part"
	if err := os.RemoveAll(part); err != nil {
		return m, err
	}
	defer os.RemoveAll(part) // gone already when all went well
	if m, err = unpack(ctx, tar.NewReader(file), part); err != nil {
		return m, err
	}
	for _, f := range m.Files {
		if filepath.Ext(f.Name) == ".db" {
			if err := sound(ctx, filepath.Join(part, filepath.FromSlash(f.Name))); err != nil {
				return m, err
			}
		}
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return m, err
	}
	if err := syncFolders(part); err != nil {
		return m, err
	}
	return m, durable.Rename(part, dir)
}

// syncFolders makes the names in a folder and below it durable.
func syncFolders(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return durable.SyncFolder(path)
	})
}

// unpack writes the files of an archive into a new folder and compares them
// with its list.
func unpack(ctx context.Context, from *tar.Reader, into string) (m Manifest, err error) {
	if err := os.MkdirAll(into, 0o700); err != nil {
		return m, err
	}
	var found []FileEntry
	for {
		header, err := from.Next()
		if errors.Is(err, io.EOF) {
			return m, errors.New("the archive ends without its list: it is not whole (hint: take another)")
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return m, fmt.Errorf("%w (hint: this wants a file that thermie backup wrote)", err)
		}
		if header.Name == manifestName {
			if err := json.NewDecoder(from).Decode(&m); err != nil {
				return m, fmt.Errorf("its list: %w", err)
			}
			return m, compare(m.Files, found)
		}
		f, err := unpackFile(from, header, into)
		if err != nil {
			return m, err
		}
		found = append(found, f)
	}
}

// unpackFile writes one file, durably.
func unpackFile(from *tar.Reader, header *tar.Header, into string) (f FileEntry, err error) {
	if header.Typeflag != tar.TypeReg || !filepath.IsLocal(filepath.FromSlash(header.Name)) {
		return f, fmt.Errorf("%q is no file of a data folder", header.Name)
	}
	path := filepath.Join(into, filepath.FromSlash(header.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return f, err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return f, err
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, hash), from)
	readOnly := os.FileMode(header.Mode)&0o200 == 0 // as a filing is
	if err == nil && readOnly {
		err = out.Chmod(0o400)
	}
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return f, fmt.Errorf("%s: %w", header.Name, err)
	}
	return FileEntry{header.Name, n, hex.EncodeToString(hash.Sum(nil))}, nil
}

// compare says what differs between what an archive lists and what it holds.
func compare(listed, found []FileEntry) error {
	var faults []error
	for _, f := range listed {
		if !slices.Contains(found, f) {
			faults = append(faults, fmt.Errorf("%s is missing or not what was backed up (hint: take another archive)", f.Name))
		}
	}
	if len(found) > len(listed) {
		faults = append(faults, errors.New("it holds files that it does not list (hint: take another archive)"))
	}
	return errors.Join(faults...)
}
