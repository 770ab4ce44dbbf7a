package queue

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a queue's folder as another process sees it, that only looks:
// the agent may go on appending and sending meanwhile.
type Folder struct {
	Acknowledged uint64 // number of the last line that has left
	Released     uint64 // number of the last line that a person has let go
	segments     []*segment
}

// Look returns what is in a queue's folder.
func Look(dir string) (Folder, error) {
	segments, _, err := listSegments(dir)
	var file *os.File
	if err == nil {
		file, err = os.Open(filepath.Join(dir, "position"))
	}
	if err != nil {
		return Folder{}, fmt.Errorf("queue: %w (hint: has the agent run with this configuration, and may you read its folder?)", err)
	}
	defer file.Close()
	acknowledged, _ := readPosition(file)
	acknowledged = max(acknowledged, readNote(dir, deliveredNote))
	return Folder{acknowledged, max(acknowledged, readNote(dir, releasedNote)), segments}, nil
}

// Each calls each with every line after a number, in order, until it returns
// an error. It holds one segment at a time.
func (f Folder) Each(after uint64, each func(number uint64, line []byte) error) error {
	for i, s := range f.segments {
		if i+1 < len(f.segments) && f.segments[i+1].first <= after+1 {
			continue
		}
		data, err := s.read()
		if errors.Is(err, fs.ErrNotExist) {
			continue // sent since
		}
		if err != nil {
			return err
		}
		blocks, _ := parseSegment(data) // the agent deals with damage
		for _, b := range blocks {
			for j, line := range b.lines {
				if b.numbers[j] <= after {
					continue
				}
				if err := each(b.numbers[j], line); err != nil {
					return err
				}
				after = b.numbers[j]
			}
		}
	}
	return nil
}
