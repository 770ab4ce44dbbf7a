package agent

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

// carried is what the agent's folder remembers of the files that were written
// to be carried by hand, until their receipts have come.
type carried struct {
	Number uint64        `json:"number"` // of the newest file
	Name   string        `json:"name"`   // its name; empty: none was written yet
	Last   uint64        `json:"last"`   // the queue's number of its last line
	Open   []carriedFile `json:"open"`   // those without a receipt, oldest first
}

// carriedFile is a file whose lines the queue still keeps.
type carriedFile struct {
	Number   uint64 `json:"number"`
	Name     string `json:"name"`
	Previous string `json:"previous"`
	After    uint64 `json:"after"` // its lines are those behind this one
	Last     uint64 `json:"last"`  // up to this one
	Lines    int    `json:"lines"`
}

func carriedPath(state string) string  { return filepath.Join(state, "carried.json") }
func carryKeyPath(state string) string { return filepath.Join(state, "carry.key") }

// readCarried reads the memory of a state folder.
func readCarried(state string) (c carried, err error) {
	text, err := os.ReadFile(carriedPath(state))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return c, fmt.Errorf("what was carried before: %w (hint: restore %s from a backup)", err, carriedPath(state))
	}
	return c, nil
}

func (c carried) store(state string) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err == nil {
		err = durable.WriteFile(carriedPath(state), append(text, '\n'), 0o640)
	}
	if err != nil {
		return fmt.Errorf("remember what was carried: %w", err)
	}
	return nil
}

// next is the file that follows the newest one, with lines behind a number.
func (c carried) next(after uint64) carriedFile {
	f := carriedFile{Number: c.Number + 1, Previous: c.Name, After: max(after, c.Last)}
	if f.Previous == "" {
		f.Previous = carry.None
	}
	return f
}

// written notes the next file.
func (c *carried) written(f carriedFile) {
	c.Number, c.Name, c.Last = f.Number, f.Name, f.Last
	c.Open = append(c.Open, f)
}

// find returns the file of a number that has no receipt yet.
func (c carried) find(number uint64) (carriedFile, error) {
	for _, f := range c.Open {
		if f.Number == number {
			return f, nil
		}
	}
	return carriedFile{}, fmt.Errorf("file %d is not waiting for a receipt (hint: thermie carry -config FILE lists those that are)", number)
}

// confirmed forgets a file and those before it, which the collector took
// first.
func (c *carried) confirmed(number uint64) {
	for len(c.Open) > 0 && c.Open[0].Number <= number {
		c.Open = c.Open[1:]
	}
}
