package document

import "math"

// layoutBars draws grouped and stacked bars.
func (p *plot) layoutBars() {
	n := len(p.chart.Categories)
	if n == 0 {
		return
	}
	slot := (p.right - p.left) / float64(n)
	names, turned, height := p.categoryLabels(slot)
	p.bottom = chartHeight - p.xTitleHeight() - height - 8
	p.drawFrame()
	for i := range n {
		x := p.left + float64(i)*slot
		p.drawCategory(names[i], x+slot/2, turned)
		switch {
		case p.chart.unknownAt(i):
			p.add(label{at: point{x + slot/2, p.base() - 6}, text: LabelsOf(p.lang).Unknown, size: labelSize, anchor: anchorMiddle, colour: grey})
		case p.chart.Kind == StackedBars:
			p.drawStack(i, x+slot*0.2, slot*0.6)
		default:
			p.drawGroup(i, x+slot*0.15, slot*0.7)
		}
	}
	p.drawXTitle()
}

// unknownAt reports whether no series has a value for category i: the place
// then says so, since an empty one would read as zero.
func (c Chart) unknownAt(i int) bool {
	for _, s := range c.Series {
		if !math.IsNaN(s.Y[i]) {
			return false
		}
	}
	return true
}

// categoryLabels wraps the names to their slot; where a single word is
// wider, all are turned. It returns the height that they need.
func (p *plot) categoryLabels(slot float64) (names [][]string, turned bool, height float64) {
	lines, widest := 1, 0.0
	for _, c := range p.chart.Categories {
		wrapped := wrapWords(Typeset(p.lang, c), labelSize, slot-6)
		names = append(names, wrapped)
		lines = max(lines, len(wrapped))
		for _, line := range wrapped {
			widest = max(widest, textWidth(line, labelSize))
		}
	}
	if widest <= slot-2 {
		return names, false, float64(lines) * 15
	}
	longest := 0.0
	for i, c := range p.chart.Categories {
		names[i] = []string{Typeset(p.lang, c)}
		longest = max(longest, textWidth(names[i][0], labelSize))
	}
	return names, true, longest*math.Sin(turnedBy*math.Pi/180) + 14
}

// turnedBy is the angle of turned category names in degrees.
const turnedBy = 40.0

func (p *plot) drawCategory(lines []string, x float64, turned bool) {
	if turned {
		p.add(label{at: point{x + 4, p.bottom + 14}, text: lines[0], size: labelSize, anchor: anchorEnd, colour: grey, turn: -turnedBy})
		return
	}
	for i, line := range lines {
		p.add(label{at: point{x, p.bottom + 17 + 15*float64(i)}, text: line, size: labelSize, anchor: anchorMiddle, colour: grey})
	}
}

// drawGroup draws category i's bars side by side.
func (p *plot) drawGroup(i int, x, width float64) {
	bar := width / float64(len(p.chart.Series))
	for s, series := range p.chart.Series {
		if !math.IsNaN(series.Y[i]) {
			p.drawBar(x+float64(s)*bar, bar*0.92, 0, series.Y[i], lookOf(s).colour)
		}
	}
}

// drawStack draws category i's bars on top of each other.
func (p *plot) drawStack(i int, x, width float64) {
	from := 0.0
	for s, series := range p.chart.Series {
		if !math.IsNaN(series.Y[i]) {
			p.drawBar(x, width, from, from+series.Y[i], lookOf(s).colour)
			from += series.Y[i]
		}
	}
}

func (p *plot) drawBar(x, width, from, to float64, colour string) {
	a, b := p.y.place(from, p.bottom, p.top), p.y.place(to, p.bottom, p.top)
	p.add(box{x: x, y: min(a, b), width: width, height: math.Abs(a - b), fill: colour})
}
