package document

// ChartKind is what a chart shows.
type ChartKind uint8

// The kinds of chart.
const (
	LineChart    ChartKind = iota // Y over time or another running quantity; a NaN breaks the line
	DurationLine                  // load-duration curve: X in hours, Y falling
	BarChart                      // one group of bars per category
	StackedBars                   // the series of a category on top of each other
	ScatterChart                  // a cloud of points, X and Y both running quantities
)

// Chart is a chart as data: each format draws it with what it does best, a
// vector scene on a page, a native chart in a document or a spreadsheet.
type Chart struct {
	Caption string
	Alt     string // says in words what the chart shows, for who cannot see it
	Sheet   string // short name of the spreadsheet's tab with the data
	Kind    ChartKind
	X, Y    Axis
	// Categories name the bars of BarChart and StackedBars; for the line
	// kinds X values are in the series.
	Categories []string
	Series     []Series
	Simulated  bool // rests on simulated data; the mark is drawn into the chart
}

// Axis names an axis. Its range is chosen from the data and starts at zero
// unless Fit is set.
type Axis struct {
	Title string // with the unit in brackets, e.g. "Puissance (kW)"
	// Ticks overrides the positions and names of the ticks of a line chart's
	// X axis, e.g. hours of the day or months; nil chooses round numbers.
	Ticks []Tick
	Fit   bool // the range follows the data and may not contain zero (temperatures)
}

// Tick is a labelled position on an axis.
type Tick struct {
	At    float64
	Label string
}

// Series is one line, or one bar per category. X is empty for bars; NaN in
// Y is a gap.
type Series struct {
	Name string
	X, Y []float64
	Fill bool // shade the area down to zero (line kinds)
}
