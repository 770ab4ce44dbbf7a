package gis

import (
	"fmt"
	"io"
	"math"
	"strings"
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
		g.put(f.geometry(l.geometry()))
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

// geometry writes the coordinates by the layer's geometry.
func (f MapFeature) geometry(kind MapGeometry) string {
	parts := f.parts()
	if len(parts) == 0 {
		return "null"
	}
	name, coordinates := "Point", coordinate(parts[0][0][0])
	switch kind {
	case MapLine:
		name, coordinates = "LineString", listed(parts[0][0], coordinate)
	case MapLines:
		name = "MultiLineString"
		coordinates = listed(parts, func(part Polygon) string { return listed(part[0], coordinate) })
	case MapAreas:
		name = "MultiPolygon"
		coordinates = listed(parts, func(rings Polygon) string {
			return listed(rings, func(ring []Position) string { return listed(ring, coordinate) })
		})
	}
	return `{"type":"` + name + `","coordinates":` + coordinates + "}"
}

func coordinate(p Position) string {
	return "[" + degrees(p.Longitude) + "," + degrees(p.Latitude) + "]"
}

// listed is a JSON list of items.
func listed[T any](items []T, item func(T) string) string {
	texts := make([]string, len(items))
	for i, one := range items {
		texts[i] = item(one)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// check refuses positions that are nowhere on Earth.
func (f MapFeature) check() (err error) {
	f.each(func(p Position) {
		if !(math.Abs(p.Longitude) <= 180 && math.Abs(p.Latitude) <= 90) {
			err = fmt.Errorf("%q: longitude %g, latitude %g are not degrees of WGS 84", f.ID, p.Longitude, p.Latitude)
		}
	})
	return err
}
