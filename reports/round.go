package reports

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"thermie/heat"
	"thermie/reports/document"
)

// Step is how the figures of one column are printed: their unit, how much of
// it one SI unit is, and to how many decimals they are rounded. Rounding
// happens here, once, and nowhere else.
type Step struct {
	Unit     string
	SI       float64 // the unit in SI
	Decimals int
}

// In makes the Step of a unit, of which one is si in SI.
func In(unit string, si float64, decimals int) Step { return Step{unit, si, decimals} }

// The steps of the tables. MWh and GWh of one figure show the same digits.
var (
	InMWh      = Step{"MWh", 3.6e9, 0}
	inGWh      = Step{"GWh", 3.6e12, 3}
	inKWhOfDay = Step{"kWh", 3.6e6, 2} // periods below a month
	inKWh      = Step{"kWh", 3.6e6, 0}
	inRatio    = Step{"", 1, 4}
	InCOP      = Step{"", 1, 2}
	InPoints   = Step{"%", 0.01, 2}
	InKm       = Step{"km", 1e3, 2}
)

// Round returns v, given in SI, in the step's unit and to its decimals.
func (s Step) Round(v float64) float64 { return RoundTo(v/s.SI, s.Decimals) }

// roundU rounds an uncertainty likewise, but never down to nothing: what is
// uncertain by less than half a Step is uncertain by one.
func (s Step) roundU(v float64) float64 {
	u := s.Round(v)
	if u == 0 && v > 0 {
		return math.Pow10(-s.Decimals)
	}
	return u
}

// RoundTo rounds half away from zero. Through the decimal form, so that the
// result is the float closest to what is printed.
func RoundTo(v float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	f, err := strconv.ParseFloat(strconv.FormatFloat(math.Round(v*scale)/scale, 'f', decimals, 64), 64)
	if err != nil {
		return v
	}
	return f
}

// Grid makes the figures of one printed table.
type Grid struct {
	report, area, period string
	Name                 string
}

// NewGrid names a table by its report, area, period and name.
func NewGrid(report, area, period, name string) Grid { return Grid{report, area, period, name} }

// Figure rounds q for the cell (row, column). The column is the figure's key
// in machine-readable files as well. U is the expanded uncertainty (k=2).
func (g Grid) Figure(row, column string, q heat.Quantity, s Step) document.Figure {
	f := g.Plain(row, column, q.Value, s)
	f.U, f.Coverage, f.Method, f.Simulated = s.roundU(2*q.U), q.Coverage, q.Method, q.Simulated
	f.Unbudgeted = q.U == 0 && q.Value != 0
	if !q.Known || math.IsNaN(q.Value) {
		return g.Unknown(row, column, s)
	}
	return f
}

// Plain makes a figure that states no uncertainty: a count, a declared value.
func (g Grid) Plain(row, column string, si float64, s Step) document.Figure {
	if math.IsNaN(si) {
		return g.Unknown(row, column, s)
	}
	return document.Figure{Code: g.Place(row, column).Code(), Key: column, Value: s.Round(si),
		Decimals: s.Decimals, Unit: s.Unit, Coverage: 1}
}

// Unknown makes the figure of a number that nobody has.
func (g Grid) Unknown(row, column string, s Step) document.Figure {
	return document.Figure{Code: g.Place(row, column).Code(), Key: column, Decimals: s.Decimals, Unit: s.Unit, Mark: document.Unknown}
}

// total adds the printed rows of different sites: the sum of what stands
// above it, digit for digit. Their meters err independently, so their
// uncertainties add in quadrature (method U5). Rows that are not known are
// left out, and without any known row neither is the total. Coverage is the
// mean, weighted by the values.
func (g Grid) total(column string, s Step, rows []document.Figure) document.Figure {
	sum := g.Unknown("total", column, s)
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
	sum.Value, sum.U = RoundTo(sum.Value, s.Decimals), RoundTo(sum.U, s.Decimals)
	sum.Coverage = 1
	if sum.Value != 0 {
		sum.Coverage = min(1, weighted/sum.Value)
	}
	sum.Method = JoinMethods(methods)
	return sum
}

// JoinMethods lists method ids once each, in order.
func JoinMethods(ids []string) string {
	set := map[string]bool{}
	for _, id := range ids {
		if id != "" {
			set[id] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(set)), ", ")
}

func (g Grid) Place(row, column string) place {
	return place{g.report, g.area, g.period, g.Name, row, column}
}

// Declared is a number that somebody stated; one that nobody stated is
// unknown, not zero.
func (g Grid) Declared(row, column string, v float64, s Step) document.Figure {
	if v == 0 {
		return g.Unknown(row, column, s)
	}
	return g.Plain(row, column, v, s)
}

// Stated is Declared for a number that may be a stated zero.
func (g Grid) Stated(row, column string, v *float64, s Step) document.Figure {
	if v == nil {
		return g.Unknown(row, column, s)
	}
	return g.Plain(row, column, *v, s)
}

// RowSum is total for the figures of one row.
func (g Grid) RowSum(row, column string, s Step, parts []document.Figure) document.Figure {
	f := g.total(column, s, parts)
	f.Code = g.Place(row, column).Code()
	return f
}
