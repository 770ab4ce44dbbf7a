package configs

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"thermie/interval"
)

// checker collects what is wrong with a decoded file, each with its line.
type checker struct {
	doc    *document
	faults Faults
	spoilt map[int]bool // lines with values that could not be read
	ownBad bool         // a template of the site's own has faults, and may be any that is asked for
}

// newChecker continues where decode left off.
func newChecker(doc *document, faults Faults) *checker {
	c := &checker{doc: doc, faults: faults, spoilt: map[int]bool{}}
	for _, f := range faults {
		c.spoilt[f.Line] = c.spoilt[f.Line] || f.lost
	}
	return c
}

// run makes the checks, unless the file could not be parsed, and returns
// every fault as one error.
func (c *checker) run(check func()) error {
	if c.doc != nil {
		check()
	}
	return c.faults.asError()
}

// place is a spot in the file: the checker and a path of keys and positions.
type place struct {
	c    *checker
	path []any
}

func (c *checker) at(path ...any) place { return place{c, path} }

func (p place) at(path ...any) place {
	return place{p.c, append(slices.Clip(p.path), path...)}
}

// written reports whether the file has the place at all.
func (p place) written() bool {
	_, whole := p.c.doc.find(p.path)
	return whole
}

func (p place) line() int {
	line, _ := p.c.doc.find(p.path)
	return line
}

// fault notes what is wrong here, unless the decoder could not read the
// line to begin with.
func (p place) fault(hint, format string, args ...any) {
	line := p.line()
	if p.c.spoilt[line] {
		return
	}
	p.c.faults = append(p.c.faults, Fault{File: p.c.doc.file, Line: line, Message: fmt.Sprintf(format, args...), Hint: hint, form: format})
}

// key is the last name on the path, for messages.
func (p place) key() string { return fmt.Sprint(p.path[len(p.path)-1]) }

// name gives the keys on the path, such as site.name.
func (p place) name() string {
	var keys []string
	for _, step := range p.path {
		if key, ok := step.(string); ok {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, ".")
}

func (p place) required(value string) bool {
	if strings.TrimSpace(value) == "" {
		p.fault("", "%s is missing", p.name())
		return false
	}
	return true
}

// id checks an id's spelling.
func (p place) id(value string) bool {
	if !p.required(value) {
		return false
	}
	if !interval.ValidID(value) {
		p.fault("use a to z, 0 to 9, _ and -, at most 48 of them", "%q cannot be an id", value)
		return false
	}
	return true
}

// oneOf checks a value from a closed list; empty is refused too.
func (p place) oneOf(value string, allowed []string) bool {
	if !p.required(value) {
		return false
	}
	return p.optional(value, allowed)
}

// optional checks a value from a closed list, where one is given.
func (p place) optional(value string, allowed []string) bool {
	if value == "" || slices.Contains(allowed, value) {
		return true
	}
	hint := didYouMean(value, allowed)
	if hint == "" {
		hint = "one of " + strings.Join(allowed, ", ")
	}
	p.fault(hint, "unknown %s %q", p.key(), value)
	return false
}

// between checks a number's range, ends included.
func (p place) between(value, low, high float64) bool {
	if value < low || value > high {
		p.fault("", "%s is %v, outside %v to %v", p.key(), value, low, high)
		return false
	}
	return true
}

// address checks host:port. An empty host or port 0 is allowed only to
// listen on.
func (p place) address(value string, listen bool) {
	if !p.required(value) {
		return
	}
	host, port, err := net.SplitHostPort(value)
	number, numeric := strconv.ParseUint(port, 10, 16)
	if err != nil || numeric != nil || !listen && (host == "" || number == 0) {
		p.fault("write host:port, such as 192.0.2.10:502 or [2001:db8::1]:502", "%q is not an address", value)
	}
}

// url checks an address with one of the schemes.
func (p place) url(value string, schemes ...string) {
	if !p.required(value) {
		return
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) {
		p.fault("write "+schemes[0]+"://host:port", "%q is not an address of this sort", value)
	}
}

// unique notes a value that already stood elsewhere; seen holds the lines.
func (p place) unique(seen map[string]int, value, what string) {
	if first, twice := seen[value]; twice {
		p.fault("keep one of them, or name them apart", "%s %s stands twice, first in line %d", what, value, first)
		return
	}
	seen[value] = p.line()
}
