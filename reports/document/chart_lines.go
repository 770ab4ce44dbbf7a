package document

import "math"

// layoutLines draws line charts and duration curves.
func (p *plot) layoutLines() {
	ticks := p.xTicks()
	p.bottom = chartHeight - p.xTitleHeight() - 22
	if n := len(ticks); n > 0 {
		last := ticks[n-1]
		overhang := p.x.place(last.At, p.left, p.right) + textWidth(last.Label, labelSize)/2 - (chartWidth - 4)
		p.right -= max(0, overhang)
	}
	p.drawAreas()
	p.drawFrame()
	for i, t := range ticks {
		x := p.x.place(t.At, p.left, p.right)
		p.line(point{x, p.bottom}, point{x, p.bottom + 5}, grey, 1)
		if i == 0 || p.roomFor(ticks, i) {
			p.add(label{at: point{x, p.bottom + 19}, text: Typeset(p.lang, t.Label), size: labelSize, anchor: anchorMiddle, colour: grey})
		}
	}
	p.drawXTitle()
	for i, s := range p.chart.Series {
		if p.chart.Kind == ScatterChart {
			p.drawCloud(s, lookOf(i).colour)
			continue
		}
		for _, part := range unbroken(s) {
			p.stroke(thin(p.points(part)), lookOf(i))
		}
	}
}

// drawAreas shades the areas of filled series; the grid is drawn over them.
func (p *plot) drawAreas() {
	for i, s := range p.chart.Series {
		if !s.Fill {
			continue
		}
		for _, part := range unbroken(s) {
			points := thin(p.points(part))
			area := append([]point{{points[0].x, p.base()}}, points...)
			area = append(area, point{points[len(points)-1].x, p.base()})
			p.add(polyline{points: area, fill: lookOf(i).wash})
		}
	}
}

// xTicks sets the X range and returns its ticks.
func (p *plot) xTicks() []Tick {
	low, high := p.chart.xExtent()
	if named := p.chart.X.Ticks; len(named) > 0 {
		p.x = span{low: math.Min(low, named[0].At), high: math.Max(high, named[len(named)-1].At), step: 1}
		return named
	}
	p.x = spanOf(low, high, p.chart.X.Fit, 9)
	ticks := p.x.ticks(p.lang)
	if p.chart.Kind == DurationLine {
		p.x.high = high // the curve ends with the period, 8760 h, not at a round number
		for len(ticks) > 0 && ticks[len(ticks)-1].At > high {
			ticks = ticks[:len(ticks)-1]
		}
	}
	return ticks
}

// roomFor reports whether tick i's label keeps clear of the one before.
func (p *plot) roomFor(ticks []Tick, i int) bool {
	gap := p.x.place(ticks[i].At, p.left, p.right) - p.x.place(ticks[i-1].At, p.left, p.right)
	return gap > (textWidth(ticks[i].Label, labelSize)+textWidth(ticks[i-1].Label, labelSize))/2+4
}

// points maps a series without gaps onto the drawing. A value alone between
// two gaps gets a short stroke, so that it is seen at all.
func (p *plot) points(part Series) []point {
	points := make([]point, len(part.X))
	for i := range part.X {
		points[i] = point{p.x.place(part.X[i], p.left, p.right), p.y.place(part.Y[i], p.bottom, p.top)}
	}
	if len(points) == 1 {
		points = append(points, point{points[0].x + 1.5, points[0].y})
	}
	return points
}

// unbroken splits a series at its gaps.
func unbroken(s Series) []Series {
	var parts []Series
	start := 0
	for i := 0; i <= len(s.Y); i++ {
		if i < len(s.Y) && !math.IsNaN(s.Y[i]) {
			continue
		}
		if i > start {
			parts = append(parts, Series{X: s.X[start:i], Y: s.Y[start:i]})
		}
		start = i + 1
	}
	return parts
}

// thin keeps, of the points that share one unit of width, the first, the
// highest, the lowest and the last: the drawing is the same, and a year of
// hours does not weigh a megabyte.
func thin(points []point) []point {
	if len(points) <= 2*chartWidth {
		return points
	}
	var kept []point
	for start := 0; start < len(points); {
		end, high, low := start, start, start
		for end < len(points) && math.Floor(points[end].x) == math.Floor(points[start].x) {
			if points[end].y < points[high].y {
				high = end
			}
			if points[end].y > points[low].y {
				low = end
			}
			end++
		}
		first, second := min(high, low), max(high, low)
		previous := -1
		for _, i := range [...]int{start, first, second, end - 1} {
			if i > previous {
				kept = append(kept, points[i])
				previous = i
			}
		}
		start = end
	}
	return kept
}
