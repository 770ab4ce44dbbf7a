package gis

import (
	"math"
	"slices"
)

// Plane is where a map is drawn: Lambert-93 in metropolitan France, elsewhere
// the plane that touches the Earth in the midst of what is drawn.
type Plane struct {
	lambert bool
	middle  Position
}

// NewPlane chooses the plane for these positions.
func NewPlane(positions []Position) Plane {
	p := Plane{lambert: true}
	low, high := At(180, 90), At(-180, -90)
	for _, at := range positions {
		p.lambert = p.lambert && InLambert93(at.Longitude, at.Latitude)
		low = At(math.Min(low.Longitude, at.Longitude), math.Min(low.Latitude, at.Latitude))
		high = At(math.Max(high.Longitude, at.Longitude), math.Max(high.Latitude, at.Latitude))
	}
	p.middle = At((low.Longitude+high.Longitude)/2, (low.Latitude+high.Latitude)/2)
	return p
}

// Metres places a position, east and north.
func (p Plane) Metres(at Position) (east, north float64) {
	if p.lambert {
		return Lambert93(at.Longitude, at.Latitude)
	}
	return flat(p.middle, at)
}

// Centre is a position within the shape's largest area: the middle of its
// widest stretch at the height of its centre of gravity. false without areas.
func (s Shape) Centre() (Position, bool) {
	best, largest := Position{}, 0.0
	for _, area := range s.Areas {
		if len(area) == 0 || len(area[0]) < 3 {
			continue
		}
		if centre, size := area.gravity(); size > largest {
			best, largest = area.within(centre), size
		}
	}
	return best, largest > 0
}

// gravity is the centre of gravity and the size of the outer ring.
func (p Polygon) gravity() (centre Position, size float64) {
	ring, origin := p[0], p[0][0] // from a corner, so that no digits are lost
	var x, y float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		ax, ay := a.Longitude-origin.Longitude, a.Latitude-origin.Latitude
		bx, by := b.Longitude-origin.Longitude, b.Latitude-origin.Latitude
		cross := ax*by - bx*ay
		size += cross / 2
		x += (ax + bx) * cross / 6
		y += (ay + by) * cross / 6
	}
	if size == 0 {
		return origin, 0
	}
	return At(origin.Longitude+x/size, origin.Latitude+y/size), math.Abs(size)
}

// within moves a centre of gravity that lies outside, as that of a crescent
// does, to the middle of the widest stretch at its latitude.
func (p Polygon) within(centre Position) Position {
	var cuts []float64
	for _, ring := range p {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a.Latitude > centre.Latitude) != (b.Latitude > centre.Latitude) {
				cuts = append(cuts, a.Longitude+(centre.Latitude-a.Latitude)/(b.Latitude-a.Latitude)*(b.Longitude-a.Longitude))
			}
		}
	}
	slices.Sort(cuts)
	widest := 0.0
	for i := 0; i+1 < len(cuts); i += 2 {
		if centre.Longitude >= cuts[i] && centre.Longitude <= cuts[i+1] {
			return centre
		}
	}
	for i := 0; i+1 < len(cuts); i += 2 {
		if wide := cuts[i+1] - cuts[i]; wide > widest {
			widest, centre.Longitude = wide, (cuts[i]+cuts[i+1])/2
		}
	}
	return centre
}
