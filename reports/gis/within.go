package gis

import "math"

// Contains reports whether a position lies in one of the shape's areas, and
// in none of its holes. See Border for a position that lies on the edge.
func (s Shape) Contains(p Position) bool {
	for _, area := range s.Areas {
		inside := false
		for _, ring := range area {
			if ringHolds(ring, p) {
				inside = !inside
			}
		}
		if inside {
			return true
		}
	}
	return false
}

// ringHolds counts the edges that a ray to the east crosses.
func ringHolds(ring []Position, p Position) bool {
	odd := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.Latitude > p.Latitude) != (b.Latitude > p.Latitude) &&
			p.Longitude < a.Longitude+(p.Latitude-a.Latitude)/(b.Latitude-a.Latitude)*(b.Longitude-a.Longitude) {
			odd = !odd
		}
	}
	return odd
}

// Border is the distance from a position to the nearest edge of the shape's
// areas and lines, in metres; +Inf without any.
func (s Shape) Border(p Position) float64 {
	nearest := math.Inf(1)
	along := func(line []Position) {
		for i := 1; i < len(line); i++ {
			nearest = math.Min(nearest, toEdge(p, line[i-1], line[i]))
		}
	}
	for _, area := range s.Areas {
		for _, ring := range area {
			along(ring)
		}
	}
	for _, line := range s.Lines {
		along(line)
	}
	return nearest
}

// metresPerDegree is a degree of a meridian, on the mean sphere.
const metresPerDegree = 6_371_008.8 * degree

// flat places q on the plane that touches the Earth at p: metres east and
// north of p. It serves for some tens of kilometres.
func flat(p, q Position) (east, north float64) {
	return (q.Longitude - p.Longitude) * metresPerDegree * math.Cos(p.Latitude*degree), (q.Latitude - p.Latitude) * metresPerDegree
}

// toEdge is the distance from p to the edge from a to b, in metres.
func toEdge(p, a, b Position) float64 {
	ax, ay := flat(p, a)
	bx, by := flat(p, b)
	dx, dy := bx-ax, by-ay
	along := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		along = math.Min(1, math.Max(0, -(ax*dx+ay*dy)/length))
	}
	return math.Hypot(ax+along*dx, ay+along*dy)
}
