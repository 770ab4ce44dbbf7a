package reports

import (
	"maps"
	"math"
	"slices"
	"strings"

	"thermie/heat"
	"thermie/reports/document"
)

// Grid makes the figures of one printed table.
type Grid struct {
	report, area, period string
	Name                 string

	owner     func(row string) string // the operator whom a row is about; nil where secrecy is not asked for
	secret    map[string]bool         // codes that this edition must not show
	protected bool                    // sums tell nothing of a single amount beside themselves
	least     float64                 // then: the smallest coverage of a site that enters sums
	coarse    float64                 // then: to a multiple of which the relative uncertainty of a sum is rounded up
}

// NewGrid names a table by its report, area, period and name.
func NewGrid(report, area, period, name string) Grid {
	return Grid{report: report, area: area, period: period, Name: name}
}

// place is where the cell stands.
func (g Grid) place(row, column string) document.Place {
	return document.Place{Report: g.report, Area: g.area, Period: g.period, Table: g.Name, Row: row, Column: column}
}

// Figure rounds q for the cell (row, column). The column is the figure's key
// in machine-readable files as well. U is the expanded uncertainty (k=2).
func (g Grid) Figure(row, column string, q heat.Quantity, s Step) document.Figure {
	f := g.Plain(row, column, q.Value, s)
	f.U, f.Coverage, f.Method, f.Simulated = s.RoundU(2*q.U), q.Coverage, q.Method, q.Simulated
	f.Unbudgeted = q.U == 0 && q.Value != 0
	if !q.Known || math.IsNaN(q.Value) {
		return g.Unknown(row, column, s)
	}
	if g.protected && len(f.Guard.Private) == 0 {
		f.U, f.Unbudgeted, f.Coverage = 0, true, math.Min(f.Coverage, g.least) // see bound
	}
	return f
}

// Plain makes a figure that states no uncertainty: a count, a declared value.
func (g Grid) Plain(row, column string, si float64, s Step) document.Figure {
	f := g.Unknown(row, column, s)
	if math.IsNaN(si) {
		return f
	}
	f.Mark, f.Value, f.Coverage = document.Known, s.Round(si), 1
	f.Guard = document.Guard{}
	if g.owner != nil {
		if who := g.owner(row); who != "" {
			f.Guard.Private = []string{who}
		}
	}
	return g.sealed(f)
}

// Unknown makes the figure of a number that nobody has.
func (g Grid) Unknown(row, column string, s Step) document.Figure {
	at := g.place(row, column)
	return document.Figure{Code: at.Code(), Place: at, Key: column, Decimals: s.Decimals, Unit: s.Unit,
		Mark: document.Unknown, Guard: document.Guard{Free: true}}
}

// Declared is a number that somebody stated; one that nobody stated is
// unknown, not zero.
func (g Grid) Declared(row, column string, v float64, s Step) document.Figure {
	if v == 0 {
		return g.Unknown(row, column, s)
	}
	return Free(g.Plain(row, column, v, s))
}

// Stated is Declared for a number that may be a stated zero.
func (g Grid) Stated(row, column string, v *float64, s Step) document.Figure {
	if v == nil {
		return g.Unknown(row, column, s)
	}
	return Free(g.Plain(row, column, *v, s))
}

// At is the figure in another cell.
func (g Grid) At(f document.Figure, row, column string) document.Figure {
	f.Place, f.Key = g.place(row, column), column
	f.Code = f.Place.Code()
	return g.sealed(f)
}

// sealed gives a figure the mark that this edition has for it. Its number
// stays for the sums that it is a part of; no format prints it.
func (g Grid) sealed(f document.Figure) document.Figure {
	if f.Mark == document.Known && g.secret[f.Code] {
		f.Mark = document.Secret
	}
	return f
}

// total adds the printed rows of different sites: the sum of what stands
// above it, digit for digit. Their meters err independently, so their
// uncertainties add in quadrature (method U5). Rows that are not known are
// left out, and without any known row neither is the total. Coverage is the
// mean, weighted by the values.
func (g Grid) total(column string, s Step, rows []document.Figure) document.Figure {
	return g.RowSum("total", column, s, rows)
}

// RowSum is the sum of figures of different sites in the cell (row, column).
func (g Grid) RowSum(row, column string, s Step, parts []document.Figure) document.Figure {
	sum := g.Unknown(row, column, s)
	weighted := 0.0
	var methods []string
	for _, f := range parts {
		if !f.Stated() {
			continue
		}
		sum.Mark, sum.Guard.Free = document.Known, false
		sum.Value += f.Value
		sum.U = math.Hypot(sum.U, f.U)
		weighted += f.Coverage * f.Value
		sum.Simulated = sum.Simulated || f.Simulated
		sum.Unbudgeted = sum.Unbudgeted || f.Unbudgeted
		sum.Guard.Parts = append(sum.Guard.Parts, f.Guard.Parts...)
		methods = append(methods, strings.Split(f.Method, ", ")...)
	}
	if !sum.Stated() {
		return sum
	}
	sum.Value, sum.U = RoundTo(sum.Value, s.Decimals), RoundTo(sum.U, s.Decimals)
	sum.Coverage = 1
	if sum.Value != 0 {
		sum.Coverage = min(1, weighted/sum.Value)
	}
	if g.protected {
		sum.U, sum.Coverage = g.bound(sum.Value, s, parts)
	}
	sum.Method = JoinMethods(methods)
	return g.sealed(sum)
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
