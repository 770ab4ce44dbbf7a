package gis

// MapLayer is one layer of a map, for GeoJSON and GeoPackage alike. Units
// stand in the names of the fields; nil is not known.
type MapLayer struct {
	Name, Description string
	Geometry          MapGeometry // default MapPoint
	Fields            []MapField
	Features          []MapFeature
	Style             *Style // for QGIS; may be nil
}

// MapGeometry is the SQL name of a layer's geometry in a GeoPackage.
type MapGeometry string

// The geometries in use.
const (
	MapPoint MapGeometry = "POINT"
	MapLine  MapGeometry = "LINESTRING"
	MapLines MapGeometry = "MULTILINESTRING"
	MapAreas MapGeometry = "MULTIPOLYGON"
)

// geometry is the layer's geometry, a point where none is stated.
func (l MapLayer) geometry() MapGeometry {
	if l.Geometry == "" {
		return MapPoint
	}
	return l.Geometry
}

// MapField is a column of a layer.
type MapField struct {
	Name string
	Type MapType
}

// MapType is the SQL name of a field's type in a GeoPackage.
type MapType string

// The types in use.
const (
	MapText    MapType = "TEXT"
	MapReal    MapType = "REAL"
	MapBoolean MapType = "BOOLEAN"
	MapInteger MapType = "INTEGER"
)

// MapFeature is one row of a layer. Without geometry it is listed, not
// placed.
type MapFeature struct {
	ID        string
	Positions []Position   // of a point or a line
	Lines     [][]Position // of several lines
	Areas     []Polygon
	Values    []any // by field: string, float64, bool, int or nil
}

// parts is the geometry as polygons of rings: a line is a ring alone, a point
// is a ring of one position.
func (f MapFeature) parts() []Polygon {
	switch {
	case len(f.Areas) > 0:
		return f.Areas
	case len(f.Positions) > 0:
		return []Polygon{{f.Positions}}
	}
	var parts []Polygon
	for _, line := range f.Lines {
		parts = append(parts, Polygon{line})
	}
	return parts
}

// each visits all positions of the geometry.
func (f MapFeature) each(visit func(Position)) {
	for _, part := range f.parts() {
		for _, ring := range part {
			for _, p := range ring {
				visit(p)
			}
		}
	}
}

// Position is degrees of WGS 84.
type Position struct{ Longitude, Latitude float64 }

// At makes a position.
func At(longitude, latitude float64) Position { return Position{longitude, latitude} }
