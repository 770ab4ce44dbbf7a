package gis

import (
	"fmt"
	"math"
	"strings"
)

// UnknownProjection is the error of a layer in a projection that is neither
// WGS 84 nor Lambert-93: refused rather than guessed.
type UnknownProjection struct{ Name string }

func (e *UnknownProjection) Error() string {
	return fmt.Sprintf("the projection %q is not known here (hint: export the layer in WGS 84, EPSG:4326, or in Lambert-93, EPSG:2154)", e.Name)
}

// projection turns what a file calls x and y into a position.
type projection func(x, y float64) (Position, error)

// projectionNamed finds the projection of a "crs" member's name; WGS 84 where
// there is none.
func projectionNamed(crs *string) (projection, error) {
	if crs == nil {
		return inDegrees, nil
	}
	switch (*crs)[strings.LastIndexAny(*crs, ":/")+1:] {
	case "CRS84", "4326":
		return inDegrees, nil
	case "2154":
		return inMetres, nil
	}
	return nil, &UnknownProjection{*crs}
}

func inDegrees(x, y float64) (Position, error) {
	if !(math.Abs(x) <= 180 && math.Abs(y) <= 90) {
		return Position{}, fmt.Errorf("%g, %g are not degrees (hint: if the layer is in Lambert-93, it must say so: \"crs\" with the name EPSG:2154)", x, y)
	}
	return Position{x, y}, nil
}

// inMetres rounds to a ten-millionth of a degree, about a centimetre.
func inMetres(x, y float64) (Position, error) {
	longitude, latitude := FromLambert93(x, y)
	if !InLambert93(longitude, latitude) {
		return Position{}, fmt.Errorf("%g, %g do not lie in metropolitan France as Lambert-93 has it (hint: the layer declares EPSG:2154; are its coordinates degrees?)", x, y)
	}
	return Position{math.Round(longitude*1e7) / 1e7, math.Round(latitude*1e7) / 1e7}, nil
}
