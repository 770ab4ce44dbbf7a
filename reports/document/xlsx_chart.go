package document

import (
	"math"
	"slices"
)

// dataColumn is a column of a chart's data: names or numbers, with the part
// that it plays in the chart.
type dataColumn struct {
	head   string
	names  []string
	values []float64 // NaN is a gap and leaves the cell empty
	format string
	width  float64
	x      int // index of the column with the positions; -1 in that column
}

type dataColumns []dataColumn

// dataColumns returns a chart's data. Series that share their positions
// share the column that holds them.
func (c Chart) dataColumns(lang string) dataColumns {
	low, high := c.yExtent()
	yFormat := numberFormat(lang, magnitudeDecimals(max(math.Abs(low), math.Abs(high))), "")
	var columns dataColumns
	if c.bars() {
		columns = append(columns, dataColumn{head: Typeset(lang, c.X.Title), names: c.Categories, width: 24, x: -1})
	}
	for i, s := range c.Series {
		shared := i > 0 && slices.Equal(s.X, c.Series[i-1].X)
		if !c.bars() && !shared {
			columns = append(columns, dataColumn{head: Typeset(lang, c.X.Title), values: s.X, format: c.xFormat(lang), width: 14, x: -1})
		}
		x := len(columns) - 1
		for columns[x].x >= 0 {
			x = columns[x].x
		}
		columns = append(columns, dataColumn{head: Typeset(lang, s.Name), values: s.Y, format: yFormat, width: 20, x: x})
	}
	return columns
}

// xFormat shows positions as whole numbers where they are.
func (c Chart) xFormat(lang string) string {
	for _, s := range c.Series {
		for _, x := range s.X {
			if x != math.Trunc(x) {
				return numberFormat(lang, 3, "")
			}
		}
	}
	return numberFormat(lang, 0, "")
}

func (c dataColumns) length() int {
	longest := 0
	for _, column := range c {
		longest = max(longest, len(column.names), len(column.values))
	}
	return longest
}

// cell returns the cell of a row; row -1 is the head.
func (c dataColumn) cell(row int) gridCell {
	switch {
	case row < 0:
		return gridCell{text: c.head, style: gridStyle{look: lookHead, align: AlignRight}}
	case row < len(c.names):
		return gridCell{text: c.names[row]}
	case row < len(c.values) && !math.IsNaN(c.values[row]):
		return gridCell{number: c.values[row], numeric: true, style: gridStyle{format: c.format, align: AlignRight}}
	}
	return gridCell{}
}

// series returns the ranges from which the chart is drawn. head is the
// number of the row with the heads.
func (c dataColumns) series(sheet string, head int) []gridSeries {
	prefix := quoteSheet(sheet) + "!"
	span := func(column int) string {
		n := max(len(c[column].names), len(c[column].values))
		return prefix + absolute(column, head) + ":" + absolute(column, head+n-1)
	}
	var all []gridSeries
	for i, column := range c {
		if column.x >= 0 {
			all = append(all, gridSeries{name: prefix + absolute(i, head-1), x: span(column.x), y: span(i)})
		}
	}
	return all
}

// absolute returns a cell's name with both parts fixed.
func absolute(column, row int) string {
	name := cellName(column, row)
	letters := len(name)
	for i, r := range name {
		if r <= '9' {
			letters = i
			break
		}
	}
	return "$" + name[:letters] + "$" + name[letters:]
}
