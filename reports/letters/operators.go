package letters

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"thermie/geography"
	"thermie/reports"
	"thermie/reports/document"
)

// operators writes one letter to each operator of a site of which more could
// be known: its heat is not metered, or its power says that the law has it
// publish.
func (o *office) operators() {
	byOwner := map[string][]*reports.SiteResult{}
	for _, s := range o.d.Sites {
		if o.mayPublish(s) || s.Declared {
			byOwner[s.Owner()] = append(byOwner[s.Owner()], s)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(byOwner)) {
		o.operator(owner, byOwner[owner])
	}
}

func (o *office) operator(owner string, sites []*reports.SiteResult) {
	const subject = "letters.operator_subject"
	name := cmp.Or(sites[0].Place.Operator, o.T("letters.unknown_operator"))
	l := o.begin(subject, name, o.T("letters.blank_address"))
	l.greet("letters.salutation", "letters.closing")
	l.Paragraph("letters.operator_sites")
	l.List(o.siteLines(sites)...)
	if slices.ContainsFunc(sites, o.mayPublish) {
		l.Paragraph("letters.operator_law")
		l.List(o.T("letters.operator_page"))
	}
	l.Paragraph("letters.operator_wish")
	l.List(o.T("letters.operator_power"), o.T("letters.operator_energy"), o.T("letters.operator_heat"), o.T("letters.operator_handover"), o.T("letters.operator_meter"))
	if slices.ContainsFunc(sites, func(s *reports.SiteResult) bool { return s.Place.RatedITKW > o.law.DeclaredKW }) {
		l.Paragraph("letters.operator_terms")
	}
	l.Paragraph("letters.operator_secrecy")
	l.end("courrier-exploitant-"+slug(owner), subject)
}

// mayPublish reports whether the site may be one whose indicators the law has
// published.
func (o *office) mayPublish(s *reports.SiteResult) bool {
	return s.Place.RatedITKW == 0 || s.Place.RatedITKW >= o.law.PublishedKW
}

// siteLines name the sites and say how well their heat is known today: what
// an answer would narrow.
func (o *office) siteLines(sites []*reports.SiteResult) []string {
	var lines []string
	for _, s := range sites {
		line := strings.Join(append([]string{reports.SiteName(s)}, o.codes(s)...), ", ")
		if heat := o.d.Grid("rejected").Both(s.ID, "gisement", s.Heat()).MWh; heat.Mark == document.Known && s.Declared {
			line += " " + o.T("letters.estimated", "figure", heat.Full(o.Lang)) // as the dossier prints it
		}
		lines = append(lines, line)
	}
	return lines
}

// slug makes a file's name of an operator's.
func slug(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, geography.Plain(name)), "-")
}
