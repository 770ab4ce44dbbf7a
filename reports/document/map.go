package document

import "fmt"

// Map is a map as data: signs on a plane. What stands for what is told by
// form and by dash as well as by colour, so that it reads in greyscale.
type Map struct {
	Caption string
	Alt     string // says in words what the map shows, for who cannot see it
	// Layers are drawn in this order; each has its entry in the legend.
	Layers    []MapLayer
	Source    string // of the contours, printed under the map; may be empty
	Simulated bool   // rests on simulated data; the mark is drawn into the map
}

func (Map) block() {}

// MapLayer is all that bears one sign.
type MapLayer struct {
	Name   string // in the legend
	Sign   Sign
	Shapes []MapShape
}

// Sign is how a layer is drawn.
type Sign uint8

// The signs.
const (
	SignArea    Sign = iota // a commune: outline on a tint
	SignCourse              // a network's pipes
	SignReach               // a circle: how far a network looks for heat
	SignLink                // a connection: a dashed line
	SignNetwork             // a square
	SignSite                // a disc
	SignVague               // a ring: somewhere in this commune
)

// MapShape is one thing on a map. Areas are rings, the outer one first;
// courses and links are lines; the other signs stand at the first position.
type MapShape struct {
	Label  string
	Paths  [][]Metres
	Radius float64 // of a circle, m
}

// Metres is a position on the map's plane.
type Metres struct{ East, North float64 }

// at is the position of a sign.
func (s MapShape) at() Metres { return s.Paths[0][0] }

func (m Map) check() []error {
	var faults []error
	if m.Caption == "" || m.Alt == "" {
		faults = append(faults, fmt.Errorf("map %q: caption and text alternative are both needed", m.Caption))
	}
	for _, l := range m.Layers {
		for _, s := range l.Shapes {
			if len(s.Paths) == 0 || len(s.Paths[0]) == 0 {
				faults = append(faults, fmt.Errorf("map %q: a shape of %q lies nowhere", m.Caption, l.Name))
			}
		}
	}
	return faults
}
