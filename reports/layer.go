package reports

import (
	"io"
	"math"

	"thermie/reports/document"
)

// layer is the territory's sites as a map layer, with the attribute names of
// the national layer of recoverable heat (potbas_bt, pothaut_bt: limits of
// the potential at low temperature, MWh a year; _ht at high temperature;
// quali_xy: quality of the position, 1 exact to 5 commune), so that it can
// be joined to it, and the figures with all that stands behind them.
func (p *pcaet) layer() PointLayer {
	l := PointLayer{Name: p.t("geo.layer")}
	if p.d.Fictitious() {
		l.Notice = p.t("words.demonstration")
	}
	for _, s := range p.d.Sites {
		l.Features = append(l.Features, p.feature(s))
	}
	return l
}

func (p *pcaet) feature(s *SiteResult) PointFeature {
	low, high := limits(p.rejectedBy(s))
	properties := []Property{
		{"nom", s.Place.Name}, {"exploitant", s.Place.Operator}, {"siret", s.Place.SIRET}, {"commune_insee", s.Place.Commune},
		{"categorie", p.t("objects.site")},
		{"potbas_bt", low}, {"pothaut_bt", high}, {"potbas_ht", nil}, {"pothaut_ht", nil},
		{"quali_xy", quality(s.Place.PositionClass)}, {"source", p.orNone(s.Place.Origin)},
		{"donnees", p.dataOf(s)}, {"simule", s.Simulated()}, {"fictif", s.Place.Fictitious},
		{"annee", p.d.Options.Year}, {"diffusion", p.t("geo.restricted")},
	}
	figures := []Property{{"gisement_mwh", p.rejectedBy(s)}}
	for _, a := range p.f.Annual {
		if a.Site == s {
			figures = append(figures, Property{"depart_c", a.Supply}, Property{"retour_c", a.Return}, Property{"valorisee_mwh", a.Supplied.MWh})
		}
	}
	for _, pr := range p.f.Pairs {
		if pr.Site == s {
			figures = append(figures, Property{"captee_mwh", pr.Captured.MWh}, Property{"livree_mwh", pr.Delivered.MWh},
				Property{"reseau", pr.Network.Network.Name}, Property{"distance_km", pr.Distance})
		}
	}
	return PointFeature{ID: s.ID, Longitude: s.Place.Longitude, Latitude: s.Place.Latitude, Properties: append(properties, figures...)}
}

// limits are value − U and value + U (k=2), nil where the figure is not known.
func limits(f document.Figure) (low, high any) {
	if f.Mark != document.Known {
		return nil, nil
	}
	return math.Max(0, roundTo(f.Value-f.U, f.Decimals)), roundTo(f.Value+f.U, f.Decimals)
}

// quality is the class of a position, nil where nobody stated one.
func quality(class int) any {
	if class == 0 {
		return nil
	}
	return class
}

// WriteLayer writes the sites as a map layer (sites.geojson).
func (d *Dossier) WriteLayer(w io.Writer) error {
	p, err := d.write()
	if err != nil {
		return err
	}
	return WriteGeoJSON(w, p.layer())
}
