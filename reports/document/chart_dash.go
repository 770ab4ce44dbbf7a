package document

import "math"

// stroke draws a line in a series' look. Dashes are cut here, into lines of
// their own, because the formats disagree on how they draw a dash pattern.
func (p *plot) stroke(points []point, look seriesLook) {
	if look.dash == nil {
		p.add(polyline{points: points, stroke: look.colour, width: 1.8})
		return
	}
	for _, dash := range cutDashes(points, look.dash) {
		p.add(polyline{points: dash, stroke: look.colour, width: 1.8})
	}
}

// cutDashes cuts a line into the strokes of a pattern of stroke and gap
// lengths.
func cutDashes(points []point, pattern []float64) [][]point {
	var dashes [][]point
	phase, left := 0, pattern[0]
	current := points[:1:1]
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		length := math.Hypot(to.x-from.x, to.y-from.y)
		for length > left {
			share := left / length
			from = point{from.x + share*(to.x-from.x), from.y + share*(to.y-from.y)}
			if phase%2 == 0 {
				dashes = append(dashes, append(current, from))
			}
			phase++
			length -= left
			current, left = []point{from}, pattern[phase%len(pattern)]
		}
		left -= length
		current = append(current, to)
	}
	if phase%2 == 0 && len(current) > 1 {
		dashes = append(dashes, current)
	}
	return dashes
}
