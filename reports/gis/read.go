package gis

import (
	"encoding/json"
	"io"
	"strconv"
)

// Shape is one feature of a layer that somebody gave, in degrees of WGS 84.
type Shape struct {
	Properties map[string]any
	Points     []Position
	Lines      [][]Position
	Areas      []Polygon
}

// Polygon is an outer ring and the rings of its holes.
type Polygon [][]Position

// Text is a property as text, empty where the shape does not have it.
func (s Shape) Text(property string) string {
	switch v := s.Properties[property].(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// maxLayer is the most that a layer may weigh: all communes of a region in
// full detail are some 100 MB.
const maxLayer = 256 << 20

// ReadGeoJSON reads the features of a GeoJSON layer in the projection that
// its member "crs" declares, WGS 84 where it declares none. Features without
// geometry are left out. Errors: *UnknownProjection, *Fault.
func ReadGeoJSON(r io.Reader) ([]Shape, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxLayer+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxLayer {
		return nil, &Fault{Kind: TooLarge, What: strconv.Itoa(maxLayer >> 20)}
	}
	var top geoDocument
	if err := json.Unmarshal(text, &top); err != nil {
		return nil, &Fault{Kind: NotGeoJSON, cause: err}
	}
	var crs *string
	if top.CRS != nil {
		crs = &top.CRS.Properties.Name
	}
	turn, err := projectionNamed(crs)
	if err != nil {
		return nil, err
	}
	shapes, err := top.shapes(turn)
	if err != nil {
		return nil, err
	}
	if len(shapes) == 0 {
		return nil, &Fault{Kind: NothingIn}
	}
	return shapes, nil
}

// geoDocument is a GeoJSON text: a collection, one feature, or a geometry.
type geoDocument struct {
	CRS *struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	} `json:"crs"`
	Features []geoFeature `json:"features"`
	geoFeature
	geoGeometry
}

type geoFeature struct {
	Properties map[string]any `json:"properties"`
	Geometry   *geoGeometry   `json:"geometry"`
}

type geoGeometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Geometries  []geoGeometry   `json:"geometries"`
}

func (d geoDocument) shapes(turn projection) ([]Shape, error) {
	features := d.Features
	switch d.Type {
	case "FeatureCollection":
	case "Feature":
		features = []geoFeature{d.geoFeature}
	default:
		features = []geoFeature{{Geometry: &d.geoGeometry}}
	}
	var shapes []Shape
	for i, f := range features {
		s := Shape{Properties: f.Properties}
		if f.Geometry == nil {
			continue
		}
		if fault := s.add(*f.Geometry, turn, 0); fault != nil {
			fault.Feature = i + 1
			return nil, fault
		}
		if len(s.Points)+len(s.Lines)+len(s.Areas) > 0 {
			shapes = append(shapes, s)
		}
	}
	return shapes, nil
}
