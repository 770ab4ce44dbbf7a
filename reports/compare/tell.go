package compare

import (
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// told rounds everything into figures.
func (c *comparison) told(filed []document.Figure) *reports.Comparison {
	before := c.before
	if filed != nil {
		before = filed
	}
	out := c.list(before, []effect{{"real", c.real}, {"weather", c.weather}, {"networks", c.networks}, {"meters", c.meters},
		{"coverage", c.coverage}, {"perimeter", c.perimeter}, {"method", minus(c.before, before)}})
	out.Filed = filed != nil
	return out
}

// cause rounds an effect into a row of figures.
func (c *comparison) cause(g reports.Grid, e effect, before []document.Figure, owners []string) reports.Cause {
	cause := reports.Cause{Key: e.key}
	for i, by := range e.by {
		f := g.Unknown(e.key, reports.Compared[i]+"_mwh", reports.InMWh)
		if by.ok {
			f = g.Plain(e.key, reports.Compared[i]+"_mwh", by.mwh*reports.InMWh.SI, reports.InMWh)
			f.Method, f.Unbudgeted, f.Simulated = "CA1", by.mwh != 0, c.after[i].Simulated || before[i].Simulated
		}
		cause.MWh = append(cause.MWh, guarded(f, owners))
	}
	return cause
}

// leave takes an effect, as it is printed, from what is left.
func (a amounts) leave(e amounts) {
	for i := range a {
		if e[i].ok {
			a[i].mwh = heat.Remainder(a[i].mwh, reports.RoundTo(e[i].mwh, reports.InMWh.Decimals))
		}
	}
}

// guarded marks a figure as one that no sum hides: what another year's sums
// and a change tell of single operators nobody bounds here.
func guarded(f document.Figure, owners []string) document.Figure {
	if f.Stated() {
		f.Guard = document.Guard{Private: owners}
	}
	return f
}

func ownersOf(dossiers ...*reports.Dossier) (owners []string) {
	seen := map[string]bool{}
	for _, d := range dossiers {
		if d == nil {
			continue
		}
		for _, s := range d.Sites {
			if !seen[s.Owner()] {
				seen[s.Owner()] = true
				owners = append(owners, s.Owner())
			}
		}
	}
	return owners
}
