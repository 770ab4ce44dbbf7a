// Package durable puts files in their places so that a power cut undoes
// nothing of what was said to be done.
package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile puts a small file in its place whole: after a power cut it is the
// old one or the new, and once nil was returned it is the new. It comes into
// being as path+".new".
func WriteFile(path string, content []byte, mode fs.FileMode) error {
	fresh, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name()) // gone already when all went well
	_, err = fresh.Write(content)
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return err
	}
	return Rename(fresh.Name(), path)
}

// Rename puts a file, whose content is on the disk, in its place. A rename
// that was not followed by a sync of the folder is one that a power cut may
// take back.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}
