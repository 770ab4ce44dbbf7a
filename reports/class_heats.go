package reports

import (
	"math"
	"slices"

	"thermie/heat"
	"thermie/reports/document"
)

// ClassHeats are the four heats of the annual sites in one class of the
// temperature at which they reject heat.
type ClassHeats struct {
	ID string // key of the words, chapter "classes"
	FourHeats
}

// ClassTable is the table of heats by class, in figure codes and in the names
// of the amounts that it splits.
const ClassTable = "classes"

// ByClass splits the printed heats by class, so that the rows add up to the
// territory's totals digit for digit. Hours of which no temperature is known
// have a row where there are any.
func (d *Dossier) ByClass(f *TerritoryFigures) []ClassHeats {
	g, s := d.Grid(ClassTable), d.splitByClass(f)
	captured := jointHeat{"captee", s.captured, func(p Pair) document.Figure { return p.Captured.MWh }, func(a *heat.Allocation) heat.Quantity { return a.Captured }}
	delivered := jointHeat{"livree", s.delivered, func(p Pair) document.Figure { return p.Delivered.MWh }, func(a *heat.Allocation) heat.Quantity { return a.Delivered }}
	var rows []ClassHeats
	for i, id := range ClassesOf(d.Options.Year).ids() {
		sum := func(column string, parts classParts) HeatFigure {
			mwh := g.RowSum(id, column+"_mwh", InMWh, parts[i])
			return HeatFigure{mwh, ToGWh(column, mwh)}
		}
		joint := func(h jointHeat) HeatFigure { return d.jointlyIn(i, sum(h.column, h.parts), h, f.Pairs) }
		row := ClassHeats{id, FourHeats{sum("gisement", s.rejected), joint(captured), joint(delivered), sum("valorisee", s.supplied)}}
		if id != unclassed || !row.empty() {
			rows = append(rows, row)
		}
	}
	return rows
}

// empty reports whether none of the heats is known to be more than zero.
func (f FourHeats) empty() bool {
	return f.Rejected.MWh.Value == 0 && f.Captured.MWh.Value == 0 && f.Delivered.MWh.Value == 0 && f.Supplied.MWh.Value == 0
}

// classParts are printed parts of one heat by class, each of one site or of
// one and its network.
type classParts [][]document.Figure

func (p classParts) add(parts []document.Figure) {
	for i, f := range parts {
		p[i] = append(p[i], f)
	}
}

// classSplit are the parts of the four heats. Those of the pairs come first
// and in their order.
type classSplit struct{ rejected, captured, delivered, supplied classParts }

// splitByClass splits the rows of which the territory's totals are the sums.
// What is captured or handed over stays within what is rejected in print too,
// and what is delivered is the printed sum of captured heat and electricity.
func (d *Dossier) splitByClass(f *TerritoryFigures) classSplit {
	g, ids := d.Grid(ClassTable), ClassesOf(d.Options.Year).ids()
	empty := func() classParts { return make(classParts, len(ids)) }
	s := classSplit{empty(), empty(), empty(), empty()}
	left := map[string][]float64{} // by site: what is rejected and not captured by a pair before
	for _, a := range f.Annual {
		rejected := shares(a.Rejected.MWh.Value, a.Site.RejectedByClass, InMWh)
		supplied := within(shares(a.Supplied.MWh.Value, a.Site.HandedOverByClass, InMWh), rejected)
		s.rejected.add(g.portions(a.Rejected.MWh, "gisement_mwh_"+a.Site.ID, ids, rejected, InMWh))
		s.supplied.add(g.portions(a.Supplied.MWh, "valorisee_mwh_"+a.Site.ID, ids, supplied, InMWh))
		left[a.Site.ID] = slices.Clone(rejected)
	}
	if !f.Captured.MWh.Stated() {
		return s
	}
	for _, p := range f.Pairs {
		captured := within(shares(p.Captured.MWh.Value, p.Site.byClass(p.Delivery.Captured), InMWh), left[p.Site.ID])
		pump := within(shares(p.Pump.Value, p.Site.byClass(p.Delivery.Electricity), InMWh), captured)
		delivered := make([]float64, len(ids))
		for i := range ids {
			delivered[i] = captured[i] + pump[i]
			left[p.Site.ID][i] -= captured[i]
		}
		row := p.Captured.MWh.Place.Row
		s.captured.add(g.portions(p.Captured.MWh, "captee_mwh_"+row, ids, captured, InMWh))
		s.delivered.add(g.portions(p.Delivered.MWh, "livree_mwh_"+row, ids, delivered, InMWh))
	}
	for _, u := range d.Left {
		none := make([]float64, len(ids))
		s.captured.add(g.portions(d.Untaken(u, "captee"), "captee_mwh_"+u.Site.ID, ids, none, InMWh))
		s.delivered.add(g.portions(d.Untaken(u, "livree"), "livree_mwh_"+u.Site.ID, ids, none, InMWh))
	}
	return s
}

// within moves a unit by which rounding put a share above its limit to the
// greatest share that has room for it. More than a unit is no matter of
// rounding, and stays.
func within(shares, limits []float64) []float64 {
	for i := range shares {
		if shares[i] != limits[i]+1 {
			continue
		}
		to := -1
		for j := range shares {
			if shares[j] < limits[j] && (to < 0 || shares[j] > shares[to]) {
				to = j
			}
		}
		if to >= 0 {
			shares[i]--
			shares[to]++
		}
	}
	return shares
}

// jointHeat is a heat of the joint match: its parts by class, and where its
// wholes stand.
type jointHeat struct {
	column  string
	parts   classParts
	printed func(Pair) document.Figure
	joint   func(*heat.Allocation) heat.Quantity
}

// jointlyIn is jointly for a class: of each network's uncertainty it has the
// share that it has of the network's heat.
func (d *Dossier) jointlyIn(class int, sum HeatFigure, h jointHeat, pairs []Pair) HeatFigure {
	if !sum.MWh.Stated() || d.Protected {
		return sum
	}
	u := 0.0
	for _, n := range d.Networks {
		part, whole := 0.0, 0.0
		for i, p := range pairs {
			if p.Network == n {
				part, whole = part+h.parts[class][i].Value, whole+h.printed(p).Value
			}
		}
		if n.Allocation != nil && whole > 0 {
			u = math.Hypot(u, h.joint(n.Allocation).U*part/whole)
		}
	}
	sum.MWh.U = InMWh.RoundU(2 * u)
	return HeatFigure{sum.MWh, ToGWh(h.column, sum.MWh)}
}
