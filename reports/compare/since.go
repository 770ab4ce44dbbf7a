package compare

import (
	"context"
	"slices"
	"strconv"

	"thermie/reports"
	"thermie/reports/document"
)

// Exchange is a world in which one thing is as it is now.
type Exchange struct {
	Key string // of the words, chapter "change"
	World
}

// SinceFiled explains why the sums of a year are no longer those that were
// filed: then is the filed world, built by this program, now today's.
//
// Method: CA1.
func SinceFiled(ctx context.Context, filed []document.Figure, then, now World, exchanges []Exchange) (*reports.Comparison, error) {
	after, d, err := now.Sums(ctx)
	if err != nil {
		return nil, err
	}
	year := now.Options.Year
	c := &comparison{world: now, from: year, to: year, after: after, afterD: d}
	if slices.EqualFunc(filed, after, func(a, b document.Figure) bool { return a.Mark == b.Mark && a.Value == b.Value && a.U == b.U }) {
		return c.list(filed, nil), nil
	}
	if c.before, c.beforeD, err = then.Sums(ctx); err != nil {
		return nil, err
	}
	effects := []effect{{"method", minus(c.before, filed)}}
	for _, x := range exchanges {
		sums, _, err := x.Sums(ctx)
		if err != nil {
			return nil, err
		}
		effects = append(effects, effect{x.Key, minus(sums, c.before)})
	}
	return c.list(filed, effects), nil
}

// effect is what one cause did to each sum.
type effect struct {
	key string
	by  amounts
}

// list rounds effects into figures, with what they leave and the whole change.
func (c *comparison) list(before []document.Figure, effects []effect) *reports.Comparison {
	g := c.afterD.Grid("change")
	if c.from == c.to {
		g = c.afterD.Grid("since")
	}
	owners := ownersOf(c.beforeD, c.afterD)
	out := &reports.Comparison{From: c.from, To: c.to, After: c.after}
	for i, f := range before {
		out.Before = append(out.Before, guarded(g.At(f, strconv.Itoa(c.from), reports.Compared[i]+"_mwh"), owners))
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
