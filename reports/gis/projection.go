package gis

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// UnknownProjection is the error of a layer in a projection that is neither
// WGS 84 nor Lambert-93: refused rather than guessed.
type UnknownProjection struct{ Name string }

func (e *UnknownProjection) Error() string {
	return fmt.Sprintf("the projection %q is not known here (hint: export the layer in WGS 84, EPSG:4326, or in Lambert-93, EPSG:2154)", e.Name)
}

// projection turns what a file calls x and y into a position.
type projection func(x, y float64) (Position, *Fault)

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

// pair are coordinates as the file has them.
func pair(x, y float64) string {
	return strconv.FormatFloat(x, 'f', -1, 64) + ", " + strconv.FormatFloat(y, 'f', -1, 64)
}

func inDegrees(x, y float64) (Position, *Fault) {
	if !(math.Abs(x) <= 180 && math.Abs(y) <= 90) {
		return Position{}, &Fault{Kind: NotDegrees, What: pair(x, y)}
	}
	return Position{x, y}, nil
}

// inMetres rounds to a ten-millionth of a degree, about a centimetre.
func inMetres(x, y float64) (Position, *Fault) {
	longitude, latitude := FromLambert93(x, y)
	if !InLambert93(longitude, latitude) {
		return Position{}, &Fault{Kind: NotMetres, What: pair(x, y)}
	}
	return Position{math.Round(longitude*1e7) / 1e7, math.Round(latitude*1e7) / 1e7}, nil
}
