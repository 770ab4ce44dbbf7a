package reports

import (
	"math"
	"strconv"
	"strings"

	"thermie/heat"
	"thermie/reports/document"
)

// step is how the figures of one column are printed: their unit, how much of
// it one SI unit is, and to how many decimals they are rounded. Rounding
// happens here, once, and nowhere else.
type step struct {
	unit     string
	si       float64 // the unit in SI
	decimals int
}

// The steps of the tables. MWh and GWh of one figure show the same digits.
var (
	inMWh      = step{"MWh", 3.6e9, 0}
	inGWh      = step{"GWh", 3.6e12, 3}
	inKWhOfDay = step{"kWh", 3.6e6, 2} // periods below a month
	inKWh      = step{"kWh", 3.6e6, 0}
	inRatio    = step{"", 1, 4}
	inCOP      = step{"", 1, 2}
	inPoints   = step{"%", 0.01, 2}
	inKm       = step{"km", 1e3, 2}
)

// round returns v, given in SI, in the step's unit and to its decimals.
func (s step) round(v float64) float64 { return roundTo(v/s.si, s.decimals) }

// roundU rounds an uncertainty likewise, but never down to nothing: what is
// uncertain by less than half a step is uncertain by one.
func (s step) roundU(v float64) float64 {
	u := s.round(v)
	if u == 0 && v > 0 {
		return math.Pow10(-s.decimals)
	}
	return u
}

// roundTo rounds half away from zero. Through the decimal form, so that the
// result is the float closest to what is printed.
func roundTo(v float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	f, err := strconv.ParseFloat(strconv.FormatFloat(math.Round(v*scale)/scale, 'f', decimals, 64), 64)
	if err != nil {
		return v
	}
	return f
}

// grid makes the figures of one printed table.
type grid struct {
	report, area, period string
	name                 string
}

// figure rounds q for the cell (row, column). The column is the figure's key
// in machine-readable files as well. U is the expanded uncertainty (k=2).
func (g grid) figure(row, column string, q heat.Quantity, s step) document.Figure {
	f := g.plain(row, column, q.Value, s)
	f.U, f.Coverage, f.Method, f.Simulated = s.roundU(2*q.U), q.Coverage, q.Method, q.Simulated
	f.Unbudgeted = q.U == 0 && q.Value != 0
	if !q.Known || math.IsNaN(q.Value) {
		return g.unknown(row, column, s)
	}
	return f
}

// plain makes a figure that states no uncertainty: a count, a declared value.
func (g grid) plain(row, column string, si float64, s step) document.Figure {
	if math.IsNaN(si) {
		return g.unknown(row, column, s)
	}
	return document.Figure{Code: g.place(row, column).code(), Key: column, Value: s.round(si),
		Decimals: s.decimals, Unit: s.unit, Coverage: 1}
}

// unknown makes the figure of a number that nobody has.
func (g grid) unknown(row, column string, s step) document.Figure {
	return document.Figure{Code: g.place(row, column).code(), Key: column, Decimals: s.decimals, Unit: s.unit, Mark: document.Unknown}
}

// total adds the printed rows of different sites: the sum of what stands
// above it, digit for digit. Their meters err independently, so their
// uncertainties add in quadrature (method U5). Rows that are not known are
// left out, and without any known row neither is the total. Coverage is the
// mean, weighted by the values.
func (g grid) total(column string, s step, rows []document.Figure) document.Figure {
	sum := g.unknown("total", column, s)
	weighted := 0.0
	var methods []string
	for _, f := range rows {
		if f.Mark != document.Known {
			continue
		}
		sum.Mark = document.Known
		sum.Value += f.Value
		sum.U = math.Hypot(sum.U, f.U)
		weighted += f.Coverage * f.Value
		sum.Simulated = sum.Simulated || f.Simulated
		sum.Unbudgeted = sum.Unbudgeted || f.Unbudgeted
		methods = append(methods, strings.Split(f.Method, ", ")...)
	}
	if sum.Mark != document.Known {
		return sum
	}
	sum.Value, sum.U = roundTo(sum.Value, s.decimals), roundTo(sum.U, s.decimals)
	sum.Coverage = 1
	if sum.Value != 0 {
		sum.Coverage = min(1, weighted/sum.Value)
	}
	sum.Method = joinMethods(methods)
	return sum
}

// joinMethods lists method ids once each, in order.
func joinMethods(ids []string) string {
	set := map[string]bool{}
	for _, id := range ids {
		if id != "" {
			set[id] = true
		}
	}
	return strings.Join(sortedKeys(set), ", ")
}

func (g grid) place(row, column string) place {
	return place{g.report, g.area, g.period, g.name, row, column}
}
