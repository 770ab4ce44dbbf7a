package configs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong in a configuration file, told so that a person
// can put it right.
type Fault struct {
	File    string
	Line    int    // 1-based; 0 where no line can be named
	Message string // what is wrong
	Hint    string // what to do about it; may be empty

	lost bool   // the value could not be read, so no more can be said of it
	form string // the message without what was written in the file
}

// String gives "file:line: message (hint)" on one line.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
	}
	b.WriteString(": " + f.Message)
	if f.Hint != "" {
		b.WriteString(" (" + f.Hint + ")")
	}
	return b.String()
}

// Faults lists everything wrong with a file at once. As an error it prints
// one fault a line.
type Faults []Fault

// Error implements error.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// asError returns the faults file by file in the order of their lines, or nil
// where there is none (a nil Faults in an error would not be a nil error).
func (fs Faults) asError() error {
	if len(fs) == 0 {
		return nil
	}
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return fs
}

// didYouMean names the candidate nearest to what was written, if any is
// near enough to be a slip of the hand.
func didYouMean(written string, candidates []string) string {
	best, bestDistance := "", 1+max(min(len(written)/2, 2), len(written)/3)
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(written), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// editDistance counts the insertions, deletions and replacements that turn
// a into b (Levenshtein).
func editDistance(a, b string) int {
	if len(a) > 64 || len(b) > 64 { // nobody misspells at that length
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
