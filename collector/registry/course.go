package registry

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"thermie/reports/gis"
)

// geoObject is any object of GeoJSON, as much of it as a projection needs.
type geoObject struct {
	Type        string          `json:"type"`
	CRS         *geoCRS         `json:"crs,omitempty"`
	Coordinates any             `json:"coordinates,omitempty"`
	Geometry    *geoObject      `json:"geometry,omitempty"`
	Geometries  []*geoObject    `json:"geometries,omitempty"`
	Features    []*geoObject    `json:"features,omitempty"`
	Properties  json.RawMessage `json:"properties,omitempty"`
}

// geoCRS is the member by which the older standard of GeoJSON (2008) named a
// projection; French open data on heat networks use it.
type geoCRS struct {
	Type       string `json:"type"`
	Properties struct {
		Name string `json:"name"`
	} `json:"properties"`
}

// ToWGS84 reads GeoJSON in the projection that it declares, WGS 84 where it
// declares none, and returns it in WGS 84 without that declaration. A
// projection that is neither WGS 84 nor Lambert-93 is refused rather than
// guessed, and so are coordinates that cannot be of the one declared.
func ToWGS84(text []byte) ([]byte, error) {
	var top geoObject
	if err := json.Unmarshal(text, &top); err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	turn, err := projection(top.CRS)
	if err != nil {
		return nil, err
	}
	top.CRS = nil
	points := 0
	if err := top.each(func(x, y float64) (float64, float64, error) {
		points++
		return turn(x, y)
	}); err != nil {
		return nil, err
	}
	if points == 0 {
		return nil, errors.New("the GeoJSON has no coordinates")
	}
	return json.Marshal(top)
}

// projection finds the way from a declared projection to degrees of WGS 84.
func projection(crs *geoCRS) (func(x, y float64) (longitude, latitude float64, err error), error) {
	name := ""
	if crs != nil {
		name = crs.Properties.Name
	}
	switch code := name[strings.LastIndexAny(name, ":/")+1:]; {
	case name == "" && crs == nil, code == "CRS84", code == "4326":
		return degrees, nil
	case code == "2154":
		return fromLambert93, nil
	}
	return nil, fmt.Errorf("the projection %q is not known here (hint: export it in WGS 84, EPSG:4326, or in Lambert-93, EPSG:2154)", name)
}

func degrees(x, y float64) (float64, float64, error) {
	if math.Abs(x) > 180 || math.Abs(y) > 90 {
		return 0, 0, fmt.Errorf("%g, %g are not degrees (hint: if the file is in Lambert-93, it must say so: \"crs\" with the name EPSG:2154)", x, y)
	}
	return x, y, nil
}

// fromLambert93 rounds to a ten-millionth of a degree, about a centimetre.
func fromLambert93(x, y float64) (float64, float64, error) {
	longitude, latitude := gis.FromLambert93(x, y)
	if !gis.InLambert93(longitude, latitude) {
		return 0, 0, fmt.Errorf("%g, %g do not lie in metropolitan France as Lambert-93 has it (hint: the file declares EPSG:2154; are its coordinates degrees?)", x, y)
	}
	return math.Round(longitude*1e7) / 1e7, math.Round(latitude*1e7) / 1e7, nil
}

// each turns every position of an object and of those within it.
func (g *geoObject) each(turn func(x, y float64) (float64, float64, error)) (err error) {
	if g == nil {
		return nil
	}
	if g.Coordinates != nil {
		if err = eachPosition(g.Coordinates, turn); err != nil {
			return err
		}
	}
	inside := append(append([]*geoObject{g.Geometry}, g.Geometries...), g.Features...)
	for _, one := range inside {
		if err := one.each(turn); err != nil {
			return err
		}
	}
	return nil
}

// eachPosition turns the positions of nested lists in place.
func eachPosition(coordinates any, turn func(x, y float64) (float64, float64, error)) error {
	list, ok := coordinates.([]any)
	if !ok || len(list) == 0 {
		return errors.New("coordinates are not lists of numbers")
	}
	if _, nested := list[0].([]any); nested {
		for _, one := range list {
			if err := eachPosition(one, turn); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) < 2 {
		return errors.New("a position has less than two coordinates")
	}
	x, isX := list[0].(float64)
	y, isY := list[1].(float64)
	if !isX || !isY {
		return errors.New("coordinates are not numbers")
	}
	x, y, err := turn(x, y)
	list[0], list[1] = x, y
	return err
}
