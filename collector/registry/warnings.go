package registry

import (
	"fmt"
	"slices"

	"thermie/configs"
	"thermie/geography"
)

// warnings says what a person should know of what was declared: communes
// that are no more, communes of another body, a site outside the territory
// that names it.
func warnings(d configs.Declared) (all []string) {
	france, err := geography.Open()
	if err != nil {
		return []string{err.Error()}
	}
	for _, t := range d.Territories {
		for _, warning := range TerritoryWarnings(france, t) {
			all = append(all, where(t.Said)+warning)
		}
	}
	communes := map[string]string{}
	for _, s := range d.Sites {
		communes[s.ID] = s.Commune
		if s.Commune == "" || s.Fictitious {
			continue
		}
		if _, err := france.Current(s.Commune); err != nil {
			all = append(all, fmt.Sprintf("%ssite %s: %v", where(s.Said), s.ID, err))
		}
	}
	for _, t := range d.Territories {
		for _, id := range t.Sites {
			if code := communes[id]; code != "" && len(t.Communes) > 0 && !Within(t, code) {
				all = append(all, fmt.Sprintf("%sterritory %s names site %s, whose commune %s is not one of its communes", where(t.Said), t.SIREN, id, code))
			}
		}
	}
	return all
}

// TerritoryWarnings says what is odd about a territory's communes, and who
// owes the plan where the territory does not.
func TerritoryWarnings(france *geography.France, t configs.Territory) (all []string) {
	if t.Fictitious {
		return nil
	}
	say := func(format string, args ...any) {
		all = append(all, fmt.Sprintf("territory %s: ", t.SIREN)+fmt.Sprintf(format, args...))
	}
	body, known := france.Body(t.SIREN)
	if within := body.Within(); known && len(within) > 0 {
		say("the plans of %s are made by its territories and by Paris (T1 to T12)", body.Name)
	}
	if len(t.Communes) == 0 {
		say("its communes are not known: the embedded geography is of %d (hint: write millesime: %d, or list communes_insee)", france.Origin.Year, france.Origin.Year)
	}
	var members []string
	if known && t.Year == france.Origin.Year {
		for _, c := range body.Members() {
			members = append(members, c.Code)
		}
	}
	for _, code := range t.Communes {
		c, err := france.Current(code)
		if err != nil {
			say("%v", err)
		}
		if c.Code != "" && members != nil && !slices.Contains(members, c.Code) {
			say("%s (%s) is not a member of %s in %d", c.Code, c.Name, body.Name, t.Year)
		}
	}
	return all
}

// Within reports whether a commune's code is one of a territory's, by the
// communes of now: a site keeps its territory when its commune merges. The
// code decides, never coordinates.
func Within(t configs.Territory, code string) bool {
	if slices.Contains(t.Communes, code) {
		return true
	}
	france, err := geography.Open()
	if err != nil {
		return false
	}
	c, _ := france.Current(code)
	return c.Code != "" && slices.ContainsFunc(t.Communes, func(member string) bool {
		m, _ := france.Current(member)
		return m.Code == c.Code
	})
}

func where(s configs.Said) string {
	if s.Where == "" {
		return ""
	}
	return s.Where + ": "
}
