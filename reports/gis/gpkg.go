package gis

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// WriteGeoPackage writes the layers as an OGC GeoPackage 1.3, a SQLite
// database that QGIS opens directly; changed is the date that it states. In
// metropolitan France its coordinates are Lambert-93 (EPSG:2154), elsewhere
// WGS 84 (EPSG:4326). What is not known is NULL. The same layers give the
// same bytes.
func WriteGeoPackage(out io.Writer, layers []MapLayer, changed time.Time) error {
	p := &geoPackage{system: wgs84, stamp: changed.UTC().Format("2006-01-02T15:04:05.000Z")}
	if allInLambert93(layers) {
		p.system = lambert93
	}
	p.run(gpkgSchema)
	p.systems()
	for _, l := range layers {
		if err := p.layer(l); err != nil {
			return fmt.Errorf("GeoPackage layer %q: %w", l.Name, err)
		}
	}
	file, err := buildDatabase(p.statements)
	if err != nil {
		return fmt.Errorf("GeoPackage: %w", err)
	}
	_, err = out.Write(file)
	return err
}

// geoPackage is a package being written, as a list of statements.
type geoPackage struct {
	statements []statement
	system     spatialSystem
	stamp      string
}

// statement is one SQL statement with its arguments.
type statement struct {
	sql  string
	args []any
}

func (p *geoPackage) run(sql string, args ...any) {
	p.statements = append(p.statements, statement{sql, args})
}

// systems declares the reference systems that the standard asks for, and
// Lambert-93.
func (p *geoPackage) systems() {
	for _, s := range []spatialSystem{undefinedCartesian, undefinedGeographic, wgs84, lambert93} {
		p.run(`INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)`, s.name, s.id, s.organization, s.id, s.definition, s.description)
	}
}

// layer creates a layer's table, registers it and fills it.
func (p *geoPackage) layer(l MapLayer) error {
	columns := []string{`fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`, `geom ` + l.geometryType()}
	names := []string{"geom"}
	for _, f := range l.Fields {
		columns = append(columns, `"`+f.Name+`" `+string(f.Type))
		names = append(names, `"`+f.Name+`"`)
	}
	p.run(fmt.Sprintf(`CREATE TABLE "%s" (%s)`, l.Name, strings.Join(columns, ", ")))
	box := newMapExtent()
	insert := fmt.Sprintf(`INSERT INTO "%s" (%s) VALUES (?%s)`, l.Name, strings.Join(names, ","), strings.Repeat(",?", len(l.Fields)))
	for _, f := range l.Features {
		if err := f.check(); err != nil {
			return err
		}
		points := p.project(f.Positions)
		box.add(points)
		p.run(insert, append([]any{geometryBlob(points, p.system.id)}, f.Values...)...)
	}
	p.run(`INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,?)`, l.Name, l.Name, l.Description, p.stamp,
		box.value(0), box.value(1), box.value(2), box.value(3), p.system.id)
	p.run(`INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,?,0,0)`, l.Name, l.geometryType(), p.system.id)
	return nil
}

func (l MapLayer) geometryType() string {
	if l.Line {
		return "LINESTRING"
	}
	return "POINT"
}

// project turns positions into the package's coordinates.
func (p *geoPackage) project(positions []Position) [][2]float64 {
	var points [][2]float64
	for _, at := range positions {
		if p.system.id == lambert93.id {
			east, north := Lambert93(at.Longitude, at.Latitude)
			points = append(points, [2]float64{centimetres(east), centimetres(north)})
		} else {
			points = append(points, [2]float64{at.Longitude, at.Latitude})
		}
	}
	return points
}

// centimetres is as fine as a coordinate in metres is written.
func centimetres(metres float64) float64 { return math.Round(metres*100) / 100 }

// allInLambert93 reports whether every position lies in metropolitan France.
func allInLambert93(layers []MapLayer) bool {
	for _, l := range layers {
		for _, f := range l.Features {
			for _, p := range f.Positions {
				if !InLambert93(p.Longitude, p.Latitude) {
					return false
				}
			}
		}
	}
	return true
}

// mapExtent is a layer's extent: min x, min y, max x, max y; NaN when empty.
type mapExtent [4]float64

func newMapExtent() *mapExtent {
	return &mapExtent{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (b *mapExtent) add(points [][2]float64) {
	for _, p := range points {
		b[0], b[1] = math.Min(b[0], p[0]), math.Min(b[1], p[1])
		b[2], b[3] = math.Max(b[2], p[0]), math.Max(b[3], p[1])
	}
}

// value is NULL for an extent of nothing.
func (b *mapExtent) value(i int) any {
	if math.IsInf(b[i], 0) {
		return nil
	}
	return b[i]
}
