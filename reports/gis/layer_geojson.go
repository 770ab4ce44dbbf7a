package gis

import (
	"fmt"
	"io"
	"math"
)

// WriteMapGeoJSON writes one layer as GeoJSON (RFC 7946: WGS 84, longitude
// first). What is not known is null; a feature without a position has a null
// geometry. The layer's note, which says that it is simulated or fictitious,
// is a member of the collection and a field of the features.
func WriteMapGeoJSON(out io.Writer, l MapLayer) error {
	g := &geojson{}
	g.put(`{"type":"FeatureCollection","name":`)
	g.value(l.Name)
	g.put(`,"description":`)
	g.value(l.Description)
	g.put(`,"features":[`)
	for i, f := range l.Features {
		if i > 0 {
			g.put(",")
		}
		g.put("\n" + `{"type":"Feature","id":`)
		g.value(f.ID)
		g.put(`,"geometry":`)
		if err := f.check(); err != nil {
			return fmt.Errorf("GeoJSON layer %q: %w", l.Name, err)
		}
		g.put(f.geometry())
		g.put(`,"properties":{`)
		for j, field := range l.Fields {
			if j > 0 {
				g.put(",")
			}
			g.member(field.Name, f.Values[j])
		}
		g.put("}}")
	}
	g.put("\n]}\n")
	if g.err != nil {
		return fmt.Errorf("GeoJSON layer %q: %w", l.Name, g.err)
	}
	_, err := out.Write(g.Bytes())
	return err
}

// geometry is a point or a line of two positions.
func (f MapFeature) geometry() string {
	position := func(p Position) string { return "[" + degrees(p.Longitude) + "," + degrees(p.Latitude) + "]" }
	switch len(f.Positions) {
	case 0:
		return "null"
	case 1:
		return `{"type":"Point","coordinates":` + position(f.Positions[0]) + "}"
	}
	return `{"type":"LineString","coordinates":[` + position(f.Positions[0]) + "," + position(f.Positions[1]) + "]}"
}

// check refuses positions that are nowhere on Earth.
func (f MapFeature) check() error {
	for _, p := range f.Positions {
		if !(math.Abs(p.Longitude) <= 180 && math.Abs(p.Latitude) <= 90) {
			return fmt.Errorf("%q: longitude %g, latitude %g are not degrees of WGS 84", f.ID, p.Longitude, p.Latitude)
		}
	}
	return nil
}
