package gis

import ()

// MapLayer is one layer of the engineer's map, for GeoJSON and GeoPackage
// alike. Units stand in the names of the fields; nil is not known.
type MapLayer struct {
	Name, Description string
	Line              bool // lines of two positions, else points
	Fields            []MapField
	Features          []MapFeature
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

// MapFeature is one row of a layer. Without positions it is listed, not
// placed.
type MapFeature struct {
	ID        string
	Positions []Position
	Values    []any // by field: string, float64, bool, int or nil
}

// Position is degrees of WGS 84.
type Position struct{ Longitude, Latitude float64 }

// At makes a position.
func At(longitude, latitude float64) Position { return Position{longitude, latitude} }
