package document

import "math"

// dotSize is the side of a point of a cloud. It is also the mesh by which
// points are told apart: a year of hours that fall on one spot is one point.
const dotSize = 2.5

// drawCloud draws a series as points. What lies on a spot that is taken is
// not drawn again.
func (p *plot) drawCloud(s Series, colour string) {
	taken := map[point]bool{}
	for i := range s.Y {
		if math.IsNaN(s.X[i]) || math.IsNaN(s.Y[i]) {
			continue
		}
		at := point{p.x.place(s.X[i], p.left, p.right), p.y.place(s.Y[i], p.bottom, p.top)}
		spot := point{math.Floor(at.x / dotSize), math.Floor(at.y / dotSize)}
		if !taken[spot] {
			taken[spot] = true
			p.dot(at, colour)
		}
	}
}

// dot draws one point of a cloud.
func (p *plot) dot(at point, colour string) {
	p.add(box{x: at.x - dotSize/2, y: at.y - dotSize/2, width: dotSize, height: dotSize, fill: colour})
}
