package takein

import (
	"path/filepath"
	"strings"
)

// Verify reads what is remembered of every site, and says what of it cannot be
// read.
func (s Shelf) Verify() (faults []error) {
	files, err := filepath.Glob(s.path("*"))
	if err != nil {
		return []error{err}
	}
	for _, file := range files {
		if _, err := s.last(strings.TrimSuffix(filepath.Base(file), ".json")); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}
