package document

import "math"

// Looks of a map's signs.
const (
	areaFill   = "#f4f1ea"
	areaLine   = "#8d8674"
	courseLine = "#2a7a78"
	reachLine  = "#56606e"
	linkLine   = "#b5472f"
	halo       = "#ffffff"
)

// draw draws one shape in its layer's sign.
func (s *sheet) draw(sign Sign, shape MapShape) {
	switch sign {
	case SignArea:
		s.area(shape.Paths)
	case SignCourse:
		for _, line := range shape.Paths {
			s.trace(s.path(line), courseLine, 2.4, nil)
		}
	case SignReach:
		s.trace(s.circle(shape), reachLine, 1, []float64{3, 4})
	case SignLink:
		s.trace(s.path(shape.Paths[0]), linkLine, 1.6, []float64{7, 4})
	default:
		at := s.on(shape.at())
		s.symbol(sign, at)
		s.taken = append(s.taken, box{x: at.x - signSize, y: at.y - signSize, width: 2 * signSize, height: 2 * signSize})
	}
}

// area fills the outer ring, whitens the holes and draws all outlines.
func (s *sheet) area(rings [][]Metres) {
	for i, ring := range rings {
		fill := areaFill
		if i > 0 {
			fill = mapPaper
		}
		points := s.path(ring)
		s.add(polyline{points: points, fill: fill}, polyline{points: append(points, points[0]), stroke: areaLine, width: 0.9})
	}
}

// trace draws a line as far as it lies within the frame.
func (s *sheet) trace(points []point, colour string, width float64, dash []float64) {
	lines := [][]point{points}
	if dash != nil {
		lines = cutDashes(points, dash)
	}
	for _, line := range lines {
		for _, part := range s.clip(line) {
			s.add(polyline{points: part, stroke: colour, width: width})
		}
	}
}

// clip cuts a line at the frame.
func (s *sheet) clip(line []point) (parts [][]point) {
	var part []point
	for i := 1; i < len(line); i++ {
		a, b, seen := s.within(line[i-1], line[i])
		if !seen {
			continue
		}
		if len(part) == 0 || part[len(part)-1] != a {
			if len(part) > 1 {
				parts = append(parts, part)
			}
			part = []point{a}
		}
		part = append(part, b)
	}
	if len(part) > 1 {
		parts = append(parts, part)
	}
	return parts
}

// within is the part of the stroke from a to b that lies in the frame, by the
// method of Liang and Barsky.
func (s *sheet) within(a, b point) (point, point, bool) {
	from, to := 0.0, 1.0
	dx, dy := b.x-a.x, b.y-a.y
	for _, edge := range [][2]float64{{-dx, a.x - s.left}, {dx, s.right - a.x}, {-dy, a.y - s.top}, {dy, s.bottom - a.y}} {
		switch p, q := edge[0], edge[1]; {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			from = max(from, q/p)
		case p > 0:
			to = min(to, q/p)
		}
	}
	if from > to {
		return a, b, false
	}
	start, end := a, b
	if from > 0 {
		start = point{a.x + from*dx, a.y + from*dy}
	}
	if to < 1 {
		end = point{a.x + to*dx, a.y + to*dy}
	}
	return start, end, true
}

// circle is a circle of metres.
func (s *sheet) circle(shape MapShape) []point {
	return ring(s.on(shape.at()), shape.Radius*s.scale, 96)
}

// ring is a closed polygon of n corners.
func ring(at point, radius float64, n int) []point {
	points := make([]point, n+1)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		points[i] = point{at.x + radius*sin, at.y - radius*cos}
	}
	return points
}

// signSize is half the width of a sign.
const signSize = 6.0

// symbol draws a sign around a point of the scene.
func (s *sheet) symbol(sign Sign, at point) {
	square := func(half float64, fill string) box { return box{at.x - half, at.y - half, 2 * half, 2 * half, fill} }
	switch sign {
	case SignNetwork:
		s.add(square(signSize+1.2, halo), square(signSize, courseLine), square(signSize-2.2, halo))
	case SignSite:
		s.add(polyline{points: ring(at, signSize+1.2, 24), fill: halo}, polyline{points: ring(at, signSize, 24), fill: ink})
	case SignVague:
		s.add(polyline{points: ring(at, signSize+1.2, 24), fill: halo}, polyline{points: ring(at, signSize, 24), fill: ink}, polyline{points: ring(at, signSize-2, 24), fill: halo})
	}
}
