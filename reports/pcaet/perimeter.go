package pcaet

import (
	"errors"
	"maps"
	"math"
	"slices"

	"thermie/geography"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// isMember reports whether a commune is one of the territory's, by the
// communes of now: contours of last year still bear the codes of communes
// that have merged since. A territory that lists none has them all.
func isMember(code string, communes []string) bool {
	return len(communes) == 0 || slices.Contains(communes, code) ||
		slices.ContainsFunc(communes, func(c string) bool { return currentCommune(c) == currentCommune(code) })
}

// currentCommune is the code of the commune that a code stands for now; a
// code that no table knows stands for itself.
func currentCommune(code string) string {
	france, err := geography.Open()
	if err != nil {
		return code
	}
	if c, _ := france.Current(code); c.Code != "" {
		return c.Code
	}
	return code
}

// communeName is a commune's name, empty where no table and no contour knows
// it.
func (p *Report) communeName(code string) string {
	if france, err := geography.Open(); err == nil {
		if c, known := france.Commune(code); known {
			return c.Name
		}
	}
	shape := p.atlas.contours[code]
	for _, property := range []string{"nom", "name", "libelle", "NOM"} {
		if name := shape.Text(property); name != "" {
			return name
		}
	}
	return ""
}

// perimeter says on the first page what is odd about the territory's
// communes, the contours that were given, and the places of sites.
func (p *Report) perimeter() (said []string) {
	for _, f := range p.atlas.faults {
		said = append(said, p.says(f))
	}
	said = append(said, p.mergedCommunes()...)
	if p.protected() {
		return said // of sites it says nothing
	}
	var border, outside []string
	for _, s := range p.d.Sites {
		if code := s.Place.Commune; code != "" && !isMember(code, p.d.Area.Territory.Communes) {
			outside = append(outside, reports.SiteName(s)+" ("+code+")")
		}
		if metres, doubtful := p.fromBorder(s); doubtful {
			border = append(border, reports.SiteName(s)+" ("+document.FormatNumber(p.Lang, metres, 0)+document.Nbsp+"m)")
		}
	}
	if len(border) > 0 {
		said = append(said, p.T("map.border", "sites", p.someOf(border)))
	}
	if len(outside) > 0 {
		said = append(said, p.T("map.outside", "sites", p.someOf(outside)))
	}
	return said
}

// mergedCommunes names the communes of the perimeter that are no more.
func (p *Report) mergedCommunes() (said []string) {
	france, err := geography.Open()
	if err != nil || p.d.Area.Territory.Fictitious {
		return nil
	}
	for _, code := range p.d.Area.Territory.Communes {
		var gone *geography.Gone
		if _, err := france.Current(code); errors.As(err, &gone) {
			was := code
			if gone.Name != "" {
				was += " (" + gone.Name + ")"
			}
			said = append(said, p.T("map.merged", "was", was, "now", gone.Successor.Code+" ("+gone.Successor.Name+")", "year", yearOrNone(&p.Draft, gone.Year)))
		} else if err != nil {
			said = append(said, p.T("map.no_commune", "code", code, "year", yearOrNone(&p.Draft, france.Origin.Year)))
		}
	}
	return said
}

// nearBorder is how close to a commune's border a position is in doubt, m:
// simplified contours are not drawn finer.
const nearBorder = 50.0

// fromBorder is the distance of a site from the border of the commune that it
// declares, and whether it lies outside it or too near to tell.
func (p *Report) fromBorder(s *reports.SiteResult) (metres float64, doubtful bool) {
	shape, given := p.atlas.contours[s.Place.Commune]
	if !given || s.Place.Latitude == 0 && s.Place.Longitude == 0 {
		return math.NaN(), false
	}
	at := gis.At(s.Place.Longitude, s.Place.Latitude)
	metres = shape.Border(at)
	return metres, metres < nearBorder || !shape.Contains(at)
}

// datedFactors says on the first page of which factors the program has none
// for the reference year, or one that is older than factorsHold.
func (p *Report) datedFactors() []string {
	latest := map[string]int{}
	for _, f := range p.factors {
		if year := p.d.Options.Year; f.Year <= year {
			latest[f.Basis] = max(latest[f.Basis], f.Year)
		} else if _, seen := latest[f.Basis]; !seen {
			latest[f.Basis] = 0
		}
	}
	var stale []string
	for _, basis := range slices.Sorted(maps.Keys(latest)) {
		switch last := latest[basis]; {
		case last == 0:
			stale = append(stale, p.T("factors."+basis)+" ("+document.LabelsOf(p.Lang).Unknown+")")
		case p.d.Options.Year-last > factorsHold:
			stale = append(stale, p.T("factors."+basis)+" ("+yearOrNone(&p.Draft, last)+")")
		}
	}
	if len(stale) == 0 {
		return nil
	}
	return []string{p.T("map.no_factor", "year", p.year(), "factors", p.Listed(stale))}
}

// factorsHold is for how many years a factor stands where no newer one is
// known; the tables come out every one to three years.
const factorsHold = 3
