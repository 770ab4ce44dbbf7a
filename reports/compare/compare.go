package compare

import (
	"context"
	"fmt"
	"slices"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// Between explains the change from one year to that of the world. filed are
// the first year's sums as they were filed, nil where they were not.
//
// What only one of the years has is taken off first: sites that enter or
// leave the totals. Then, on the sites of both, one thing at a time is put
// back to what it was: the hours that were measured, the cards, the networks.
// What the same sites, hours, cards and networks still change is real. The
// effects need not add up to the change, for they work on each other: what is
// left over is the remainder.
//
// Method: CA1.
func Between(ctx context.Context, w World, year int, filed []document.Figure) (*reports.Comparison, error) {
	if year == w.Options.Year {
		return nil, fmt.Errorf("comparing %d with itself\nhint: -compare takes another year", year)
	}
	c := &comparison{world: w, table: Table(year), from: year, to: w.Options.Year}
	if err := c.compute(ctx); err != nil {
		return nil, fmt.Errorf("comparing %d with %d: %w", c.to, year, err)
	}
	return c.told(filed), nil
}

// comparison is one being made. Each line of sums is a world of its own.
type comparison struct {
	world    World
	table    string // in the codes of its figures
	from, to int

	before, after   []document.Figure // as reported
	beforeD, afterD *reports.Dossier
	shared          []string // sites of both years' totals

	perimeter, coverage, meters, networks, weather, real amounts
}

func (c *comparison) compute(ctx context.Context) (err error) {
	earlier, later := c.world.in(c.from), c.world
	if c.before, c.beforeD, err = earlier.Sums(ctx); err != nil {
		return err
	}
	if c.after, c.afterD, err = later.Sums(ctx); err != nil {
		return err
	}
	c.shared = both(annual(c.beforeD), annual(c.afterD))
	earlier, later = earlier.of(c.shared), later.of(c.shared)
	var failed error
	sums := func(w World) []document.Figure {
		s, _, err := w.Sums(ctx)
		if err != nil {
			failed = err
			return make([]document.Figure, len(reports.Compared))
		}
		return s
	}
	a, b := sums(earlier), sums(later)
	aCovered, bCovered := sums(c.covered(earlier)), sums(c.covered(later))
	then, thenCovered := c.then(later), c.then(c.covered(earlier))
	alike := c.then(c.covered(later))
	alike.Area.Networks = networksOf(alike.Area.Networks, c.from)
	renetted := later
	renetted.Area.Networks = networksOf(later.Area.Networks, c.from)

	c.perimeter = minus(c.after, b).less(minus(c.before, a))
	c.coverage = minus(b, bCovered).less(minus(a, aCovered))
	c.meters = minus(b, sums(then))
	c.networks = minus(b, sums(renetted))
	c.real = minus(sums(alike), sums(thenCovered))
	c.weather = c.weatherOf(b)
	for i, w := range c.weather {
		if w.ok {
			c.real[i].mwh -= w.mwh
		}
	}
	return failed
}

// covered is the world with the hours that both years know.
func (c *comparison) covered(w World) World {
	shift := c.from - c.to
	if w.Options.Year == c.from {
		shift = -shift
	}
	w.Source = asCovered{w.Source, func(from, to time.Time) (time.Time, time.Time) {
		return from.AddDate(shift, 0, 0), to.AddDate(shift, 0, 0)
	}}
	return w
}

// then is the world with the cards of the first year.
func (c *comparison) then(w World) World {
	year := heat.YearOf(c.from, reports.MetropolitanOffset)
	w.Source = asInstalled{w.Source, year.From, year.To}
	return w
}

// networksOf are the networks as they were stated for a year.
func networksOf(networks []configs.Network, year int) []configs.Network {
	out := slices.Clone(networks)
	for i, n := range out {
		out[i] = n.Of(year)
		out[i].Years = nil
	}
	return out
}

func annual(d *reports.Dossier) (ids []string) {
	for _, s := range d.Sites {
		if s.Annual() {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func both(a, b []string) []string {
	shared := []string{}
	for _, id := range a {
		if slices.Contains(b, id) {
			shared = append(shared, id)
		}
	}
	return shared
}
