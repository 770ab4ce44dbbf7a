package registry

import (
	"bytes"
	"strings"
	"testing"
)

func TestACourseIsTurnedToWGS84AsItDeclares(t *testing.T) {
	lambert := func(crs, coordinates string) string {
		return `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"` + crs + `"}},"features":[{"type":"Feature","properties":{"id":"7501C"},"geometry":{"type":"LineString","coordinates":` + coordinates + `}}]}`
	}
	got, err := ToWGS84([]byte(lambert("urn:ogc:def:crs:EPSG::2154", "[[652381.14,6862047.07],[652400,6862100]]")))
	if err != nil || bytes.Contains(got, []byte("crs")) || !bytes.Contains(got, []byte("[2.35")) || !bytes.Contains(got, []byte(",48.85")) || !bytes.Contains(got, []byte(`"id":"7501C"`)) {
		t.Errorf("Notre-Dame lies at %s, %v", got, err)
	}
	for _, same := range []string{`{"type":"Point","coordinates":[2.35,48.85]}`, lambert("urn:ogc:def:crs:OGC:1.3:CRS84", "[[2.35,48.85]]"), lambert("EPSG:4326", "[[2.35,48.85]]")} {
		if got, err := ToWGS84([]byte(same)); err != nil || !bytes.Contains(got, []byte("[2.35,48.85]")) {
			t.Errorf("%s became %s, %v", same, got, err)
		}
	}
	for what, c := range map[string]struct{ text, says string }{
		"unknown projection":   {lambert("EPSG:27572", "[[600000,2400000]]"), `the projection "EPSG:27572" is not known`},
		"empty projection":     {lambert("", "[[1,2]]"), "is not known"},
		"metres undeclared":    {`{"type":"Point","coordinates":[652381,6862047]}`, "if the file is in Lambert-93, it must say so"},
		"degrees as Lambert":   {lambert("EPSG:2154", "[[2.35,48.85]]"), "are its coordinates degrees?"},
		"nothing":              {`{"type":"FeatureCollection","features":[]}`, "no coordinates"},
		"words":                {`{"type":"Point","coordinates":["a","b"]}`, "not numbers"},
		"half a point":         {`{"type":"Point","coordinates":[1]}`, "less than two"},
		"no list":              {`{"type":"Point","coordinates":7}`, "not lists"},
		"not JSON":             {"kml", "not GeoJSON"},
		"null, and then words": {`{"type":"GeometryCollection","geometries":[null,{"type":"Point","coordinates":[]}]}`, "not lists"},
	} {
		if got, err := ToWGS84([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %s, %v; want %q", what, got, err, c.says)
		}
	}
}

func FuzzToWGS84(f *testing.F) {
	f.Add([]byte(`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2154"}},"features":[{"geometry":{"type":"Point","coordinates":[652381,6862047]}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		turned, err := ToWGS84(text)
		if err != nil {
			return
		}
		if again, err := ToWGS84(turned); err != nil || !bytes.Equal(again, turned) {
			t.Errorf("%s\nbecame %s\nand then %s, %v", text, turned, again, err)
		}
	})
}
