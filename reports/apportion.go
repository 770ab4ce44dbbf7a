package reports

import "thermie/reports/document"

// Apportion rounds the parts of a printed total so that they add up to it.
// The total is that of one site, or of one and its network.
func (g Grid) Apportion(total document.Figure, column string, rows []string, parts []float64, s Step) []document.Figure {
	return g.portions(total, column, rows, shares(total.Value, parts, s), s)
}

// shares rounds parts, given in SI, so that they add up to a printed total:
// the running sum is rounded, and each share is its growth. None of them is
// negative unless the total is: a meter that ran backwards for a month takes
// from what it counted before.
func shares(total float64, parts []float64, s Step) []float64 {
	printed := make([]float64, len(parts))
	running, before := 0.0, 0.0
	for i, part := range parts {
		running += max(0, part)
		upTo := min(s.Round(running), total)
		if i == len(parts)-1 {
			upTo = total
		}
		printed[i], before = RoundTo(upTo-before, s.Decimals), upTo
	}
	return printed
}

// portions are the figures of a total's printed shares.
func (g Grid) portions(total document.Figure, column string, rows []string, shares []float64, s Step) []document.Figure {
	figures := make([]document.Figure, len(shares))
	for i, share := range shares {
		f := total
		if f.Mark == document.Secret {
			f.Mark = document.Known
		}
		f = g.At(f, rows[i], column)
		f.Value, f.U = share, 0
		if total.Value != 0 {
			f.U = s.RoundU(total.U / total.Value * share * s.SI)
		}
		f.Guard = g.split(total, rows[i], share)
		figures[i] = f
	}
	return figures
}

// split is the guard of a row's part of a site's energy.
func (g Grid) split(total document.Figure, row string, value float64) document.Guard {
	if len(total.Guard.Parts) != 1 {
		return document.Guard{Follows: []string{total.Code}}
	}
	p := total.Guard.Parts[0]
	p.Whole, p.Split, p.Leaf, p.Value = p.Leaf, g.Name, p.Leaf+"/"+g.Name+"/"+row, value
	return document.Guard{Parts: []document.Part{p}}
}
