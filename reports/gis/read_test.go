package gis

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// square is a commune of a kilometre with a pond in its middle, in the
// coordinates of a projection.
func square(crs string, corner func(east, north float64) (x, y float64)) string {
	ring := func(low, high float64) string {
		var at []string
		for _, c := range [][2]float64{{low, low}, {high, low}, {high, high}, {low, high}, {low, low}} {
			x, y := corner(c[0], c[1])
			at = append(at, fmt.Sprintf("[%f,%f]", x, y))
		}
		return "[" + strings.Join(at, ",") + "]"
	}
	return `{"type":"FeatureCollection",` + crs + `"features":[{"type":"Feature","properties":{"nom":"Valbrume","code":1004},"geometry":{"type":"Polygon","coordinates":[` +
		ring(0, 1000) + "," + ring(400, 600) + `]}}]}`
}

const lambertCRS = `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},`

func lambertCorner(east, north float64) (x, y float64) { return 650_000 + east, 6_860_000 + north }

func positionAt(east, north float64) Position {
	longitude, latitude := FromLambert93(lambertCorner(east, north))
	return Position{longitude, latitude}
}

func TestContoursAreReadInTheProjectionThatTheyDeclare(t *testing.T) {
	wgs84Corner := func(east, north float64) (x, y float64) { return FromLambert93(lambertCorner(east, north)) }
	for name, text := range map[string]string{"Lambert-93": square(lambertCRS, lambertCorner), "WGS 84": square("", wgs84Corner)} {
		shapes, err := ReadGeoJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		commune := shapes[0]
		if commune.Text("nom") != "Valbrume" || commune.Text("code") != "1004" || commune.Text("siren") != "" {
			t.Errorf("%s: properties %v", name, commune.Properties)
		}
		for _, c := range []struct {
			east, north float64
			inside      bool
			border      float64
		}{{100, 500, true, 100}, {500, 500, false, 100}, {-200, 500, false, 200}, {999, 1, true, 1}} {
			at := positionAt(c.east, c.north)
			if commune.Contains(at) != c.inside {
				t.Errorf("%s: %g m, %g m inside: %v", name, c.east, c.north, !c.inside)
			}
			if got := commune.Border(at); math.Abs(got-c.border) > 0.01*c.border+0.1 {
				t.Errorf("%s: %g m, %g m lie %g m from the border, want %g", name, c.east, c.north, got, c.border)
			}
		}
	}
}

func TestAnUnknownProjectionIsNotGuessed(t *testing.T) {
	_, err := ReadGeoJSON(strings.NewReader(square(`"crs":{"type":"name","properties":{"name":"EPSG:27572"}},`, lambertCorner)))
	var unknown *UnknownProjection
	if !errors.As(err, &unknown) || unknown.Name != "EPSG:27572" {
		t.Errorf("got %v", err)
	}
}

func TestBrokenLayersAreRefusedWithAReason(t *testing.T) {
	for text, reason := range map[string]string{
		"":                                   "not GeoJSON",
		`{"type":"FeatureCollection"}`:       "no feature",
		square("", lambertCorner):            "EPSG:2154",
		`{"type":"Blob"}`:                    "no type of geometry",
		`{"type":"Point","coordinates":[2]}`: "not two numbers",
		`{"type":"Polygon","coordinates":4}`: "lists of numbers",
		`{"type":"Polygon","coordinates":[[[2,48],[3,48],[2,48]]]}`:                                "three corners",
		`{"type":"Feature","geometry":{"type":"LineString","coordinates":[["a","b"],[2.1,48.1]]}}`: "not two numbers",
		`{"type":"Point",` + lambertCRS + `"coordinates":[2.3,48.8]}`:                              "are its coordinates degrees",
	} {
		if _, err := ReadGeoJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%.60s: got %v, want %q", text, err, reason)
		}
	}
}

func FuzzReadGeoJSON(f *testing.F) {
	f.Add(square(lambertCRS, lambertCorner))
	f.Add(`{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[2,48],[3,49]]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		shapes, err := ReadGeoJSON(strings.NewReader(text))
		if err == nil && len(shapes) == 0 {
			t.Error("no shapes and no error")
		}
		for _, s := range shapes {
			s.Contains(At(2.5, 48.5))
			s.Border(At(2.5, 48.5))
		}
	})
}
