package geography

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The table is lines of fields parted by tabs; the first field says what a
// line is. Lines come in this order, those of one sort by rising code:
//
//	o  year, package, hash, licence
//	r  code of a region, name
//	d  code of a department, name, region
//	b  SIREN of a body, kind, number, name, municipal and total population
//	c  code of a commune, name, SIREN if it is not the regular one,
//	   population, position of its EPCI and of its EPT among the bodies
//	f  code of a former commune, name, code it has gone to, last year
//
// An unknown number is an empty field.

// decode reads the table.
func decode(text string) (*France, error) {
	f := &France{regions: map[string]string{}, departments: map[string]department{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if err := f.line(strings.Split(strings.TrimSuffix(line, "\n"), "\t")); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if f.Origin.Year == 0 {
		return nil, errors.New("the table does not say its year")
	}
	return f, f.sorted()
}

// fieldsOf is how many fields each sort of line has.
var fieldsOf = map[string]int{"o": 5, "r": 3, "d": 4, "b": 7, "c": 7, "f": 5}

func (f *France) line(fields []string) (err error) {
	if want, ok := fieldsOf[fields[0]]; !ok || len(fields) != want {
		return fmt.Errorf("%d fields of a line %q", len(fields), fields[0])
	}
	n := numbers{}
	switch fields[0] {
	case "o":
		f.Origin = Origin{n.of(fields[1]), fields[2], fields[3], fields[4]}
	case "r":
		f.regions[fields[1]] = fields[2]
	case "d":
		f.departments[fields[1]] = department{fields[2], fields[3]}
	case "b":
		f.bodies = append(f.bodies, Body{SIREN: fields[1], Kind: Kind(fields[2]), Number: fields[3], Name: fields[4],
			Population: n.of(fields[5]), TotalPopulation: n.of(fields[6]), of: f})
	case "c":
		f.communes = append(f.communes, commune{code: fields[1], name: fields[2], siren: fields[3],
			population: n.of(fields[4]), epci: n.position(fields[5], f.bodies), ept: n.position(fields[6], f.bodies)})
	case "f":
		f.former = append(f.former, Former{Code: fields[1], Name: fields[2], Into: fields[3], LastYear: n.of(fields[4])})
	}
	return n.err
}

// numbers reads a line's numbers; the first error sticks.
type numbers struct{ err error }

func (n *numbers) of(field string) int {
	if field == "" {
		return 0
	}
	v, err := strconv.Atoi(field)
	if n.err == nil && (err != nil || v < 0) {
		n.err = fmt.Errorf("%q is not a number of people or a year", field)
	}
	return v
}

// nobody is the position of a body that is not there.
const nobody = -1

func (n *numbers) position(field string, bodies []Body) int16 {
	if field == "" {
		return nobody
	}
	v, err := strconv.ParseInt(field, 10, 16)
	if n.err == nil && (err != nil || v < 0 || int(v) >= len(bodies)) {
		n.err = fmt.Errorf("%q is not one of %d bodies", field, len(bodies))
	}
	return int16(v)
}

// sorted refuses a table that could not be searched.
func (f *France) sorted() error {
	if !slices.IsSortedFunc(f.communes, func(a, b commune) int { return strings.Compare(a.code, b.code) }) ||
		!slices.IsSortedFunc(f.bodies, func(a, b Body) int { return strings.Compare(a.SIREN, b.SIREN) }) ||
		!slices.IsSortedFunc(f.former, func(a, b Former) int { return strings.Compare(a.Code, b.Code) }) {
		return errors.New("communes, bodies or former communes are not in the order of their codes")
	}
	return nil
}
