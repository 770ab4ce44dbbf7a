package reports

import "thermie/reports/document"

// Apportion rounds the parts of a printed total so that they add up to it:
// the running sum is rounded, and each part is its growth. The total is that
// of one site, or of one and its network.
func (g Grid) Apportion(total document.Figure, column string, rows []string, parts []float64, s Step) []document.Figure {
	figures := make([]document.Figure, len(parts))
	running, before := 0.0, 0.0
	for i, part := range parts {
		running += part
		upTo := s.Round(running)
		if i == len(parts)-1 {
			upTo = total.Value
		}
		f := total
		if f.Mark == document.Secret {
			f.Mark = document.Known
		}
		f = g.At(f, rows[i], column)
		f.Value = RoundTo(upTo-before, s.Decimals)
		f.U = 0
		if total.Value != 0 {
			f.U = s.roundU(total.U / total.Value * f.Value * s.SI)
		}
		f.Guard = g.split(total, rows[i], f.Value)
		figures[i], before = f, upTo
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
