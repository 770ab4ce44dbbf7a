package pcaet

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// Who reads the table of hypotheses can reckon what becomes of each site: its
// electricity, and what is captured of it where no network's demand limits
// that. A total of a year to come is then so many times today's, by what all
// sites have in common, and what some have beyond it. That rest is a sum of
// few, which must bear the rules by itself; and three rests of the same three
// sites are three equations, so each amount in one is tied to the site's own.

// guardBeyond hides a total whose rest beyond the common growth since the
// first point of its column would give an operator away: what has grown more
// and what has grown less, each as a sum of its own.
func (p *Report) guardBeyond(total document.Figure, g reports.Grid, row, column string, at *trajectory.Point, parts shares) document.Figure {
	earlier := p.before[g.Name+" "+column]
	if len(earlier) == 0 {
		return total
	}
	first := earlier[0].parts
	common := commonGrowth(first, parts)
	var more, less []document.Figure
	for key, now := range union(first, parts) {
		by := parts[key].Value - common*first[key].Value
		if math.Abs(by) <= (1+common)*halfUnit {
			continue // as all others, but for the rounding
		}
		part := now.Guard.Parts[0]
		part.Of = origin(earlier, at, key, part.Site, parts[key].Value)
		part.Leaf, part.Value = column+"-beyond "+g.Name+" "+row+"/"+key, math.Abs(by)
		now.Value, now.U, now.Guard = math.Abs(by), 0, document.Guard{Parts: []document.Part{part}}
		if by > 0 {
			more = append(more, now)
		} else {
			less = append(less, now)
		}
	}
	rest := p.d.Grid("trajectory rests")
	total = p.followSum(total, rest, g.Name+" "+row, column+" more", more)
	return p.followSum(total, rest, g.Name+" "+row, column+" less", less)
}

// halfUnit is how far a figure printed to the MWh may be from what it rounds.
const halfUnit = 0.5

// union are the stated parts of two points, by key; those of the later one
// first.
func union(first, parts shares) shares {
	all := shares{}
	for _, some := range []shares{first, parts} {
		for key, f := range some {
			if f.Stated() {
				all[key] = f
			}
		}
	}
	return all
}

// commonGrowth is the factor between two points that most parts share; 1 where
// none is shared by more.
func commonGrowth(first, parts shares) float64 {
	common, most := 1.0, 0
	try := func(factor float64) {
		n := 0
		for key, then := range first {
			if now, still := parts[key]; still && math.Abs(now.Value-factor*then.Value) <= (1+factor)*halfUnit {
				n++
			}
		}
		if n > most {
			common, most = factor, n
		}
	}
	try(1)
	for _, key := range slices.Sorted(maps.Keys(first)) {
		if now, still := parts[key]; still && first[key].Value > 0 {
			try(now.Value / first[key].Value)
		}
	}
	return common
}

// origin is the leaf of the earliest point that has a part, if the hypotheses
// make of it what the part is at a point; empty if a network limits it, for
// then nobody can reckon it without the hours.
func origin(points []earlier, at *trajectory.Point, key, site string, value float64) string {
	for _, then := range points {
		f, had := then.parts[key]
		if !had || !f.Stated() || f.Value == 0 {
			continue
		}
		factor := factorOf(at, site) / factorOf(then.at, site)
		if math.Abs(value-factor*f.Value) > (1+factor)*halfUnit {
			return ""
		}
		part := f.Guard.Parts[0]
		return cmp.Or(part.Of, part.Leaf)
	}
	return ""
}

// factorOf is what is left of a site's own at a point, or has become of it: 0
// where it does not run.
func factorOf(at *trajectory.Point, site string) float64 {
	for _, r := range at.Running {
		if r.Site.ID == site {
			return r.Share
		}
	}
	return 0
}
