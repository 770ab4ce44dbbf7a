package reports

import (
	"math"

	"thermie/heat"
	"thermie/interval"
)

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

// MapLayers returns the three layers source, connection and network.
func (s *SourceSeries) MapLayers() ([]MapLayer, error) {
	note, err := s.note(0)
	if err != nil {
		return nil, err
	}
	w, err := s.words()
	if err != nil {
		return nil, err
	}
	return []MapLayer{s.sourceLayer(note), s.connectionLayer(note + " " + w.t("note.link")), s.networkLayer(w.t("note.fictitious"))}, nil
}

// mapTable fills a layer's fields and the values of one feature together.
type mapTable struct {
	fields []MapField
	values []any
}

func (t *mapTable) text(name, v string) { t.put(name, MapText, orNil(v)) }

func (t *mapTable) flag(name string, v bool) { t.put(name, MapBoolean, v) }

// real rounds; a number that is not known is nil.
func (t *mapTable) real(name string, v float64, decimals int) {
	var value any
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		value = roundTo(v, decimals)
	}
	t.put(name, MapReal, value)
}

func (t *mapTable) put(name string, kind MapType, v any) {
	t.fields = append(t.fields, MapField{name, kind})
	t.values = append(t.values, v)
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// megawattHours is a quantity in MWh, NaN where it is not known.
func megawattHours(q heat.Quantity, v float64) float64 {
	if !q.Known {
		return math.NaN()
	}
	return v / float64(interval.MegawattHour)
}
