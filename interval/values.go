package interval

import (
	"math"
	"strconv"
)

// token returns an unquoted value.
func (s *scanner) token() []byte {
	from := s.at
	for s.at < len(s.b) && s.b[s.at] != ',' && s.b[s.at] != ' ' {
		s.at++
	}
	return s.b[from:s.at]
}

// float reads a finite decimal number. Neither nan nor inf, neither hex nor
// an integer's i are numbers here.
func (s *scanner) float() float64 {
	v, ok := parseFloat(s.token())
	if !ok {
		s.fail("want a finite decimal number")
	}
	return v
}

func parseFloat(b []byte) (float64, bool) {
	if v, ok := shortFloat(b); ok {
		return v, true
	}
	if len(b) == 0 || !(b[0] == '-' || '0' <= b[0] && b[0] <= '9') {
		return 0, false
	}
	for _, c := range b {
		if !('0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E') {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// tens are the powers of ten by which shortFloat divides.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// shortFloat reads a plain decimal of at most 15 digits, which is nearly
// every number that a builder has rounded. Digits and power of ten are then
// exact as float64, so that one division rounds as strconv does. ok is false
// for whatever else, faults included.
func shortFloat(b []byte) (v float64, ok bool) {
	digits := b
	if len(b) > 0 && b[0] == '-' {
		digits = b[1:]
	}
	if len(digits) == 0 || len(digits) > 16 || digits[0] == '.' {
		return 0, false
	}
	var whole uint64
	decimals := -1 // none before the point
	for _, c := range digits {
		switch {
		case '0' <= c && c <= '9':
			whole = whole*10 + uint64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		case c == '.' && decimals < 0:
			decimals = 0
		default:
			return 0, false
		}
	}
	if decimals < 0 && len(digits) > 15 {
		return 0, false
	}
	v = float64(whole) / tens[max(decimals, 0)]
	if len(digits) < len(b) {
		v = -v
	}
	return v, true
}

// integer reads a signed integer with its mark i.
func (s *scanner) integer() int64 {
	b := s.token()
	if len(b) < 2 || b[len(b)-1] != 'i' {
		s.fail("want an integer such as 6i")
		return 0
	}
	v, ok := parseInt(b[:len(b)-1])
	if !ok {
		s.fail("want an integer of 64 bits such as 6i")
	}
	return v
}

func parseInt(b []byte) (v int64, ok bool) {
	if len(b) == 0 || b[0] == '+' {
		return 0, false
	}
	if len(b) < 19 && b[0] != '-' { // digits alone, without overflow
		for _, c := range b {
			if c < '0' || c > '9' {
				return 0, false
			}
			v = v*10 + int64(c-'0')
		}
		return v, true
	}
	v, err := strconv.ParseInt(string(b), 10, 64)
	return v, err == nil
}

// revision reads an integer from 0 to 2³¹−1.
func (s *scanner) revision() int32 {
	v := s.integer()
	if v < 0 || v > math.MaxInt32 {
		s.fail("rev: %d is not from 0 to %d", v, math.MaxInt32)
	}
	return int32(v)
}

// text reads a quoted string: UTF-8 without control characters, where \" and
// \\ stand for a quote and a backslash and any other backslash for itself.
func (s *scanner) text() []byte {
	if s.next() != '"' {
		s.fail("want a quoted text")
		return nil
	}
	s.at++
	var text []byte
	for ; s.at < len(s.b); s.at++ {
		c := s.b[s.at]
		if c == '"' {
			s.at++
			if !validText(text) {
				s.fail("a text is one line of UTF-8")
			}
			return text
		}
		if c == '\\' && s.at+1 < len(s.b) && (s.b[s.at+1] == '"' || s.b[s.at+1] == '\\') {
			s.at++
			c = s.b[s.at]
		}
		text = append(text, c)
	}
	s.fail("a text is not closed")
	return nil
}

// skipValue passes over the value of an unknown field, which must still be
// one of line protocol's: a text, a number, an integer, a truth value.
func (s *scanner) skipValue() {
	if s.next() == '"' {
		s.text()
		return
	}
	b := s.token()
	if _, ok := parseFloat(b); ok {
		return
	}
	switch string(b) {
	case "t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE":
		return
	}
	if n := len(b); n > 1 {
		if _, ok := parseInt(b[:n-1]); ok && b[n-1] == 'i' {
			return
		}
		if _, err := strconv.ParseUint(string(b[:n-1]), 10, 64); err == nil && b[n-1] == 'u' {
			return
		}
	}
	s.fail("%s is no value", excerpt(b))
}

// time reads the time, which ends the line.
func (s *scanner) time() int64 {
	s.expect(" ")
	if s.err != nil {
		return 0
	}
	digits := s.b[s.at:]
	units, ok := parseInt(digits)
	switch {
	case !ok:
		s.fail("want a time in whole numbers, found %s", excerpt(digits))
	case units%s.perSecond != 0:
		s.fail("time %d is not a whole second; is the precision right?", units)
	case units < 0 || units/s.perSecond > lastSecond:
		s.fail("time %d is not between 1970 and 9999; is the precision right?", units)
	}
	return units / s.perSecond
}
