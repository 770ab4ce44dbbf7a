package feeds

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Verify reads the states and logs of the feeds of a data folder, and says
// what in them does not hold. It writes nothing, and the feeds may be in use:
// a last entry without its end is one that is being written.
func Verify(data string) (faults []error) {
	folders, err := filepath.Glob(filepath.Join(data, folder, "*"))
	if err != nil {
		return []error{err}
	}
	for _, dir := range folders {
		if err := verify(dir); err != nil {
			faults = append(faults, fmt.Errorf("feed of %s: %w (hint: when it is opened, a feed sets what is damaged aside and goes on)", filepath.Base(dir), err))
		}
	}
	return faults
}

func verify(dir string) error {
	s, found, err := readState(dir)
	if err != nil || !found {
		return err
	}
	if err := (&Feed{site: filepath.Base(dir)}).take(s); err != nil {
		return err
	}
	file, err := os.Open(logFile(dir, s.Log))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // begun anew since the state was read
	}
	if err != nil {
		return err
	}
	l := &log{file: file}
	if err := l.replay(func(entry) {}); err != nil {
		err = fmt.Errorf("%s after byte %d: %w", file.Name(), l.size, err)
		return errors.Join(err, file.Close())
	}
	return file.Close()
}
