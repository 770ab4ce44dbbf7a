package queue

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"thermie/interval"
)

// maxAsides bounds the damaged bytes held in memory: so many are reported
// before the next segment is read.
const maxAsides = 8

// aside is damage that is to be kept in a file of its own.
type aside struct {
	path  string
	bytes []byte
}

// note takes down damage at data[at.from:at.to], where data is what follows
// the parsed part of s. Damage whose *.corrupt file exists was reported in
// an earlier life of the queue.
func (q *Queue) note(s *segment, at span, data []byte, blocks []block) {
	offset := s.parsed + int64(at.from)
	path := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(s.path, segmentSuffix), offset, corruptSuffix)
	if _, err := os.Lstat(path); err == nil {
		return
	}
	text := fmt.Sprintf("%s of the queue: %d bytes from byte %d are damaged, set aside as %s",
		filepath.Base(s.path), at.to-at.from, offset, filepath.Base(path))
	q.owe("segment", text+lossBetween(at, blocks))
	q.asides = append(q.asides, aside{path, data[at.from:at.to]})
	q.damaged += int64(at.to - at.from)
}

// lossBetween says what is known of what a damaged run held: the lines that
// its block counted, and the times of the readable lines around it.
func lossBetween(at span, blocks []block) (text string) {
	var before, after time.Time
	for _, b := range blocks {
		if b.start <= at.from && at.to <= b.end && b.lost > 0 {
			text = fmt.Sprintf("; %d lines lost", b.lost)
		}
		if len(b.lines) == 0 {
			continue
		}
		if b.end <= at.from {
			before = lineTime(b.lines[len(b.lines)-1])
		} else if after.IsZero() {
			after = lineTime(b.lines[0])
		}
	}
	if !before.IsZero() {
		text += "; after " + stamp(before)
	}
	if !after.IsZero() {
		text += "; before or at " + stamp(after)
	}
	return text
}

// setAsideWhole takes a file that cannot be read out of the queue.
func (q *Queue) setAsideWhole(s *segment, why string) {
	q.segments = slices.DeleteFunc(q.segments, func(other *segment) bool { return other == s })
	q.damaged += s.size
	aside := s.path + corruptSuffix
	text := fmt.Sprintf("%s of the queue set aside whole: %s", filepath.Base(s.path), why)
	if err := os.Rename(s.path, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		text += "; it could not be renamed and stays in place"
	}
	q.owe("segment", text)
}

// report commits the owed events, sets the damage noted aside, and says
// whether it did. The events come first: a crash between the two repeats them
// rather than loses them. On a full disk the events stay owed and the
// damaged bytes stay in their segment alone.
func (q *Queue) report() bool {
	asides := q.asides
	q.asides = nil
	if len(q.owed) == 0 || q.commit(nil, nil) != nil {
		return false
	}
	for _, a := range asides {
		_ = os.WriteFile(a.path, a.bytes, 0o640)
	}
	trimFolder(q.dir, corruptSuffix, q.o.MaxBytes/10)
	return true
}

// owe makes an event that goes to disk with the next commit.
func (q *Queue) owe(what, text string) {
	q.owed = append(q.owed, interval.Event{
		Site: q.o.Site, Meter: interval.SiteCard, What: what, Text: text, At: q.o.Now().Unix(),
	})
}

// trimFolder deletes the oldest files with that suffix until the rest is at
// most maxBytes. It does what it can; nothing depends on it.
func trimFolder(dir, suffix string, maxBytes int64) {
	entries, _ := os.ReadDir(dir)
	var files []os.FileInfo
	var sum int64
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), suffix) {
			files = append(files, info)
			sum += info.Size()
		}
	}
	slices.SortStableFunc(files, func(a, b os.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, f := range files {
		if sum <= maxBytes {
			return
		}
		if os.Remove(filepath.Join(dir, f.Name())) == nil {
			sum -= f.Size()
		}
	}
}
