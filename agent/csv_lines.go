package agent

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// longestCSVLine is the longest line of a history file that is read; a
// longer one is refused, and the file goes on behind it.
const longestCSVLine = 64 << 10

// csvLines reads a history file line by line, so that one broken line cannot
// take the next ones with it. A cell cannot hold a line break.
type csvLines struct {
	in      *bufio.Reader
	convert func([]byte) (string, error)
	number  int // of the line last read, from 1
}

func newCSVLines(r io.Reader, encoding string) *csvLines {
	l := &csvLines{in: bufio.NewReaderSize(r, longestCSVLine), convert: fromUTF8}
	if encoding == "windows-1252" {
		l.convert = fromWindows1252
	}
	return l
}

// errBadLine wraps what is wrong with one line; the next may be good.
var errBadLine = errors.New("line refused")

// next returns the next line without its end, io.EOF behind the last one,
// and an error that is errBadLine for a line that cannot be read.
func (l *csvLines) next() (string, error) {
	line, err := l.in.ReadSlice('\n')
	if len(line) == 0 && err != nil {
		return "", err
	}
	l.number++
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", l.skip()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if l.number == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	return l.convert(bytes.TrimRight(line, "\r\n"))
}

// skip passes over the rest of a line that is too long.
func (l *csvLines) skip() error {
	for {
		_, err := l.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		return fmt.Errorf("%w: longer than %d bytes", errBadLine, longestCSVLine)
	}
}

func fromUTF8(line []byte) (string, error) {
	if bytes.IndexByte(line, 0) >= 0 {
		return "", fmt.Errorf("%w: holds zero bytes (hint: save a UTF-16 file as UTF-8)", errBadLine)
	}
	if !utf8.Valid(line) {
		return "", fmt.Errorf("%w: is not UTF-8 (hint: encoding: windows-1252)", errBadLine)
	}
	return string(line), nil
}

// upperHalf are the characters of Windows-1252 from 0x80 to 0x9F; the others
// stand where Unicode has them. Five codes are unassigned.
var upperHalf = []rune("€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ")

func fromWindows1252(line []byte) (string, error) {
	var s strings.Builder
	for _, c := range line {
		if c >= 0x80 && c <= 0x9F {
			s.WriteRune(upperHalf[c-0x80])
		} else {
			s.WriteRune(rune(c))
		}
	}
	return s.String(), nil
}
