package takein

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"thermie/carry"
	"thermie/durable"
)

// Shelf remembers, in a folder of the collector's data, which carried file of
// each site was taken last.
type Shelf struct{ Dir string }

// taken is the file of a site that was taken last.
type taken struct {
	Number  uint64 `json:"number"`
	Name    string `json:"name"`
	Refused int    `json:"refused"`
}

// KeyFile is where the collector's signing key is.
func (s Shelf) KeyFile() string { return filepath.Join(s.Dir, "receipt.key") }

func (s Shelf) path(site string) string { return filepath.Join(s.Dir, site+".json") }

// rejected is the file of the lines of a carried file that were refused.
func (s Shelf) rejected(file carry.Seal) string {
	return filepath.Join(s.Dir, fmt.Sprintf("%s-%06d.rejected", file.Site, file.Number))
}

func (s Shelf) last(site string) (t taken, err error) {
	text, err := os.ReadFile(s.path(site))
	if errors.Is(err, fs.ErrNotExist) {
		return taken{Name: carry.None}, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &t)
	}
	if err != nil {
		return t, fmt.Errorf("which file of %s was taken last: %w (hint: restore %s from a backup)", site, err, s.path(site))
	}
	return t, nil
}

func (s Shelf) store(site string, t taken) error {
	text, err := json.Marshal(t)
	if err == nil {
		err = durable.WriteFile(s.path(site), append(text, '\n'), 0o640)
	}
	if err != nil {
		return fmt.Errorf("remember which file was taken: %w", err)
	}
	return nil
}

// follows says why a file is not the one that comes next; nil if it is. With
// lost, a person has said that what is missing will never come.
func (t taken) follows(file carry.Seal, lost bool) error {
	switch next := t.Number + 1; {
	case file.Number < next:
		return fmt.Errorf("file %d of %s was taken before, up to file %d; this is another file %d, or an old one brought again", file.Number, file.Site, t.Number, file.Number)
	case file.Number > next && !lost:
		return fmt.Errorf("file %d of %s is missing: bring it before file %d (hint: at the site, thermie carry -again %d writes it once more; -lost goes on without)", next, file.Site, file.Number, next)
	case file.Number == next && file.Previous != t.Name && !lost:
		return fmt.Errorf("file %d of %s does not follow the file %d that was taken: one of the two was replaced, or the agent began anew (hint: find out which; -lost goes on)", file.Number, file.Site, t.Number)
	}
	return nil
}
