package feeds

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"thermie/interval"
)

// The log says, one entry a line, what was told to the tracks and in which
// order, so that telling it again makes the same intervals:
//
//	r 1735689600000000000 3.6e+06 it electric_energy   a reading
//	.                                                  the end of what was taken at once
//	c 1735689660000000000                              the clock, as far as it closed intervals
//
// Readings that no end follows were not acknowledged.
type log struct {
	file *os.File
	size int64
}

// entry is one line of the log.
type entry struct {
	kind byte // 'r', '.', 'c'
	reading
}

func (e entry) append(dst []byte) []byte {
	dst = append(dst, e.kind)
	if e.kind != '.' {
		dst = strconv.AppendInt(append(dst, ' '), e.At, 10)
	}
	if e.kind == 'r' {
		dst = strconv.AppendFloat(append(dst, ' '), e.SI, 'g', -1, 64)
		dst = append(append(append(append(dst, ' '), e.series.Meter...), ' '), e.series.Kind...)
	}
	return append(dst, '\n')
}

func parseEntry(line []byte) (e entry, err error) {
	words := bytes.Split(line, []byte(" "))
	if len(words[0]) != 1 || len(words) != map[byte]int{'r': 5, '.': 1, 'c': 2}[words[0][0]] {
		return e, fmt.Errorf("%w: no entry", errDamaged)
	}
	if e.kind = words[0][0]; e.kind == '.' {
		return e, nil
	}
	if e.At, err = strconv.ParseInt(string(words[1]), 10, 64); err != nil {
		return e, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if e.kind == 'c' {
		return e, nil
	}
	e.series = interval.Series{Meter: string(words[3]), Kind: interval.Kind(words[4])}
	if e.SI, err = strconv.ParseFloat(string(words[2]), 64); err != nil {
		return e, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return e, nil
}

// openLog opens a log, which need not be there, and hands over its entries
// up to the last end. What follows was not acknowledged and is cut off. At a
// damaged entry the reading ends; the log can be used all the same, and
// nothing is cut off.
func openLog(path string, each func(entry)) (*log, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	l := &log{file: file}
	if err := l.replay(each); err != nil {
		return l, fmt.Errorf("%s after byte %d: %w", path, l.size, err)
	}
	return l, l.cut()
}

// replay hands over what was taken at once, piece by piece.
func (l *log) replay(each func(entry)) error {
	in := bufio.NewReader(l.file)
	var piece []entry
	var size int64
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil // what is left has no end
		}
		if err != nil {
			return err
		}
		e, err := parseEntry(line[:len(line)-1])
		if err != nil {
			return err
		}
		piece = append(piece, e)
		size += int64(len(line))
		if e.kind == 'r' {
			continue
		}
		for _, e := range piece {
			each(e)
		}
		l.size += size
		piece, size = piece[:0], 0
	}
}

// append makes entries durable. After an error the log is as it was before,
// or cannot be used any more, which the next append says.
func (l *log) append(entries []byte) error {
	if _, err := l.file.WriteAt(entries, l.size); err != nil {
		return errors.Join(err, l.cut())
	}
	if err := l.file.Sync(); err != nil {
		return errors.Join(err, l.cut())
	}
	l.size += int64(len(entries))
	return nil
}

// cut takes off what stands behind the last end.
func (l *log) cut() error {
	if err := l.file.Truncate(l.size); err != nil {
		return err
	}
	return l.file.Sync()
}

// close closes a log that was opened.
func (l *log) close() error {
	if l == nil {
		return nil
	}
	return l.file.Close()
}
