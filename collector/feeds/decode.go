package feeds

import (
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// Decode reads one line (without its newline) into p: measurement, tags,
// fields and, where there is one, a time in units of precision. It takes what
// InfluxDB takes, except a text with a newline in it, since lines are cut
// before they are read, and a tag or field that comes twice. The error names
// the column, from 1.
func (p *Point) Decode(line []byte, precision time.Duration) error {
	p.reset()
	s := scanner{b: line}
	p.Measurement = s.name("a measurement", ", ")
	for s.next() == ',' {
		s.at++
		s.tag(p)
	}
	s.space("fields")
	for s.err == nil {
		s.field(p)
		if s.next() != ',' {
			break
		}
		s.at++
	}
	s.time(p, precision)
	return s.err
}

// scanner takes one line apart; after the first fault it stands still.
type scanner struct {
	b   []byte
	at  int
	err error
}

func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("column %d: %s", s.at+1, fmt.Sprintf(format, args...))
	}
}

// next returns the byte at hand, 0 at the end and after a fault.
func (s *scanner) next() byte {
	if s.err == nil && s.at < len(s.b) {
		return s.b[s.at]
	}
	return 0
}

// name reads up to one of the signs in ends, which a backslash takes their
// meaning; before anything else it stands for itself.
func (s *scanner) name(what, ends string) string {
	if s.err != nil {
		return ""
	}
	from := s.at
	var name []byte
	for ; s.at < len(s.b); s.at++ {
		c := s.b[s.at]
		if c == '\\' && s.at+1 < len(s.b) && among(s.b[s.at+1], ", =") {
			s.at++
			c = s.b[s.at]
		} else if among(c, ends) {
			break
		} else if c < ' ' || c == 0x7f {
			s.fail("a name is text without control characters")
			return ""
		}
		name = append(name, c)
	}
	if len(name) == 0 || !utf8.Valid(name) {
		s.at = from
		s.fail("want %s, found %s", what, excerpt(s.b[from:]))
	}
	return string(name)
}

func among(c byte, signs string) bool {
	for i := range len(signs) {
		if signs[i] == c {
			return true
		}
	}
	return false
}

// key reads a name and the = after it.
func (s *scanner) key(what string) string {
	key := s.name(what, ",= ")
	if s.err == nil && s.next() != '=' {
		s.fail("want = after %q, found %s", key, excerpt(s.b[s.at:]))
	}
	s.at++
	return key
}

func (s *scanner) tag(p *Point) {
	key := s.key("a tag")
	value := s.name("the value of tag "+key, ", ")
	if p.tagged[key] {
		s.fail("tag %s comes twice", key)
	}
	p.tagged[key] = true
	p.Tags = append(p.Tags, Tag{key, value})
}

// space passes over the spaces before what.
func (s *scanner) space(what string) {
	if s.err == nil && s.next() != ' ' {
		s.fail("want a space and %s, found %s", what, excerpt(s.b[s.at:]))
	}
	for s.next() == ' ' {
		s.at++
	}
}

func (s *scanner) field(p *Point) {
	key := s.key("a field")
	if p.fielded[key] {
		s.fail("field %s comes twice", key)
	}
	p.fielded[key] = true
	f := Field{Key: key}
	switch c := s.next(); {
	case s.err != nil:
		return
	case c == '"':
		f.Type = Text
		s.text()
	default:
		f.Type, f.Number = s.value(key)
	}
	p.Fields = append(p.Fields, f)
}

// text passes over a text in quotes.
func (s *scanner) text() {
	for s.at++; s.at < len(s.b); s.at++ {
		switch s.b[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return
		}
	}
	s.fail("a text is not closed; a newline within it cannot be taken")
}

// value reads what is not a text.
func (s *scanner) value(key string) (FieldType, float64) {
	from := s.at
	for s.at < len(s.b) && !among(s.b[s.at], ", ") {
		s.at++
	}
	word := string(s.b[from:s.at])
	switch word {
	case "t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE":
		return Truth, 0
	}
	if v, ok := number(word); ok {
		return Number, v
	}
	s.at = from
	s.fail("field %s: %s is no value", key, excerpt([]byte(word)))
	return Number, 0
}

// number reads a float, an integer marked with i or an unsigned one marked
// with u. Neither nan nor inf nor hex are numbers here.
func number(word string) (v float64, ok bool) {
	if len(word) == 0 {
		return 0, false
	}
	digits, mark := word[:len(word)-1], word[len(word)-1]
	switch mark {
	case 'i':
		n, err := strconv.ParseInt(digits, 10, 64)
		return float64(n), err == nil
	case 'u':
		n, err := strconv.ParseUint(digits, 10, 64)
		return float64(n), err == nil
	}
	for i := range len(word) {
		if !among(word[i], "0123456789.+-eE") {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(word, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// time reads the time, if there is one, to the end of the line.
func (s *scanner) time(p *Point, precision time.Duration) {
	if s.err != nil {
		return
	}
	for s.next() == ' ' {
		s.at++
	}
	rest := s.b[s.at:]
	for len(rest) > 0 && rest[len(rest)-1] == ' ' {
		rest = rest[:len(rest)-1]
	}
	if len(rest) == 0 {
		return
	}
	units, err := strconv.ParseInt(string(rest), 10, 64)
	if err != nil || s.b[s.at-1] != ' ' {
		s.fail("want a time in whole numbers, found %s", excerpt(rest))
		return
	}
	perSecond := int64(time.Second / precision)
	p.At = time.Unix(units/perSecond, units%perSecond*int64(precision)).UTC()
}

// excerpt quotes the beginning of what was found.
func excerpt(b []byte) string {
	const most = 40
	if len(b) == 0 {
		return "the end of the line"
	}
	if len(b) > most {
		return fmt.Sprintf("%q…", b[:most])
	}
	return fmt.Sprintf("%q", b)
}
