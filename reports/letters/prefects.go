package letters

import (
	"maps"
	"slices"
	"strings"

	"thermie/reports"
)

// prefects asks the prefect of each department for the declarations of heat
// to which authorities have access. It does not claim that a data center owes
// one: that is a reading of the text.
func (o *office) prefects() {
	const subject = "letters.prefect_subject"
	byDepartment := map[string][]*reports.SiteResult{}
	for _, s := range o.d.Sites {
		if s.Place.RatedITKW == 0 || s.Place.RatedITKW > o.law.DeclaredKW {
			byDepartment[department(s.Place.Commune)] = append(byDepartment[department(s.Place.Commune)], s)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(byDepartment)) {
		addressee := o.T("letters.prefect_of", "department", code)
		if code == "" {
			addressee = o.T("letters.prefect")
		}
		l := o.begin(subject, addressee, o.T("letters.blank_address"))
		l.greet("letters.prefect_salutation", "letters.prefect_closing")
		l.Paragraph("letters.prefect_law")
		l.Paragraph("letters.prefect_sites")
		var lines []string
		for _, s := range byDepartment[code] {
			named := slices.DeleteFunc([]string{reports.SiteName(s), s.Place.Operator}, func(text string) bool { return text == "" })
			lines = append(lines, strings.Join(append(named, o.codes(s)...), ", "))
		}
		l.List(lines...)
		l.Paragraph("letters.prefect_ask")
		l.List(o.T("letters.prefect_declarations"), o.T("letters.prefect_none"))
		l.end(strings.Trim("courrier-prefecture-"+code, "-"), subject)
	}
}

// department is the department of a commune's INSEE code.
func department(commune string) string {
	switch {
	case len(commune) < 5:
		return ""
	case strings.HasPrefix(commune, "97"), strings.HasPrefix(commune, "98"):
		return commune[:3]
	}
	return commune[:2]
}
