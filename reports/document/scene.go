package document

// scene is a drawing as a list of shapes in points, y downwards. A chart is
// laid out once into a scene; a format that draws pages itself walks it.
type scene struct {
	width, height float64
	shapes        []shape
}

type shape interface{ shape() }

type point struct{ x, y float64 }

// polyline is an open line, or a filled area when fill is set.
type polyline struct {
	points []point
	stroke string // "#rrggbb", empty for none
	width  float64
	fill   string
}

// box is a filled rectangle.
type box struct {
	x, y, width, height float64
	fill                string
}

// anchor says which point of a label sits at its position.
type anchor string

const (
	anchorStart  anchor = "start"
	anchorMiddle anchor = "middle"
	anchorEnd    anchor = "end"
)

// label is one line of text; y is its baseline.
type label struct {
	at     point
	text   string
	size   float64
	anchor anchor
	bold   bool
	colour string
	turn   float64 // degrees, clockwise
}

func (polyline) shape() {}
func (box) shape()      {}
func (label) shape()    {}

func (s *scene) add(items ...shape) { s.shapes = append(s.shapes, items...) }

func (s *scene) line(from, to point, stroke string, width float64) {
	s.add(polyline{points: []point{from, to}, stroke: stroke, width: width})
}

// Colours of documents and charts: one ink, one accent, greys. All text
// colours keep a contrast of at least 4.5:1 on white and on the tint.
const (
	ink        = "#1a2433" // text
	navy       = "#1f3a5f" // headings, rules
	grey       = "#56606e" // secondary text
	gridColour = "#dde2e8"
	tint       = "#f1f4f8" // backgrounds of table heads and notes
	inputTint  = "#fff8dc" // background of what a reader may change
	warnInk    = "#8a3b12"
	warnTint   = "#fdf3ec"
)

// seriesLook tells series apart by colour and by dash, so that a chart reads
// in black and white and for colour-blind readers too. The wash shades the
// area under a line.
type seriesLook struct {
	colour, wash string
	dash         []float64 // lengths of strokes and gaps in turn; nil for a whole line
}

var seriesLooks = [...]seriesLook{
	{"#1f4e79", "#e4eaf0", nil}, {"#b5472f", "#f6e9e6", []float64{7, 3}}, {"#2a7a78", "#e5efef", []float64{2, 2.5}},
	{"#8c6200", "#f1ece0", []float64{9, 3, 2, 3}}, {"#6b4c9a", "#ede9f3", []float64{4, 2}}, {"#56606e", "#eaebed", []float64{1.5, 3}},
}

func lookOf(i int) seriesLook { return seriesLooks[i%len(seriesLooks)] }
