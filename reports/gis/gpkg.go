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
	p.styles(layers)
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
	columns := []string{`fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`, `geom ` + string(l.geometry())}
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
		p.run(insert, append([]any{geometryBlob(l.geometry(), f.parts(), p.place, p.system.id, box)}, f.Values...)...)
	}
	p.run(`INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,?)`, l.Name, l.Name, l.Description, p.stamp,
		box.value(0), box.value(1), box.value(2), box.value(3), p.system.id)
	p.run(`INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,?,0,0)`, l.Name, string(l.geometry()), p.system.id)
	return nil
}

// place turns a position into the package's coordinates.
func (p *geoPackage) place(at Position) [2]float64 {
	if p.system.id != lambert93.id {
		return [2]float64{at.Longitude, at.Latitude}
	}
	east, north := Lambert93(at.Longitude, at.Latitude)
	return [2]float64{centimetres(east), centimetres(north)}
}

// centimetres is as fine as a coordinate in metres is written.
func centimetres(metres float64) float64 { return math.Round(metres*100) / 100 }

// allInLambert93 reports whether every position lies in metropolitan France.
func allInLambert93(layers []MapLayer) bool {
	all := true
	for _, l := range layers {
		for _, f := range l.Features {
			f.each(func(p Position) { all = all && InLambert93(p.Longitude, p.Latitude) })
		}
	}
	return all
}
