package gis

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"

	"thermie/proof"
	"thermie/reports/document"
)

func TestGeoJSON(t *testing.T) {
	layer := PointLayer{Name: "Centres de données", Notice: "DÉMONSTRATION – sites fictifs", Features: []PointFeature{
		{ID: "air-5mw", Longitude: 2.3522219, Latitude: 48.856613, Properties: []Property{
			{"nom", "Valbrume \"Nord\""}, {"simule", true},
			{"gisement_mwh", document.Figure{Value: 12573, U: 1260, Unit: "MWh", Coverage: 0.98, Method: "T1", Code: "MFZWIZLT", Simulated: true}}}},
		{ID: "cache", Longitude: math.NaN(), Latitude: math.NaN(), Properties: []Property{
			{"gisement_mwh", document.Figure{Mark: document.Secret, Value: 7}}, {"captee_mwh", document.Figure{Mark: document.Unknown}}}},
		{ID: "zero", Properties: []Property{{"captee_mwh", document.Figure{Unit: "MWh", Coverage: math.NaN()}}}},
	}}
	var b bytes.Buffer
	if err := WriteGeoJSON(&b, layer); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Errorf("not valid JSON:\n%s", b.String())
	}
	proof.Golden(t, "points.geojson", b.Bytes())
}

func TestGeoJSONRefusesImpossiblePlaces(t *testing.T) {
	layer := PointLayer{Name: "x", Features: []PointFeature{{ID: "swapped", Longitude: 48.85, Latitude: 302.35}}}
	if err := WriteGeoJSON(io.Discard, layer); err == nil || !strings.Contains(err.Error(), `"swapped"`) {
		t.Errorf("got %v, want an error that names the point", err)
	}
}

func TestASecretLeavesNoDigitOnTheMap(t *testing.T) {
	secret := document.Figure{Value: 424242, U: 4242, Mark: document.Secret, Unit: "MWh", Code: "MFZWIZLT"}
	var b bytes.Buffer
	layer := PointLayer{Features: []PointFeature{{ID: "a", Properties: []Property{{"gisement_mwh", secret}}}}}
	if err := WriteGeoJSON(&b, layer); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("4242")) {
		t.Errorf("the map holds the digits of a secret figure:\n%s", b.String())
	}
}
