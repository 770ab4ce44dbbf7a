package reports

import (
	"math"

	"thermie/reports/document"
)

// bound is what a sum may say of its uncertainty and coverage to readers who
// must not learn its parts. The sum in quadrature and the mean by energy are
// equations in the parts: with the sum itself, two of them give two unknown
// amounts away. The largest relative uncertainty and the smallest coverage
// are no such equations, and they hold whatever the errors have in common.
// What a part's uncertainty was rounded up by does not count: of a part of one
// step it would say that there is one.
func (g Grid) bound(sum float64, s Step, parts []document.Figure) (u, coverage float64) {
	relative, coverage := 0.0, 1.0
	for _, f := range parts {
		if !f.Stated() || f.Value == 0 {
			continue
		}
		relative, coverage = max(relative, (f.U-math.Pow10(-s.Decimals)/2)/f.Value), min(coverage, f.Coverage)
	}
	relative = math.Ceil(relative/g.coarse-1e-9) * g.coarse
	return RoundTo(relative*sum, s.Decimals), math.Floor(coverage*100+1e-6) / 100
}

// leastCoverage is the smallest coverage of the annual sites.
func (d *Dossier) leastCoverage() float64 {
	least := 1.0
	for _, s := range d.Sites {
		if s.Annual() {
			least = min(least, s.Heat().Coverage)
		}
	}
	return math.Floor(least*100+1e-6) / 100
}
