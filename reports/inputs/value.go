package inputs

import (
	"math"
	"strconv"
)

// value is what an input holds: a number, a word, or nothing.
type value struct {
	number float64
	word   string
	known  bool
}

func number(v float64) value { return value{number: v, known: !math.IsNaN(v)} }
func word(s string) value    { return value{word: s, known: s != ""} }

// same reports whether two values are one: spreadsheets keep fifteen digits.
func (v value) same(other value) bool {
	if v.known != other.known || v.word != other.word {
		return false
	}
	return math.Abs(v.number-other.number) <= 1e-12*max(math.Abs(v.number), math.Abs(other.number))
}

// text is the value as people write it, empty where there is none.
func (v value) text() string {
	switch {
	case !v.known:
		return ""
	case v.word != "":
		return v.word
	}
	return strconv.FormatFloat(v.number, 'f', -1, 64)
}
