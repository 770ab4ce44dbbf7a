package registry

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// row is a line of a list: its number in the file and its cells.
type row struct {
	line  int
	cells []string
}

// maxList bounds a list: all data centers of a country stay far below it.
const maxList = 8 << 20

// rowsOf reads a list as an authority's spreadsheet writes it: UTF-8 with or
// without its mark, or Windows-1252; parted by semicolons, tabs or commas,
// whichever the first line has most of. Empty lines are left out.
func rowsOf(data []byte) ([]row, error) {
	if len(data) > maxList {
		return nil, fmt.Errorf("the list has more than %d bytes", maxList)
	}
	text := textOf(data)
	head, _, _ := strings.Cut(text, "\n")
	parted := ';'
	for _, other := range "\t," {
		if strings.Count(head, string(other)) > strings.Count(head, string(parted)) {
			parted = other
		}
	}
	s := cellScanner{rest: text, parted: parted, line: 1}
	var rows []row
	for s.rest != "" {
		r, err := s.row()
		if err != nil {
			return nil, err
		}
		if strings.Join(r.cells, "") != "" {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// textOf turns a file's bytes into text with plain line ends. What is not
// UTF-8 in it is taken for Windows-1252, sign by sign: lists are pasted
// together from both.
func textOf(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var b strings.Builder
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch c := data[0]; {
		case r != utf8.RuneError || size > 1:
		case c < 0xa0:
			r = upperHalf[c-0x80]
		default:
			r = rune(c)
		}
		b.WriteRune(r)
		data = data[size:]
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(b.String())
}

// upperHalf are the characters of Windows-1252 from 0x80 to 0x9F; the others
// are those of Unicode.
var upperHalf = [32]rune{
	'€', utf8.RuneError, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', utf8.RuneError, 'Ž', utf8.RuneError,
	utf8.RuneError, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', utf8.RuneError, 'ž', 'Ÿ',
}

// cellScanner cuts text into rows and cells; a cell in quotes may hold line
// ends and the sign that parts cells.
type cellScanner struct {
	rest   string
	parted rune
	line   int
}

func (s *cellScanner) row() (row, error) {
	r := row{line: s.line}
	for {
		cell, err := s.cell()
		if err != nil {
			return r, err
		}
		r.cells = append(r.cells, strings.TrimSpace(cell))
		if s.rest == "" {
			return r, nil
		}
		end := s.rest[0]
		s.rest = s.rest[1:]
		if end == '\n' {
			s.line++
			return r, nil
		}
	}
}

// cell reads up to the sign behind the cell, which stays.
func (s *cellScanner) cell() (string, error) {
	if !strings.HasPrefix(s.rest, `"`) {
		end := strings.IndexAny(s.rest, string(s.parted)+"\n")
		if end < 0 {
			end = len(s.rest)
		}
		cell := s.rest[:end]
		s.rest = s.rest[end:]
		return cell, nil
	}
	begun, cell := s.line, ""
	for rest := s.rest[1:]; ; {
		inside, after, closed := strings.Cut(rest, `"`)
		if !closed {
			return "", fmt.Errorf("line %d: a cell begins with a quotation mark that is never closed", begun)
		}
		s.line += strings.Count(inside, "\n")
		cell += inside
		if !strings.HasPrefix(after, `"`) {
			s.rest = strings.TrimLeft(after, " ")
			break
		}
		cell, rest = cell+`"`, after[1:]
	}
	if s.rest != "" && s.rest[0] != '\n' && !strings.HasPrefix(s.rest, string(s.parted)) {
		return "", fmt.Errorf("line %d: text follows the quotation mark that closes a cell", s.line)
	}
	return cell, nil
}
