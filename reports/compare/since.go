package compare

import (
	"context"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
)

// Exchange is a world in which one thing is as it is now.
type Exchange struct {
	Key string // of the words, chapter "change"
	World
}

// Filed are a filing's sums, in the order of reports.Compared.
type Filed struct {
	ID    string
	Sums  []document.Figure
	Exact bool // for readers who see every value; others see uncertainties that are rounded up
}

// SinceFiled explains why the sums of a year are no longer those that were
// filed: then is the filed world, built by this program, now today's.
//
// Method: CA1.
func SinceFiled(ctx context.Context, filed Filed, then, now World, exchanges []Exchange) (*reports.Comparison, error) {
	after, d, err := now.Sums(ctx)
	if err != nil {
		return nil, err
	}
	year := now.Options.Year
	c := &comparison{world: now, table: SinceTable(filed.ID), from: year, to: year, after: after, afterD: d}
	told := func(effects []effect) *reports.Comparison {
		out := c.list(filed.Sums, effects)
		out.Rounded = !filed.Exact
		return out
	}
	if unchanged := told(nil); !unchanged.Changed() {
		return unchanged, nil
	}
	if c.before, c.beforeD, err = then.Sums(ctx); err != nil {
		return nil, err
	}
	if unchanged := told(nil); !unchanged.Changed() {
		return unchanged, nil
	}
	effects := []effect{{"method", minus(c.before, filed.Sums)}}
	for _, x := range exchanges {
		sums, _, err := x.Sums(ctx)
		if err != nil {
			return nil, err
		}
		effects = append(effects, effect{x.Key, minus(sums, c.before)})
	}
	return told(effects), nil
}

// effect is what one cause did to each sum.
type effect struct {
	key string
	by  amounts
}

// stated are filed sums, with what this program makes of those that the filing
// states no number of, because nobody knew it or it was « s ».
func (c *comparison) stated(filed []document.Figure) (sums []document.Figure, reckoned bool) {
	sums = slices.Clone(filed)
	for i, f := range filed {
		if !f.Stated() && c.before != nil && c.before[i].Stated() {
			sums[i], reckoned = c.before[i], true
		}
	}
	return sums, reckoned
}

// list rounds effects into figures, with what they leave and the whole change.
func (c *comparison) list(filed []document.Figure, effects []effect) *reports.Comparison {
	g := c.afterD.Grid(c.table)
	owners := ownersOf(c.beforeD, c.afterD)
	before, reckoned := c.stated(filed)
	out := &reports.Comparison{From: c.from, To: c.to, After: c.after, Reckoned: reckoned}
	for i, f := range before {
		out.Before = append(out.Before, guarded(g.At(f, beforeRow, reports.Compared[i]+"_mwh"), owners))
	}
	total := minus(c.after, before)
	remainder := slices.Clone(total)
	for _, e := range effects {
		out.Causes = append(out.Causes, c.cause(g, e, before, owners))
		remainder.leave(e.by)
	}
	out.Causes = append(out.Causes, c.cause(g, effect{"remainder", remainder}, before, owners), c.cause(g, effect{"total", total}, before, owners))
	return out
}
