package pcaet

import (
	"cmp"
	"io"
	"math"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// Layer is the territory's sites as a map layer, with the attribute names of
// the national layer of recoverable heat (potbas_bt, pothaut_bt: limits of
// the potential at low temperature, MWh a year; _ht at high temperature;
// quali_xy: quality of the position, 1 exact to 5 commune), so that it can
// be joined to it, and the figures with all that stands behind them.
func (p *Report) Layer() gis.PointLayer {
	l := gis.PointLayer{Name: p.T("geo.layer")}
	if p.d.Fictitious() {
		l.Notice = p.T("words.demonstration")
	}
	for _, s := range p.d.Listed() {
		l.Features = append(l.Features, p.feature(s))
	}
	return l
}

func (p *Report) feature(s *reports.SiteResult) gis.PointFeature {
	low, high := limits(p.rejectedBy(s))
	properties := []gis.Property{
		gis.Attribute("nom", s.Place.Name), gis.Attribute("exploitant", s.Place.Operator), gis.Attribute("siret", s.Place.SIRET), gis.Attribute("commune_insee", s.Place.Commune),
		gis.Attribute("categorie", p.T("objects.site")),
		gis.Attribute("potbas_bt", low), gis.Attribute("pothaut_bt", high), gis.Attribute("potbas_ht", nil), gis.Attribute("pothaut_ht", nil),
		gis.Attribute("quali_xy", quality(s.Place.PositionClass)), gis.Attribute("source", p.OrNone(s.Place.Origin)),
		gis.Attribute("donnees", p.DataOf(s)), gis.Attribute("simule", s.Simulated()), gis.Attribute("fictif", s.Place.Fictitious),
		gis.Attribute("annee", p.d.Options.Year), gis.Attribute("diffusion", p.banner()),
	}
	figures := []gis.Property{gis.Attribute("gisement_mwh", p.rejectedBy(s))}
	for _, a := range p.f.Annual {
		if a.Site == s {
			figures = append(figures, gis.Attribute("depart_c", a.Supply), gis.Attribute("retour_c", a.Return), gis.Attribute("valorisee_mwh", a.Supplied.MWh))
		}
	}
	if pairs := p.pairsOf(s); len(pairs) > 0 {
		figures = append(figures, gis.Attribute("captee_mwh", p.capturedFrom(s)), gis.Attribute("livree_mwh", p.deliveredFrom(s)),
			gis.Attribute("reseau", p.networkNames(pairs)), gis.Attribute("distance_km", nearest(pairs).Distance))
	}
	return gis.PointFeature{ID: s.ID, Longitude: s.Place.Longitude, Latitude: s.Place.Latitude, Properties: append(properties, figures...)}
}

// networkNames are those of a site's matches, in one attribute: what goes to
// each of them is in the layer of the matches.
func (p *Report) networkNames(pairs []reports.Pair) string {
	names := make([]string, len(pairs))
	for i, pr := range pairs {
		names[i] = pr.Network.Network.Name
	}
	return p.Listed(names)
}

// nearest is the match with the shortest distance.
func nearest(pairs []reports.Pair) reports.Pair {
	return slices.MinFunc(pairs, func(a, b reports.Pair) int { return cmp.Compare(a.Distance.Value, b.Distance.Value) })
}

// limits are value − U and value + U (k=2), and nil where the figure is not
// known or may not be shown.
func limits(f document.Figure) (low, high any) {
	if f.Mark != document.Known {
		return nil, nil
	}
	return math.Max(0, reports.RoundTo(f.Value-f.U, f.Decimals)), reports.RoundTo(f.Value+f.U, f.Decimals)
}

// quality is the class of a position, nil where nobody stated one.
func quality(class int) any {
	if class == 0 {
		return nil
	}
	return class
}

// WriteLayer writes the sites as a map layer (sites.geojson).
func (p *Report) WriteLayer(w io.Writer) error { return gis.WriteGeoJSON(w, p.Layer()) }
