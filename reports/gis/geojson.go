package gis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"thermie/reports/document"
)

// PointLayer is a map layer of points (RFC 7946: WGS 84, longitude first).
type PointLayer struct {
	Name     string
	Notice   string // shown with the layer, e.g. a demonstration's warning; may be empty
	Features []PointFeature
}

// PointFeature is one point. Without a position (NaN, or both zero) its
// geometry is null, as the standard has it: the site is listed, not placed.
type PointFeature struct {
	ID                  string
	Longitude, Latitude float64 // degrees
	Properties          []Property
}

// Property is one named value: a string, bool, int, float64, nil or Figure.
// A Figure becomes several members: its value, and behind it the name with
// _U (k=2), _unit, _coverage, _method, _code and, where it is so, _simulated
// or _mark ("unknown", "secret").
type Property struct {
	Name  string
	Value any
}

// Attribute makes a property.
func Attribute(name string, value any) Property { return Property{name, value} }

// WriteGeoJSON writes the layer with its members in a fixed order.
func WriteGeoJSON(w io.Writer, l PointLayer) error {
	g := &geojson{}
	g.put(`{"type":"FeatureCollection","name":`)
	g.value(l.Name)
	if l.Notice != "" {
		g.put(`,"notice":`)
		g.value(l.Notice)
	}
	g.put(`,"features":[`)
	for i, f := range l.Features {
		if i > 0 {
			g.put(",")
		}
		g.put("\n")
		g.feature(f)
	}
	g.put("\n]}\n")
	if g.err != nil {
		return fmt.Errorf("GeoJSON layer %q: %w", l.Name, g.err)
	}
	_, err := w.Write(g.Bytes())
	return err
}

// geojson is a layer being written; the first error sticks.
type geojson struct {
	bytes.Buffer
	err error
}

func (g *geojson) put(s string) { g.WriteString(s) }

func (g *geojson) value(v any) {
	text, err := json.Marshal(v)
	if err != nil && g.err == nil {
		g.err = err
	}
	g.Write(text)
}

func (g *geojson) feature(f PointFeature) {
	g.put(`{"type":"Feature","id":`)
	g.value(f.ID)
	g.put(`,"geometry":`)
	switch {
	case math.IsNaN(f.Longitude) || math.IsNaN(f.Latitude) || f.Longitude == 0 && f.Latitude == 0:
		g.put("null")
	case math.Abs(f.Longitude) > 180 || math.Abs(f.Latitude) > 90:
		if g.err == nil {
			g.err = fmt.Errorf("point %q: longitude %g, latitude %g are not degrees of WGS 84", f.ID, f.Longitude, f.Latitude)
		}
	default:
		g.put(`{"type":"Point","coordinates":[` + degrees(f.Longitude) + "," + degrees(f.Latitude) + "]}")
	}
	g.put(`,"properties":{`)
	for i, p := range f.Properties {
		if i > 0 {
			g.put(",")
		}
		g.property(p)
	}
	g.put("}}")
}

// degrees prints a coordinate to a millionth of a degree, some 0.1 m.
func degrees(v float64) string {
	text := fmt.Sprintf("%.6f", v)
	for text[len(text)-1] == '0' && text[len(text)-2] != '.' {
		text = text[:len(text)-1]
	}
	return text
}

func (g *geojson) property(p Property) {
	f, isFigure := p.Value.(document.Figure)
	if !isFigure {
		g.member(p.Name, p.Value)
		return
	}
	if f.Mark != document.Known {
		g.member(p.Name, nil)
		g.put(",")
		g.member(p.Name+"_mark", map[document.Mark]string{document.Unknown: "unknown", document.Secret: "secret"}[f.Mark])
		return
	}
	g.member(p.Name, json.RawMessage(f.Plain()))
	rest := []Property{{"_U", json.RawMessage(f.PlainU())}, {"_unit", f.Unit}, {"_coverage", finite(f.Coverage)}, {"_method", f.Method}, {"_code", f.Code}}
	if f.Simulated {
		rest = append(rest, Property{"_simulated", true})
	}
	for _, r := range rest {
		g.put(",")
		g.member(p.Name+r.Name, r.Value)
	}
}

// finite returns v, or nil for what JSON has no number for.
func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

func (g *geojson) member(name string, value any) {
	g.value(name)
	g.put(":")
	g.value(value)
}
