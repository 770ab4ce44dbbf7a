package compare

import (
	"strconv"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// told rounds everything into figures.
func (c *comparison) told(filed []document.Figure) *reports.Comparison {
	g := c.afterD.Grid("change")
	owners := ownersOf(c.beforeD, c.afterD)
	out := &reports.Comparison{From: c.from, To: c.to, Filed: filed != nil, After: c.after}
	before := c.before
	if filed != nil {
		before = filed
	}
	for i, f := range before {
		out.Before = append(out.Before, guarded(g.At(f, strconv.Itoa(c.from), reports.Compared[i]+"_mwh"), owners))
	}
	method := minus(c.before, before)
	total := minus(c.after, before)
	remainder := total
	add := func(key string, effects amounts) {
		cause := reports.Cause{Key: key}
		for i, e := range effects {
			f := g.Unknown(key, reports.Compared[i]+"_mwh", reports.InMWh)
			if e.ok {
				f = g.Plain(key, reports.Compared[i]+"_mwh", e.mwh*reports.InMWh.SI, reports.InMWh)
				f.Method, f.Unbudgeted, f.Simulated = "CA1", e.mwh != 0, c.after[i].Simulated || before[i].Simulated
			}
			cause.MWh = append(cause.MWh, guarded(f, owners))
		}
		out.Causes = append(out.Causes, cause)
	}
	for _, one := range []struct {
		key     string
		effects amounts
	}{{"real", c.real}, {"weather", c.weather}, {"networks", c.networks}, {"meters", c.meters}, {"coverage", c.coverage}, {"perimeter", c.perimeter}, {"method", method}} {
		add(one.key, one.effects)
		for i, e := range one.effects {
			if e.ok {
				remainder[i].mwh = heat.Remainder(remainder[i].mwh, reports.RoundTo(e.mwh, reports.InMWh.Decimals))
			}
		}
	}
	add("remainder", remainder)
	add("total", minus(c.after, before))
	return out
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
		for _, s := range d.Sites {
			if !seen[s.Owner()] {
				seen[s.Owner()] = true
				owners = append(owners, s.Owner())
			}
		}
	}
	return owners
}
