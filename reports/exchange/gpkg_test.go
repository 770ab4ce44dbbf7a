package exchange

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"thermie/proof"
	"thermie/reports/gis"
)

// writeSamplePackage puts a GeoPackage into a file.
func writeSamplePackage(t *testing.T, s *SourceSeries) string {
	t.Helper()
	var b bytes.Buffer
	if err := writeGeoPackage(&b, s); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), s.ID+".gpkg")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// The standard's own demands: the mark in the header, the tables, a primary
// key, and geometries that decode.
func TestGeoPackageIsOneByTheStandard(t *testing.T) {
	name := writeSamplePackage(t, sampleSeries("fr"))
	head, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(head[:16]) != "SQLite format 3\x00" || string(head[68:72]) != "GPKG" || binary.BigEndian.Uint32(head[60:64]) != 10300 {
		t.Errorf("header %q, application %q, version %d", head[:16], head[68:72], binary.BigEndian.Uint32(head[60:64]))
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]string{
		`PRAGMA integrity_check`:                          "ok",
		`SELECT count(*) FROM pragma_foreign_key_check()`: "0",
		`SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)`:                                               "-1,0,2154,4326",
		`SELECT group_concat(table_name || ' ' || geometry_type_name || ' ' || srs_id) FROM (SELECT * FROM gpkg_geometry_columns ORDER BY 1)`: "connection LINESTRING 2154,network POINT 2154,source POINT 2154",
		`SELECT count(*) FROM gpkg_contents WHERE data_type = 'features' AND last_change = '2026-03-01T00:00:00.000Z' AND min_x < max_x`:      "1",
		`SELECT heat_available_mwh || ' ' || p90_kw || ' ' || simulated FROM source`:                                                          "8032.0 840.0 1",
		`SELECT typeof(length_km) FROM network`: "null",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q (%v), want %q", query, got, err, want)
		}
	}
	var blob []byte
	if err := db.QueryRow(`SELECT geom FROM connection`).Scan(&blob); err != nil {
		t.Fatal(err)
	}
	points := decodeGeometry(t, blob)
	for i, want := range []gis.Position{gis.At(2.602, 46.597), gis.At(2.595, 46.602)} {
		longitude, latitude := gis.FromLambert93(points[i][0], points[i][1])
		if math.Abs(longitude-want.Longitude) > 1e-6 || math.Abs(latitude-want.Latitude) > 1e-6 {
			t.Errorf("the line's point %d is at %.7f, %.7f, want %v", i, longitude, latitude, want)
		}
	}
}

// decodeGeometry reads a line from a GeoPackage's binary form.
func decodeGeometry(t *testing.T, b []byte) [][2]float64 {
	t.Helper()
	little := binary.LittleEndian
	if string(b[:2]) != "GP" || b[2] != 0 || b[3] != 3 || little.Uint32(b[4:]) != 2154 {
		t.Fatalf("header % x", b[:8])
	}
	number := func(at int) float64 { return math.Float64frombits(little.Uint64(b[at:])) }
	const wkb = 8 + 4*8
	if b[wkb] != 1 || little.Uint32(b[wkb+1:]) != 2 || little.Uint32(b[wkb+5:]) != 2 || len(b) != wkb+9+4*8 {
		t.Fatalf("not a line of two points: % x", b[wkb:])
	}
	points := [][2]float64{{number(wkb + 9), number(wkb + 17)}, {number(wkb + 25), number(wkb + 33)}}
	if number(8) != min(points[0][0], points[1][0]) || number(16) != max(points[0][0], points[1][0]) ||
		number(24) != min(points[0][1], points[1][1]) || number(32) != max(points[0][1], points[1][1]) {
		t.Error("the extent is not that of the points")
	}
	return points
}

// Outside metropolitan France the package is in WGS 84; a site without a
// position is listed, not placed.
func TestGeoPackageFarAwayAndNowhere(t *testing.T) {
	s := sampleSeries("fr")
	s.Place.Longitude, s.Place.Latitude = 55.45, -20.88
	s.Link.Network.Longitude = math.NaN()
	s.Networks[0].Longitude, s.Networks[0].Latitude = 0, 0
	db, err := sql.Open("sqlite", writeSamplePackage(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var system, unplaced, extents int
	if err := db.QueryRow(`SELECT srs_id FROM gpkg_contents WHERE table_name = 'source'`).Scan(&system); err != nil || system != 4326 {
		t.Errorf("system %d (%v), want WGS 84", system, err)
	}
	if err := db.QueryRow(`SELECT (SELECT geom IS NULL FROM network) + (SELECT geom IS NULL FROM connection)`).Scan(&unplaced); err != nil || unplaced != 2 {
		t.Errorf("%d of 2 geometries are null (%v)", unplaced, err)
	}
	if err := db.QueryRow(`SELECT count(min_x) FROM gpkg_contents`).Scan(&extents); err != nil || extents != 1 {
		t.Errorf("%d layers have an extent, want one (%v)", extents, err)
	}
}

func TestImpossiblePositionsAreRefused(t *testing.T) {
	s := sampleSeries("fr")
	s.Place.Latitude = 302
	if err := writeGeoPackage(&bytes.Buffer{}, s); err == nil || !strings.Contains(err.Error(), "302") {
		t.Errorf("got %v, want an error that names the latitude", err)
	}
}

// GDAL opens both formats, and its own projection puts the GeoPackage's
// points where the GeoJSON has them.
func TestGDALOpensTheMaps(t *testing.T) {
	info, convert := proof.Program(t, "ogrinfo", proof.DebianGDAL), proof.Program(t, "ogr2ogr", proof.DebianGDAL)
	dir := t.TempDir()
	name := writeSamplePackage(t, sampleSeries("fr"))
	out, err := exec.CommandContext(t.Context(), info, "-ro", "-al", name).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("Warning")) || bytes.Contains(out, []byte("ERROR")) {
		t.Fatalf("ogrinfo: %v\n%s", err, out)
	}
	for _, want := range []string{"Layer name: source", "Layer name: connection", "Layer name: network", "RGF93 v1 / Lambert-93", "Geometry: Line String", "simulated (Integer(Boolean)) = 1"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("ogrinfo does not print %q:\n%s", want, out)
		}
	}
	for layer, key := range map[string]string{"source": "geo_source", "connection": "geo_connection", "network": "geo_network"} {
		ours, theirs := filepath.Join(dir, layer+".geojson"), filepath.Join(dir, layer+"-gdal.geojson")
		if err := os.WriteFile(ours, seriesFile(t, key, "fr"), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), info, "-ro", "-so", "-al", ours).CombinedOutput(); err != nil || !bytes.Contains(out, []byte("Feature Count: 1")) {
			t.Errorf("ogrinfo %s: %v\n%s", layer, err, out)
		}
		if out, err := exec.CommandContext(t.Context(), convert, "-f", "GeoJSON", "-t_srs", "EPSG:4326", theirs, name, layer).CombinedOutput(); err != nil {
			t.Fatalf("ogr2ogr: %v\n%s", err, out)
		}
		a, b := coordinates(t, ours), coordinates(t, theirs)
		if len(a) != len(b) || len(a) == 0 {
			t.Fatalf("%s: %v and %v", layer, a, b)
		}
		for i := range a {
			if math.Abs(a[i]-b[i]) > 1e-6 {
				t.Errorf("%s: the GeoPackage is at %v, the GeoJSON at %v", layer, b, a)
			}
		}
	}
}

// coordinates are the numbers of a file's first geometry.
func coordinates(t *testing.T, name string) []float64 {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct{ Geometry struct{ Coordinates any } }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var numbers []float64
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case float64:
			numbers = append(numbers, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(file.Features[0].Geometry.Coordinates)
	return numbers
}
