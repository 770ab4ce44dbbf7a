package reports

import (
	"cmp"
	"slices"
	"strings"

	"thermie/reports/document"
)

// Owner is the operator of a site, by SIREN where it is known and by name
// where it is not: the unit of statistical secrecy.
func (r *SiteResult) Owner() string {
	return cmp.Or(r.owner, r.Place.OperatorSIREN, r.Place.Operator, r.ID)
}

// ownerOf is the operator whom a row is about: one named after a site, or
// after a site and its network.
func (d *Dossier) ownerOf(row string) string {
	id, _, _ := strings.Cut(row, "→")
	for _, s := range d.Sites {
		if s.ID == id {
			return s.Owner()
		}
	}
	return ""
}

// energyOf marks a figure as an amount of energy of one site; the leaf is the
// heat and the row that it stands in.
func energyOf(s *SiteResult, heat string, f document.Figure) document.Figure {
	if f.Stated() {
		f.Guard = document.Guard{Parts: []document.Part{{Owner: s.Owner(), Site: s.ID, Leaf: heat + "/" + f.Place.Row, Value: f.Value}}}
	}
	return f
}

// heatOf does the same for both units.
func heatOf(s *SiteResult, heat string, h HeatFigure) HeatFigure {
	return HeatFigure{energyOf(s, heat, h.MWh), energyOf(s, heat, h.GWh)}
}

// Free marks a figure as nobody's secret.
func Free(f document.Figure) document.Figure {
	f.Guard = document.Guard{Free: true}
	return f
}

// Follows marks a figure as one that others can be reckoned back to: it is
// hidden with any of them.
func Follows(f document.Figure, of ...document.Figure) document.Figure {
	if !f.Stated() {
		return f
	}
	f.Guard = document.Guard{}
	for _, other := range of {
		f.Guard.Follows = append(f.Guard.Follows, other.Code)
	}
	return f
}

// Weighted marks a mean that energies weigh. Where each site's own value is
// known, as a temperature mostly is, it is an equation in the energies that
// no rule on sums has looked at: only who may see all of them sees it.
func Weighted(f document.Figure, by []document.Figure) document.Figure {
	if !f.Stated() {
		return f
	}
	f.Guard = document.Guard{}
	for _, e := range by {
		for _, p := range e.Guard.Parts {
			f.Guard.Private = append(f.Guard.Private, p.Owner)
		}
	}
	slices.Sort(f.Guard.Private)
	f.Guard.Private = slices.Compact(f.Guard.Private)
	return f
}
