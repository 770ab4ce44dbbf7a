package heat

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Fault is why what somebody described, or a file that somebody gave, cannot
// be computed with. Error says it in English to who runs the program; a
// report says it by its code in the words of its language.
type Fault struct {
	Code string // stable: the key of the words that tell it
	With []any  // names and values in turn: int, float64, string or the time.Time of a clock on the wall
	text string
}

// NewFault returns the fault of a code. The text is English; a {name} in it
// stands for the value of that name.
func NewFault(code, text string, with ...any) *Fault { return &Fault{code, with, text} }

// Error implements error.
func (f *Fault) Error() string {
	pairs := make([]string, len(f.With))
	for i := 0; i < len(f.With); i += 2 {
		pairs[i], pairs[i+1] = "{"+f.With[i].(string)+"}", spell(f.With[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(f.text)
}

// spell writes a value of a fault as English has it.
func spell(value any) string {
	switch v := value.(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return stamp(v)
	}
	return fmt.Sprint(value)
}

// tenth rounds a temperature for print.
func tenth(celsius float64) float64 { return math.Round(10*celsius) / 10 }

// longestExcerpt is how many letters of a file's own text a fault repeats.
const longestExcerpt = 60

// excerpt is what a file says, short and fit to be printed.
func excerpt(text string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '·'
	}, text))
	if len(letters) > longestExcerpt {
		return string(letters[:longestExcerpt]) + "…"
	}
	return string(letters)
}
