package pcaet

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// MapFiles are the map layers: one GeoPackage in Lambert-93 with all layers
// and their styles, and each layer but the sites as GeoJSON in WGS 84 with
// its QGIS style beside it. Readers who do not see every value get communes
// in place of sites that may not be named.
func (p *Report) MapFiles() []reports.Output {
	layers := p.mapLayers()
	files := []reports.Output{{Name: "pcaet.gpkg", Write: func(w io.Writer) error { return gis.WriteGeoPackage(w, layers, p.d.Options.Date) }}}
	for _, l := range layers {
		if l.Name != "sites" { // its GeoJSON holds more, see Layer
			files = append(files, reports.Output{Name: l.Name + ".geojson", Write: func(w io.Writer) error { return gis.WriteMapGeoJSON(w, l) }})
		}
		files = append(files, reports.Output{Name: l.Name + ".qml", Write: func(w io.Writer) error { return gis.WriteQML(w, l) }})
	}
	return files
}

// mapLayers are drawn from the last to the first.
func (p *Report) mapLayers() []gis.MapLayer {
	layers := []gis.MapLayer{p.siteLayer(), p.networkLayer()}
	if !p.protected() {
		layers = append(layers, p.linkLayer())
	}
	if l := p.courseLayer(); len(l.Features) > 0 {
		layers = append(layers, l)
	}
	layers = append(layers, p.communeLayer())
	for i := range layers {
		layers[i].Description = p.banner()
	}
	return layers
}

// row is one feature's fields and values being filled together.
type row struct {
	*Report
	fields []gis.MapField
	values []any
}

func (r *row) put(name string, kind gis.MapType, v any) {
	r.fields, r.values = append(r.fields, gis.MapField{Name: name, Type: kind}), append(r.values, v)
}

func (r *row) text(name, v string) {
	if v == "" {
		r.put(name, gis.MapText, nil)
		return
	}
	r.put(name, gis.MapText, v)
}

func (r *row) number(name string, v float64) {
	if math.IsNaN(v) || v == 0 {
		r.put(name, gis.MapReal, nil)
		return
	}
	r.put(name, gis.MapReal, v)
}

// figure puts a number, how it is printed, and its code; a secret or unknown
// one has no number and says which of the two it is.
func (r *row) figure(name string, f document.Figure) {
	var v any
	if f.Mark == document.Known {
		v = f.Value
	}
	r.put(name, gis.MapReal, v)
	r.text(name+"_texte", f.WithU(r.Lang))
	r.text(name+"_code", f.Code)
}

// potential puts the limits of the national layer: of low temperature, below
// 90 °C, alone.
func (r *row) potential(f document.Figure) {
	low, high := limits(f)
	r.put("potbas_bt", gis.MapReal, low)
	r.put("pothaut_bt", gis.MapReal, high)
	r.put("potbas_ht", gis.MapReal, nil)
	r.put("pothaut_ht", gis.MapReal, nil)
}

// end puts what every row says.
func (r *row) end(simulated, fictitious bool) {
	r.put("annee", gis.MapInteger, r.d.Options.Year)
	r.put("simule", gis.MapBoolean, simulated)
	r.put("fictif", gis.MapBoolean, fictitious)
	r.text("diffusion", r.banner())
}

func (r *row) site(s *reports.SiteResult) {
	r.text("nom", s.Place.Name)
	r.text("exploitant", s.Place.Operator)
	r.text("siret", s.Place.SIRET)
	r.text("commune_insee", s.Place.Commune)
	r.text("categorie", r.T("objects.site"))
	rejected := r.rejectedBy(s)
	r.potential(rejected)
	r.put("quali_xy", gis.MapInteger, quality(s.Place.PositionClass))
	r.text("source", s.Place.Origin)
	r.text("donnees", r.DataOf(s))
	r.figure("gisement_mwh", rejected)
	r.end(s.Simulated(), s.Place.Fictitious)
}

func (p *Report) siteLayer() gis.MapLayer {
	l := gis.MapLayer{Name: "sites", Style: p.siteStyle()}
	empty := &row{Report: p}
	empty.site(&reports.SiteResult{})
	l.Fields = empty.fields
	spots := p.siteSpots()
	for i, s := range p.d.Sites {
		if s.Withheld {
			continue
		}
		r := &row{Report: p}
		r.site(s)
		f := gis.MapFeature{ID: s.ID, Values: r.values}
		if spots[i].placed {
			f.Positions = []gis.Position{spots[i].at}
		}
		l.Features = append(l.Features, f)
	}
	return l
}

func (p *Report) networkLayer() gis.MapLayer {
	l := gis.MapLayer{Name: "reseaux", Style: p.networkStyle()}
	add := func(n *reports.NetworkResult) *row {
		c := n.Network
		r := &row{Report: p}
		r.text("nom", c.Name)
		r.text("identifiant", c.OrderID)
		r.text("gestionnaire", c.Operator)
		r.text("fluide", p.Name("fluids", c.Fluid))
		r.number("livraisons_mwh", c.Demand)
		var share any
		if c.EnRRShare != nil {
			share = *c.EnRRShare
		}
		r.put("taux_enrr_pct", gis.MapReal, share)
		r.number("co2_direct_kg_kwh", c.CO2Direct)
		r.number("co2_acv_kg_kwh", c.CO2LifeCycle)
		r.number("rayon_km", c.ReachKM)
		r.end(false, c.Fictitious)
		return r
	}
	l.Fields = add(&reports.NetworkResult{}).fields
	for i, n := range p.d.Networks {
		f := gis.MapFeature{ID: n.Network.ID, Values: add(n).values}
		if spot := p.networkSpots()[i]; spot.placed {
			f.Positions = []gis.Position{spot.at}
		}
		l.Features = append(l.Features, f)
	}
	return l
}

// linkLayer holds the joint match: which site a network would take heat from.
func (p *Report) linkLayer() gis.MapLayer {
	l := gis.MapLayer{Name: "rapprochements", Geometry: gis.MapLine, Style: p.linkStyle()}
	add := func(pr reports.Pair) *row {
		r := &row{Report: p}
		r.text("site", pr.Site.Place.Name)
		r.text("reseau", pr.Network.Network.Name)
		r.figure("distance_km", pr.Distance)
		r.figure("captee_mwh", pr.Captured.MWh)
		r.figure("livree_mwh", pr.Delivered.MWh)
		r.end(pr.Captured.MWh.Simulated, pr.Site.Place.Fictitious || pr.Network.Network.Fictitious)
		return r
	}
	l.Fields = add(reports.Pair{Site: &reports.SiteResult{}, Network: &reports.NetworkResult{}}).fields
	sites, networks := p.siteSpots(), p.networkSpots()
	for _, pr := range p.f.Pairs {
		f := gis.MapFeature{ID: pr.Site.ID + "-" + pr.Network.Network.ID, Values: add(pr).values}
		s, n := slices.Index(p.d.Sites, pr.Site), slices.Index(p.d.Networks, pr.Network)
		if s >= 0 && n >= 0 && sites[s].placed && networks[n].placed {
			f.Positions = []gis.Position{sites[s].at, networks[n].at}
		}
		l.Features = append(l.Features, f)
	}
	return l
}

func (p *Report) courseLayer() gis.MapLayer {
	l := gis.MapLayer{Name: "traces", Geometry: gis.MapLines, Style: p.courseStyle(),
		Fields: []gis.MapField{{Name: "nom", Type: gis.MapText}, {Name: "identifiant", Type: gis.MapText}}}
	for _, n := range p.d.Networks {
		var lines [][]gis.Position
		for _, s := range p.atlas.courses[n.Network.ID] {
			lines = append(lines, s.Lines...)
		}
		if len(lines) > 0 {
			l.Features = append(l.Features, gis.MapFeature{ID: n.Network.ID, Lines: lines, Values: []any{n.Network.Name, n.Network.OrderID}})
		}
	}
	return l
}

// communeLayer holds every commune that has a contour or a site, with the
// heat of its sites together.
func (p *Report) communeLayer() gis.MapLayer {
	l := gis.MapLayer{Name: "communes", Geometry: gis.MapAreas, Style: p.communeStyle()}
	add := func(code string, h communeHeat) *row {
		r := &row{Report: p}
		r.text("insee", code)
		r.text("nom", p.communeName(code))
		r.put("centres_de_donnees", gis.MapInteger, h.sites)
		r.potential(h.Rejected.MWh)
		r.figure("gisement_mwh", h.Rejected.MWh)
		r.figure("captee_mwh", h.Captured.MWh)
		r.figure("livree_mwh", h.Delivered.MWh)
		r.figure("valorisee_mwh", h.Supplied.MWh)
		r.put("quali_xy", gis.MapInteger, 5)
		r.end(h.Rejected.MWh.Simulated, p.d.Area.Territory.Fictitious)
		return r
	}
	l.Fields = add("", communeHeat{}).fields
	heats := map[string]communeHeat{}
	for _, h := range p.heatByCommune() {
		heats[h.code] = h
	}
	codes := slices.Collect(maps.Keys(heats))
	for code := range p.atlas.contours {
		codes = append(codes, currentCommune(code))
	}
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		if code == "" {
			continue
		}
		h, any := heats[code]
		if !any {
			unknown := reports.HeatFigure{MWh: document.Figure{Mark: document.Unknown}}
			h.FourHeats = reports.FourHeats{Rejected: unknown, Captured: unknown, Delivered: unknown, Supplied: unknown}
		}
		l.Features = append(l.Features, gis.MapFeature{ID: code, Areas: p.areasOf(code), Values: add(code, h).values})
	}
	return l
}

// areasOf are the contours of all that a commune of now was made of.
func (p *Report) areasOf(code string) (areas []gis.Polygon) {
	for _, old := range slices.Sorted(maps.Keys(p.atlas.contours)) {
		if currentCommune(old) == code {
			areas = append(areas, p.atlas.contours[old].Areas...)
		}
	}
	return areas
}

// filterOf selects what the upper limit of the potential tells, MWh a year.
func filterOf(low, high float64) string {
	if math.IsInf(high, 1) {
		return fmt.Sprintf(`"pothaut_bt" >= %g`, low)
	}
	return fmt.Sprintf(`"pothaut_bt" >= %g AND "pothaut_bt" < %g`, low, high)
}
