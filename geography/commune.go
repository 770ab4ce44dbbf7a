package geography

import (
	"slices"
	"strings"
)

// Commune is a commune of the millésime.
type Commune struct {
	Code       string // INSEE
	Name       string
	SIREN      string // empty where none is known: the overseas collectivities
	Population int    // municipal, as the law counts it; 0 where not known

	Department, DepartmentName string
	Region, RegionName         string // the codes of INSEE

	EPCI string // SIREN of its EPCI with own taxes; empty where it has none
	EPT  string // SIREN of its territory within Grand Paris; empty elsewhere and for Paris
}

// commune is a Commune as it lies in memory: 35,000 of them.
type commune struct {
	code, name, siren string
	population        int
	epci, ept         int16
}

// Commune finds a commune by its INSEE code. A code of the past is not one:
// see Former.
func (f *France) Commune(code string) (Commune, bool) {
	i, ok := slices.BinarySearchFunc(f.communes, code, func(c commune, code string) int { return strings.Compare(c.code, code) })
	if !ok {
		return Commune{}, false
	}
	return f.whole(f.communes[i]), true
}

// CommunesNamed finds the communes of a name in a department, given by its
// code or its name; an empty department is all of them. Case, accents,
// hyphens and "St" for "Saint" make no difference. More than one may bear a
// name.
func (f *France) CommunesNamed(name, in string) (found []Commune) {
	name, in = Plain(name), f.departmentCode(in)
	for _, c := range f.communes {
		if (in == "" || departmentOf(c.code) == in) && Plain(c.name) == name {
			found = append(found, f.whole(c))
		}
	}
	return found
}

// departmentCode takes a department's code or name and gives the code; what
// is neither stays, and no commune is there.
func (f *France) departmentCode(written string) string {
	if _, ok := f.departments[written]; ok || written == "" {
		return written
	}
	for code, d := range f.departments {
		if Plain(d.name) == Plain(written) {
			return code
		}
	}
	return written
}

// departmentOf gives the department that a commune's code begins with: two
// signs, or three overseas.
func departmentOf(code string) string {
	if strings.HasPrefix(code, "97") || strings.HasPrefix(code, "98") {
		return code[:3]
	}
	return code[:2]
}

// Department gives the code of the department that a commune's code begins
// with, also where the commune is of the past, and its name; empty where there
// is none.
func (f *France) Department(commune string) (code, name string) {
	if len(commune) < 5 {
		return "", ""
	}
	code = departmentOf(commune)
	return code, f.departments[code].name
}

// whole completes a commune with what is told of it elsewhere in the table.
func (f *France) whole(c commune) Commune {
	code := departmentOf(c.code)
	d := f.departments[code]
	whole := Commune{Code: c.code, Name: c.name, SIREN: c.siren, Population: c.population,
		Department: code, DepartmentName: d.name, Region: d.region, RegionName: f.regions[d.region]}
	if c.siren == "" && c.epci != nobody {
		whole.SIREN = regularSIREN(c.code)
	}
	if c.epci != nobody {
		whole.EPCI = f.bodies[c.epci].SIREN
	}
	if c.ept != nobody {
		whole.EPT = f.bodies[c.ept].SIREN
	}
	return whole
}
