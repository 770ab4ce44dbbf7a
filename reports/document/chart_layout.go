package document

// Sizes of a chart in points; the width is that of the text on A4.
const (
	chartWidth  = 680.0
	chartHeight = 330.0
	labelSize   = 12.0
	nameSize    = 12.5
)

// plot is a chart being laid out: the scene, and the rectangle and ranges
// that the data are drawn into.
type plot struct {
	scene
	chart                    Chart
	lang                     string
	left, top, right, bottom float64
	x, y                     span
}

// layout draws the chart into a scene. All room is reserved from the labels'
// measured widths, so that no text is cut.
func (c Chart) layout(lang string) scene {
	p := &plot{chart: c, lang: lang, scene: scene{width: chartWidth, height: chartHeight}}
	low, high := c.yExtent()
	p.y = spanOf(low, high, c.fits(), 5)
	p.top = p.drawHead() + 12
	p.left = p.yLabelWidth() + 12
	p.right = chartWidth - 22
	if c.bars() {
		p.layoutBars()
	} else {
		p.layoutLines()
	}
	return p.scene
}

// fits reports whether the Y range may leave out zero: never with bars, whose
// length is what is read.
func (c Chart) fits() bool { return c.Y.Fit && !c.bars() }

func (c Chart) bars() bool { return c.Kind == BarChart || c.Kind == StackedBars }

// drawHead draws the Y axis title, the mark of simulated data and the
// legend, and returns the height that they take.
func (p *plot) drawHead() float64 {
	y := 16.0
	p.add(label{at: point{4, y}, text: Typeset(p.lang, p.chart.Y.Title), size: nameSize, anchor: anchorStart, bold: true, colour: ink})
	if p.chart.Simulated {
		p.add(label{at: point{chartWidth - 4, y}, text: LabelsOf(p.lang).simulatedData, size: labelSize, anchor: anchorEnd, bold: true, colour: warnInk})
	}
	if len(p.chart.Series) < 2 {
		return y
	}
	x := 4.0
	y += 21
	for i, s := range p.chart.Series {
		name := Typeset(p.lang, s.Name)
		width := 34 + textWidth(name, labelSize)
		if x > 4 && x+width > chartWidth {
			x, y = 4, y+18
		}
		p.drawKey(x, y, i)
		p.add(label{at: point{x + 30, y}, text: name, size: labelSize, anchor: anchorStart, colour: ink})
		x += width + 18
	}
	return y
}

// drawKey draws the sample of series i in the legend.
func (p *plot) drawKey(x, y float64, i int) {
	look := lookOf(i)
	if p.chart.bars() {
		p.add(box{x: x + 8, y: y - 10, width: 14, height: 11, fill: look.colour})
		return
	}
	if p.chart.Kind == ScatterChart {
		p.dot(point{x + 15, y - 4}, look.colour)
		return
	}
	p.stroke([]point{{x, y - 4}, {x + 24, y - 4}}, look)
}

func (p *plot) yLabelWidth() float64 {
	widest := 0.0
	for _, t := range p.y.ticks(p.lang) {
		widest = max(widest, textWidth(t.Label, labelSize))
	}
	return widest
}

// drawFrame draws the grid, the Y labels and the base line.
func (p *plot) drawFrame() {
	for _, t := range p.y.ticks(p.lang) {
		y := p.y.place(t.At, p.bottom, p.top)
		p.line(point{p.left, y}, point{p.right, y}, gridColour, 1)
		p.add(label{at: point{p.left - 7, y + 4}, text: t.Label, size: labelSize, anchor: anchorEnd, colour: grey})
	}
	base := p.base()
	p.line(point{p.left, base}, point{p.right, base}, grey, 1.2)
}

// base returns the height of the X axis: zero where the range holds it.
func (p *plot) base() float64 {
	if p.y.low <= 0 && p.y.high >= 0 {
		return p.y.place(0, p.bottom, p.top)
	}
	return p.bottom
}

// drawXTitle writes the X axis title at the bottom.
func (p *plot) drawXTitle() {
	if p.chart.X.Title != "" {
		p.add(label{at: point{(p.left + p.right) / 2, chartHeight - 7}, text: Typeset(p.lang, p.chart.X.Title),
			size: nameSize, anchor: anchorMiddle, bold: true, colour: ink})
	}
}

// xTitleHeight is the room that the X axis title takes at the bottom.
func (p *plot) xTitleHeight() float64 {
	if p.chart.X.Title == "" {
		return 6
	}
	return 26
}
