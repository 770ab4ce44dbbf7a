package document

import "math"

// Sizes of a map in a scene's units.
const (
	mapMargin  = 14.0
	mapLowest  = 260.0 // height of the map's frame
	mapHighest = 520.0
	mapPaper   = "#ffffff"
	legendLine = 21.0
)

// sheet is a map being laid out: metres become units of the scene.
type sheet struct {
	scene
	lang                     string
	left, top, right, bottom float64 // the frame
	west, north              float64 // of the frame's corner, m
	scale                    float64 // units a metre
	taken                    []box   // by signs and labels
}

// layout draws the map, its legend, scale and arrow into a scene.
func (m Map) layout(lang string) scene {
	s := m.frame(lang)
	s.add(box{s.left, s.top, s.right - s.left, s.bottom - s.top, mapPaper})
	for _, l := range m.Layers {
		for _, shape := range l.Shapes {
			s.draw(l.Sign, shape)
		}
	}
	for _, l := range m.Layers {
		for _, shape := range l.Shapes {
			s.name(l.Sign, shape)
		}
	}
	s.edge()
	s.drawArrow()
	s.drawScale()
	if m.Simulated {
		s.tag(s.right-8, s.bottom-9, LabelsOf(lang).simulatedData)
	}
	s.legend(m)
	return s.scene
}

// frame chooses the scale at which everything fits.
func (m Map) frame(lang string) *sheet {
	low, high := m.extent()
	wide, tall := high.East-low.East, high.North-low.North
	s := &sheet{lang: lang, left: 1, top: 1, right: chartWidth - 1, scene: scene{width: chartWidth}}
	room := s.right - s.left - 2*mapMargin
	s.scale = min(room/wide, (mapHighest-2*mapMargin)/tall)
	height := max(mapLowest, tall*s.scale+2*mapMargin)
	s.bottom = s.top + height
	s.west = (low.East+high.East)/2 - (s.right-s.left)/2/s.scale
	s.north = (low.North+high.North)/2 + height/2/s.scale
	return s
}

// leastSpan is the narrowest map, m: one site alone still shows where it is.
const leastSpan = 3000.0

// extent is what the map must show: areas and signs. Circles count where no
// area says what the territory is; courses may run out of the frame.
func (m Map) extent() (low, high Metres) {
	low, high = Metres{math.Inf(1), math.Inf(1)}, Metres{math.Inf(-1), math.Inf(-1)}
	areas := false
	grow := func(p Metres, by float64) {
		low = Metres{math.Min(low.East, p.East-by), math.Min(low.North, p.North-by)}
		high = Metres{math.Max(high.East, p.East+by), math.Max(high.North, p.North+by)}
	}
	for _, l := range m.Layers {
		for _, shape := range l.Shapes {
			switch {
			case l.Sign == SignArea:
				areas = true
				for _, p := range shape.Paths[0] {
					grow(p, 0)
				}
			case l.Sign == SignReach && !areas:
				grow(shape.at(), shape.Radius)
			case l.Sign != SignCourse && l.Sign != SignReach:
				grow(shape.at(), 0)
			}
		}
	}
	if math.IsInf(low.East, 0) {
		return Metres{0, 0}, Metres{leastSpan, leastSpan}
	}
	widen := func(a, b *float64) {
		if lack := leastSpan - (*b - *a); lack > 0 {
			*a, *b = *a-lack/2, *b+lack/2
		}
	}
	widen(&low.East, &high.East)
	widen(&low.North, &high.North)
	return low, high
}

// on is where a position lies in the scene.
func (s *sheet) on(p Metres) point {
	return point{s.left + (p.East-s.west)*s.scale, s.top + (s.north-p.North)*s.scale}
}

// path turns positions into points. Those closer together than the eye tells
// apart are one: contours come with every bend of a brook.
func (s *sheet) path(positions []Metres) []point {
	const apart = 0.5
	var points []point
	for i, p := range positions {
		at := s.on(p)
		if n := len(points); n > 0 && i < len(positions)-1 && math.Hypot(at.x-points[n-1].x, at.y-points[n-1].y) < apart {
			continue
		}
		points = append(points, at)
	}
	return points
}
