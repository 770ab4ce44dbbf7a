package gis

import "fmt"

// Fault is what is wrong with a layer that somebody gave. Error says it to
// who runs the program; a report says it in the words of its language.
type Fault struct {
	Kind    FaultKind
	Feature int    // the feature in question, counted from 1; 0: the whole layer
	What    string // what stands there: a type, coordinates
	cause   error
}

// FaultKind is a kind of fault, and the key of the words that tell it.
type FaultKind string

// The kinds.
const (
	TooLarge   FaultKind = "too_large"
	NotGeoJSON FaultKind = "not_geojson"
	NothingIn  FaultKind = "nothing"
	WrongType  FaultKind = "type"
	TooDeep    FaultKind = "depth"
	NotLists   FaultKind = "lists"
	NotTwo     FaultKind = "position"
	ShortRing  FaultKind = "ring"
	NotDegrees FaultKind = "degrees"
	NotMetres  FaultKind = "metres"
)

// FaultKinds are all kinds.
var FaultKinds = []FaultKind{TooLarge, NotGeoJSON, NothingIn, WrongType, TooDeep, NotLists, NotTwo, ShortRing, NotDegrees, NotMetres}

// said is each fault in English; %s stands for what is there.
var said = map[FaultKind]string{
	TooLarge:   "the layer is larger than %s MB (hint: keep the territory's own contours)",
	NotGeoJSON: "not GeoJSON",
	NothingIn:  "the layer holds no feature with a geometry",
	WrongType:  "%s is no type of geometry",
	TooDeep:    "geometry collections within geometry collections",
	NotLists:   "coordinates are not lists of numbers",
	NotTwo:     "a position is not two numbers",
	ShortRing:  "a ring of less than three corners",
	NotDegrees: `%s are not degrees (hint: if the layer is in Lambert-93, it must say so: "crs" with the name EPSG:2154)`,
	NotMetres:  "%s do not lie in metropolitan France as Lambert-93 has it (hint: the layer declares EPSG:2154; are its coordinates degrees?)",
}

// Error implements error.
func (f *Fault) Error() string {
	text := said[f.Kind]
	if f.What != "" {
		text = fmt.Sprintf(text, f.What)
	}
	if f.Feature > 0 {
		text = fmt.Sprintf("feature %d: %s", f.Feature, text)
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return text
}

// Unwrap returns what the decoder said.
func (f *Fault) Unwrap() error { return f.cause }
