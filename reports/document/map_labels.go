package document

import "math"

// name writes a sign's label where it covers least of the others.
func (s *sheet) name(sign Sign, shape MapShape) {
	if shape.Label == "" || sign < SignNetwork {
		return
	}
	text, at := Typeset(s.lang, shape.Label), s.on(shape.at())
	width, height := textWidth(text, labelSize)*1.08+4, labelSize+2
	best, least := box{}, math.Inf(1)
	for _, side := range [][2]float64{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}} {
		centre := point{at.x + side[0]*(width/2+signSize+2), at.y + side[1]*(height/2+signSize+1)}
		b := box{x: centre.x - width/2, y: centre.y - height/2, width: width, height: height, fill: halo}
		if cost := s.cost(b); cost < least {
			best, least = b, cost
		}
	}
	s.taken = append(s.taken, best)
	s.add(best, label{at: point{best.x + 2, best.y + labelSize - 1}, text: text, size: labelSize, anchor: anchorStart, bold: true, colour: ink})
}

// cost is how much a label would cover, and how far it would leave the frame.
func (s *sheet) cost(b box) float64 {
	covered := 0.0
	for _, other := range s.taken {
		covered += overlap(b, other)
	}
	inside := overlap(b, box{x: s.left, y: s.top, width: s.right - s.left, height: s.bottom - s.top})
	return covered + 10*(b.width*b.height-inside)
}

// overlap is the area that two boxes share.
func overlap(a, b box) float64 {
	wide := min(a.x+a.width, b.x+b.width) - max(a.x, b.x)
	tall := min(a.y+a.height, b.y+b.height) - max(a.y, b.y)
	return max(0, wide) * max(0, tall)
}

// edge draws the frame.
func (s *sheet) edge() {
	s.add(polyline{points: []point{{s.left, s.top}, {s.right, s.top}, {s.right, s.bottom}, {s.left, s.bottom}, {s.left, s.top}}, stroke: grey, width: 1})
}

// tag writes a remark in the frame's lower right corner.
func (s *sheet) tag(x, y float64, text string) {
	width := textWidth(text, labelSize)*1.08 + 8
	s.add(box{x - width + 4, y - labelSize, width, labelSize + 5, halo},
		label{at: point{x, y}, text: text, size: labelSize, anchor: anchorEnd, bold: true, colour: warnInk})
}

// drawArrow draws where north is.
func (s *sheet) drawArrow() {
	x, y := s.right-20, s.top+14
	s.add(box{x - 13, y - 8, 26, 50, halo}, polyline{points: []point{{x, y - 4}, {x + 8, y + 20}, {x, y + 14}, {x - 8, y + 20}}, fill: ink},
		label{at: point{x, y + 36}, text: "N", size: 13, anchor: anchorMiddle, bold: true, colour: ink})
}

// drawScale draws a bar of a round number of kilometres.
func (s *sheet) drawScale() {
	length := roundStep((s.right - s.left) / 10 / s.scale)
	width := length * s.scale
	text := FormatNumber(s.lang, length, 0) + Nbsp + "m"
	if length >= 1000 {
		decimals := 0
		if math.Mod(length, 1000) != 0 {
			decimals = 1
		}
		text = FormatNumber(s.lang, length/1000, decimals) + Nbsp + "km"
	}
	x, y := s.left+12, s.bottom-12
	s.add(box{x - 6, y - 22, width + 12, 28, halo}, box{x, y - 4, width, 4, ink}, box{x + width/2, y - 3, width/2 - 1, 2, halo},
		label{at: point{x + width/2, y - 9}, text: text, size: labelSize, anchor: anchorMiddle, colour: ink})
}

// legend explains the signs that the map uses, in two columns, then names the
// source of the contours.
func (s *sheet) legend(m Map) {
	const columns = 2
	wide := chartWidth / columns
	x, y, n := 4.0, s.bottom+8, 0
	for _, l := range m.Layers {
		if l.Name == "" || len(l.Shapes) == 0 {
			continue
		}
		x, y = 4+wide*float64(n%columns), s.bottom+8+legendLine*float64(n/columns)
		s.key(l.Sign, x, y)
		for i, line := range wrapWords(Typeset(s.lang, l.Name), labelSize, wide-44) {
			s.add(label{at: point{x + 36, y + 15 + 14*float64(i)}, text: line, size: labelSize, anchor: anchorStart, colour: ink})
		}
		n++
	}
	s.height = y + legendLine + 14
	if m.Source != "" {
		for _, line := range wrapWords(Typeset(s.lang, m.Source), labelSize-1, chartWidth-8) {
			s.add(label{at: point{4, s.height + 4}, text: line, size: labelSize - 1, anchor: anchorStart, colour: grey})
			s.height += 14
		}
	}
}

// key draws a sample of a sign at the left of the legend's text.
func (s *sheet) key(sign Sign, x, y float64) {
	from, to := point{x + 2, y + 11}, point{x + 28, y + 11}
	switch sign {
	case SignArea:
		s.add(box{x + 2, y + 4, 26, 14, areaLine}, box{x + 3, y + 5, 24, 12, areaFill})
	case SignCourse:
		s.add(polyline{points: []point{from, to}, stroke: courseLine, width: 2.4})
	case SignReach, SignLink:
		colour, width, dash := reachLine, 1.0, []float64{3, 4}
		if sign == SignLink {
			colour, width, dash = linkLine, 1.6, []float64{7, 4}
		}
		for _, part := range cutDashes([]point{from, to}, dash) {
			s.add(polyline{points: part, stroke: colour, width: width})
		}
	default:
		s.symbol(sign, point{x + 15, y + 11})
	}
}
