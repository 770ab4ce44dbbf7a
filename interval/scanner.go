package interval

import (
	"bytes"
	"fmt"
	"math/bits"
	"strconv"
)

// scanner takes one line apart. After the first fault every step does
// nothing, so that a line's reader needs to look at err only once.
type scanner struct {
	b         []byte
	at        int
	perSecond int64 // units of time in a second
	err       error
}

// fieldSet marks fields of a line that were seen.
type fieldSet uint16

func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("column %d: %s", s.at+1, fmt.Sprintf(format, args...))
	}
}

// until returns what comes before the next c, or all that is left.
func (s *scanner) until(c byte) []byte {
	from := s.at
	if n := bytes.IndexByte(s.b[from:], c); n >= 0 {
		s.at += n
	} else {
		s.at = len(s.b)
	}
	return s.b[from:s.at]
}

// next returns the byte at hand, 0 at the end.
func (s *scanner) next() byte {
	if s.at < len(s.b) {
		return s.b[s.at]
	}
	return 0
}

// expect passes over prefix.
func (s *scanner) expect(prefix string) {
	if s.err != nil {
		return
	}
	if len(s.b)-s.at < len(prefix) || string(s.b[s.at:s.at+len(prefix)]) != prefix {
		s.fail("want %q, found %s", prefix, excerpt(s.b[s.at:]))
		return
	}
	s.at += len(prefix)
}

// tag reads a tag whose value is an id.
func (s *scanner) tag(prefix string) []byte {
	s.expect(prefix)
	if s.err != nil {
		return nil
	}
	from := s.at
	for s.at < len(s.b) && idBytes[s.b[s.at]] {
		s.at++
	}
	id := s.b[from:s.at]
	if c := s.next(); len(id) == 0 || len(id) > maxID || c != ',' && c != ' ' {
		s.at = from
		s.fail("%s is not an id: one to %d of a-z, 0-9, _ and -", excerpt(s.b[from:]), maxID)
	}
	return id
}

// length reads the tag len, which ends the tags: seconds in plain digits,
// spelt in one way because it is part of the key.
func (s *scanner) length() int32 {
	s.expect(",len=")
	if s.err != nil {
		return 0
	}
	from := s.at
	digits := s.until(' ')
	n, err := strconv.ParseInt(string(digits), 10, 32)
	if err != nil || n <= 0 || digits[0] < '1' || digits[0] > '9' {
		s.at = from
		s.fail("len: %s is not a number of seconds above 0", excerpt(digits))
	}
	return int32(n)
}

// fields reads the fields up to the space before the time; value is called
// with the place in known of each known field, and must read its value.
func (s *scanner) fields(known []string, ignored *int, value func(name int)) (seen fieldSet) {
	s.expect(" ")
	for s.err == nil {
		name, place := s.field(known, bits.Len16(uint16(seen)))
		switch {
		case s.err != nil:
		case place < 0:
			*ignored++
			s.skipValue()
		case seen&(1<<place) != 0:
			s.fail("field %s comes twice", name)
		default:
			seen |= 1 << place
			value(place)
		}
		if s.next() != ',' {
			break
		}
		s.at++
	}
	return seen
}

// field reads the name of a field and finds its place in known, −1 if it is
// not there. The fields from next on are tried first: they mostly come in
// their order.
func (s *scanner) field(known []string, next int) (name []byte, place int) {
	rest := s.b[s.at:]
	for place := next; place < len(known); place++ {
		n := len(known[place])
		if len(rest) > n && rest[n] == '=' && string(rest[:n]) == known[place] {
			s.at += n + 1
			return rest[:n], place
		}
	}
	name = s.fieldName()
	return name, indexOf(known, name)
}

func (s *scanner) fieldName() []byte {
	from := s.at
	for s.at < len(s.b) && (idByte(s.b[s.at]) || 'A' <= s.b[s.at] && s.b[s.at] <= 'Z' || s.b[s.at] == '.') {
		s.at++
	}
	name := s.b[from:s.at]
	if len(name) == 0 || s.next() != '=' {
		s.fail("want a field, found %s", excerpt(s.b[from:]))
		return nil
	}
	s.at++
	return name
}

func indexOf(known []string, name []byte) int {
	for i, k := range known {
		if k == string(name) {
			return i
		}
	}
	return -1
}

// need refuses a line that lacks one of the wanted fields.
func (s *scanner) need(known []string, seen, wanted fieldSet) {
	if missing := wanted &^ seen; missing != 0 {
		s.fail("field %s is missing", known[bits.TrailingZeros16(uint16(missing))])
	}
}

// idBytes is idByte by table.
var idBytes = func() (table [256]bool) {
	for c := range table {
		table[c] = idByte(byte(c))
	}
	return table
}()

// idByte reports whether c may be part of an id.
func idByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}
