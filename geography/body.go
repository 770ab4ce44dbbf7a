package geography

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Kind is the sort of a body of communes.
type Kind string

// The kinds: communauté de communes, d'agglomération, urbaine, métropole
// (that of Lyon among them), établissement public territorial, commune.
const (
	CC          Kind = "CC"
	CA          Kind = "CA"
	CU          Kind = "CU"
	Metropole   Kind = "ME"
	EPT         Kind = "EPT"
	CommuneKind Kind = "commune" // Paris, which makes its plan itself
)

// Body is a public body that communes belong to.
type Body struct {
	SIREN           string
	Kind            Kind
	Number          string // T2 to T12 for an EPT, T1 for Paris
	Name            string
	Population      int // municipal
	TotalPopulation int // municipal and counted apart

	of *France
}

// The two bodies of Grand Paris that are not like others.
const (
	grandParis = "200054781" // Métropole du Grand Paris: its EPT and Paris make the plans
	paris      = "75056"
)

// Body finds a body by its SIREN. Paris is one: its SIREN is the commune's.
func (f *France) Body(siren string) (Body, bool) {
	i, ok := slices.BinarySearchFunc(f.bodies, siren, func(b Body, siren string) int { return strings.Compare(b.SIREN, siren) })
	if ok {
		return f.bodies[i], true
	}
	if p := f.paris(); p.SIREN == siren {
		return p, true
	}
	return Body{}, false
}

// paris is the commune as the body that owes its plan.
func (f *France) paris() Body {
	c, _ := f.Commune(paris)
	return Body{SIREN: c.SIREN, Kind: CommuneKind, Number: "T1", Name: c.Name, Population: c.Population, of: f}
}

// BodyNumbered finds a territory of Grand Paris by its number, T1 to T12.
func (f *France) BodyNumbered(number string) (Body, bool) {
	if number = strings.ToUpper(number); number == "T1" {
		return f.paris(), true
	}
	i := slices.IndexFunc(f.bodies, func(b Body) bool { return number != "" && b.Number == number })
	if i < 0 {
		return Body{}, false
	}
	return f.bodies[i], true
}

// Members lists the communes of a body by their codes.
func (b Body) Members() (members []Commune) {
	for _, c := range b.of.communes {
		if b.has(c) {
			members = append(members, b.of.whole(c))
		}
	}
	return members
}

func (b Body) has(c commune) bool {
	if b.Kind == CommuneKind {
		return c.code == paris
	}
	is := func(position int16) bool { return position != nobody && b.of.bodies[position].SIREN == b.SIREN }
	return is(c.epci) || is(c.ept)
}

// Within names the bodies that owe the plans of b's communes where b itself
// does not: those of the Métropole du Grand Paris (C. env. L. 229-26; the
// order of 4 August 2016 takes the EPT, and Paris the commune).
func (b Body) Within() (others []Body) {
	if b.SIREN != grandParis {
		return nil
	}
	for _, one := range b.of.bodies {
		if one.Kind == EPT {
			others = append(others, one)
		}
	}
	others = append(others, b.of.paris())
	slices.SortFunc(others, func(a, b Body) int {
		return cmp.Or(cmp.Compare(len(a.Number), len(b.Number)), strings.Compare(a.Number, b.Number))
	})
	return others
}

// PlanBody returns the body that a commune's plan is made by: its EPT, Paris
// itself, or its EPCI.
func (f *France) PlanBody(code string) (Body, error) {
	c, err := f.Current(code)
	if c.Code == "" {
		return Body{}, err
	}
	siren := cmp.Or(c.EPT, c.EPCI)
	if c.Code == paris {
		siren = c.SIREN
	}
	b, ok := f.Body(siren)
	if !ok {
		return Body{}, fmt.Errorf("%s (%s) belongs to no EPCI in %d", c.Code, c.Name, f.Origin.Year)
	}
	return b, nil
}
