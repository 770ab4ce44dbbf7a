package letters

import (
	"maps"
	"slices"
	"strings"

	"thermie/geography"
	"thermie/reports"
)

// prefects asks the prefect of each department for the declarations of heat
// to which authorities have access. It does not claim that a data center owes
// one: that is a reading of the text.
func (o *office) prefects() error {
	const subject = "letters.prefect_subject"
	france, err := geography.Open()
	if err != nil {
		return err
	}
	byDepartment := map[string][]*reports.SiteResult{}
	names := map[string]string{}
	for _, s := range o.d.Sites {
		if s.Place.RatedITKW == 0 || s.Place.RatedITKW > o.law.DeclaredKW {
			code, name := france.Department(s.Place.Commune)
			byDepartment[code], names[code] = append(byDepartment[code], s), name
		}
	}
	for _, code := range slices.Sorted(maps.Keys(byDepartment)) {
		addressee := o.T("letters.prefect_of", "department", code, "name", names[code])
		if names[code] == "" {
			addressee = strings.TrimSpace(o.T("letters.prefect") + " " + code)
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
	return nil
}
