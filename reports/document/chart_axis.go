package document

import (
	"math"
	"slices"
)

// span is the range of an axis with its step between ticks.
type span struct{ low, high, step float64 }

// spanOf chooses a range with round ends for values between low and high
// with about n ticks.
func spanOf(low, high float64, fit bool, n int) span {
	if !fit {
		low, high = math.Min(low, 0), math.Max(high, 0)
	}
	if high <= low {
		high = low + 1
	}
	step := roundStep((high - low) / float64(n))
	return span{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step, step: step}
}

// roundStep returns the smallest of 1, 2, 2.5, 5 times a power of ten that
// is not below raw.
func roundStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, factor := range [...]float64{1, 2, 2.5, 5} {
		if factor*power >= raw*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
}

// decimals returns how many decimals tell the ticks apart.
func (s span) decimals() int {
	n := 0
	for scaled := s.step; n < 6 && math.Abs(scaled-math.Round(scaled)) > 1e-9*scaled; scaled *= 10 {
		n++
	}
	return n
}

// ticks returns the labelled positions of the span.
func (s span) ticks(lang string) []Tick {
	decimals := s.decimals()
	var ticks []Tick
	for i := range int(math.Round((s.high-s.low)/s.step)) + 1 {
		at := s.low + float64(i)*s.step
		ticks = append(ticks, Tick{At: at, Label: FormatNumber(lang, at, decimals)})
	}
	return ticks
}

// place maps a value of the span to a position between from and to.
func (s span) place(v, from, to float64) float64 {
	return from + (v-s.low)/(s.high-s.low)*(to-from)
}

// extent returns the least and greatest finite values of several series; ok
// is false where there is none.
func extent(columns ...[]float64) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, column := range columns {
		for _, v := range column {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				low, high, ok = math.Min(low, v), math.Max(high, v), true
			}
		}
	}
	return low, high, ok
}

// yExtent returns the extent that the Y axis must hold.
func (c Chart) yExtent() (low, high float64) {
	columns := make([][]float64, 0, len(c.Series))
	for _, s := range c.Series {
		columns = append(columns, s.Y)
	}
	if c.Kind == StackedBars {
		columns = c.stacks()
	}
	low, high, ok := extent(columns...)
	if !ok {
		return 0, 1
	}
	return low, high
}

// stacks returns the heights to which the stacks rise, series by series;
// gaps add nothing.
func (c Chart) stacks() [][]float64 {
	var heights [][]float64
	height := make([]float64, len(c.Categories))
	for _, s := range c.Series {
		for i, v := range s.Y {
			if !math.IsNaN(v) {
				height[i] += v
			}
		}
		heights = append(heights, slices.Clone(height))
	}
	return heights
}

// xExtent returns the extent of a line chart's X values.
func (c Chart) xExtent() (low, high float64) {
	columns := make([][]float64, 0, len(c.Series))
	for _, s := range c.Series {
		columns = append(columns, s.X)
	}
	low, high, ok := extent(columns...)
	if !ok || low == high {
		return 0, 1
	}
	return low, high
}

// xStep returns the step between the named ticks of a line chart where they
// are even; 0 else.
func (c Chart) xStep() float64 {
	ticks := c.X.Ticks
	if len(ticks) < 2 {
		return 0
	}
	step := ticks[1].At - ticks[0].At
	for i := 2; i < len(ticks); i++ {
		if math.Abs(ticks[i].At-ticks[i-1].At-step) > 1e-9*step {
			return 0
		}
	}
	return step
}
