package interval

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
)

// MaxLine is the longest line, in bytes and without its newline, that is
// read. A record takes about 150 bytes, a card with many circuits a few
// thousand.
const MaxLine = 64 << 10

// ErrLineTooLong is in the chain of a LineError for a line above MaxLine.
var ErrLineTooLong = fmt.Errorf("longer than %d bytes", MaxLine)

// LineError is a fault in one line of a stream.
type LineError struct {
	Number int // from 1
	Err    error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Number, e.Err) }

// Unwrap returns the fault itself.
func (e *LineError) Unwrap() error { return e.Err }

// ReadLines calls each with every line of r and its number, from 1, without
// its newline (LF or CRLF). Blank lines and lines that begin with # are
// skipped. The line is valid only during the call.
//
// A line above MaxLine is passed over and the rest is read all the same; at
// the end ReadLines returns a *LineError for each such line, joined. An error
// of each ends the reading and is returned as a *LineError. Memory stays
// below two MaxLine however long a line is.
//
// A last line without a newline counts as a line. A reader of a file that
// may have been cut must know by other means that it is whole.
func ReadLines(r io.Reader, each func(number int, line []byte) error) error {
	in := lineReader{in: readers.Get().(*bufio.Reader)}
	in.in.Reset(r)
	defer func() {
		in.in.Reset(nil) // keeps nothing of r alive
		readers.Put(in.in)
	}()
	var tooLong []error
	for number := 1; ; number++ {
		line, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return errors.Join(tooLong...)
		case errors.Is(err, ErrLineTooLong):
			tooLong = append(tooLong, &LineError{number, err})
			continue
		case err != nil:
			return errors.Join(append(tooLong, &LineError{number, fmt.Errorf("reading it: %w", err)})...)
		}
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if err := each(number, line); err != nil {
			return errors.Join(append(tooLong, &LineError{number, err})...)
		}
	}
}

// readers are buffers that the readers of many small streams share.
var readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 16<<10) }}

// lineReader cuts a stream into lines.
type lineReader struct {
	in   *bufio.Reader
	long []byte // the line so far, where it does not fit into in's buffer
}

// next returns the next line, or io.EOF when there is none.
func (l *lineReader) next() ([]byte, error) {
	l.long = l.long[:0]
	tooLong, any := false, false
	for {
		part, err := l.in.ReadSlice('\n')
		any = any || len(part) > 0
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !(errors.Is(err, io.EOF) && any) {
			return nil, err
		}
		whole := !errors.Is(err, bufio.ErrBufferFull)
		if whole && !tooLong && len(l.long) == 0 {
			return limited(part)
		}
		if !tooLong {
			l.long = append(l.long, part...)
			tooLong = len(l.long) > MaxLine+len("\r\n")
		}
		switch {
		case whole && tooLong:
			return nil, ErrLineTooLong
		case whole:
			return limited(l.long)
		}
	}
}

// limited takes the newline off a line.
func limited(line []byte) ([]byte, error) {
	line = bytes.TrimSuffix(line, []byte{'\n'})
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if len(line) > MaxLine {
		return nil, ErrLineTooLong
	}
	return line, nil
}
