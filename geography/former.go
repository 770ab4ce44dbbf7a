package geography

import (
	"fmt"
	"slices"
	"strings"
)

// Former is a commune of the past, a part of a commune that has a code of
// its own (commune déléguée, commune associée, arrondissement municipal), or
// a code that changed.
type Former struct {
	Code, Name string // the name may be unknown
	Into       string // code of the commune that it lies in now
	LastYear   int    // last millésime in which it was a commune; 0: before 2021, or never
}

// Former finds where a code that is no commune's now has gone.
func (f *France) Former(code string) (Former, bool) {
	i, ok := slices.BinarySearchFunc(f.former, code, func(c Former, code string) int { return strings.Compare(c.Code, code) })
	if !ok {
		return Former{}, false
	}
	return f.former[i], true
}

// Gone is why a code is not one of the communes of the millésime, with the
// commune to write instead.
type Gone struct {
	Former
	Successor Commune
	Year      int // the millésime that was asked
}

// Error says what happened to the commune and what to write.
func (g *Gone) Error() string {
	was := g.Code
	if g.Name != "" {
		was += " (" + g.Name + ")"
	}
	if g.LastYear == 0 {
		return fmt.Sprintf("%s is no commune in %d: it lies in %s (%s)", was, g.Year, g.Successor.Code, g.Successor.Name)
	}
	return fmt.Sprintf("%s is no commune since %d: it lies in %s (%s)", was, g.LastYear+1, g.Successor.Code, g.Successor.Name)
}

// Current returns the commune of a code, or the one that it has gone to with
// a *Gone as the warning; any other error is a code that nobody ever had.
func (f *France) Current(code string) (Commune, error) {
	if c, ok := f.Commune(code); ok {
		return c, nil
	}
	gone, ok := f.Former(code)
	if !ok {
		return Commune{}, fmt.Errorf("no commune has the code %q in %d (hint: the INSEE code, such as 75056, not the postal code)", code, f.Origin.Year)
	}
	c, _ := f.Commune(gone.Into)
	return c, &Gone{Former: gone, Successor: c, Year: f.Origin.Year}
}
