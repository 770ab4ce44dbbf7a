package engineer

import (
	"cmp"
	"math"
	"slices"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// byCost is chapter 2: the pairs, the cheapest heat first.
func (m *Matching) byCost() {
	m.Heading(1, "2", "matching.by_cost")
	if len(m.pairs) == 0 {
		m.Paragraph("matching.none")
		return
	}
	m.Add(m.merit())
	m.Add(m.ranking("matching.by_cost_caption", "matching.by_cost_sheet", m.pairs))
}

// byCaptured is chapter 3: the same pairs, the most captured heat first.
func (m *Matching) byCaptured() {
	m.Heading(1, "3", "matching.by_captured")
	if len(m.pairs) == 0 {
		m.Paragraph("matching.none")
		return
	}
	list := slices.Clone(m.pairs)
	slices.SortStableFunc(list, func(a, b pairing) int { return cmp.Compare(b.Captured.MWh.Value, a.Captured.MWh.Value) })
	m.Add(m.ranking("matching.by_captured_caption", "matching.by_captured_sheet", list))
}

// ranking is a table of pairs in their order.
func (m *Matching) ranking(caption, sheet string, list []pairing) document.Table {
	t := document.Table{Caption: m.T(caption), Sheet: m.T(sheet), Notes: document.Text(m.T("matching.ranking_note")),
		Columns: []document.Column{m.Center("rank"), m.Text("site"), m.Text("network"), m.Number("distance", "km"), reports.Summed(m.Uncertain("captured", "MWh")),
			reports.Summed(m.Number("pump", "MWh")), m.Number("scop", ""), m.Number("cost", "€/MWh")}}
	for i, p := range list {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.TextCell(m.Whole(i + 1)), document.HeadCell(reports.SiteName(p.Site)),
			document.TextCell(p.Network.Network.Name), document.FigureCell(p.Distance), document.FigureCell(p.Captured.MWh),
			document.FigureCell(withoutU(p.Pump)), document.FigureCell(p.SCOP), document.FigureCell(p.Cost)}})
	}
	captured := m.sum("captee_mwh", func(p pairing) document.Figure { return p.Captured.MWh })
	pump := withoutU(m.sum("electricite_mwh", func(p pairing) document.Figure { return p.Pump }))
	t.Total = []document.Cell{{}, document.HeadCell(m.T("words.territory_total")), {}, {}, document.FigureCell(captured), document.FigureCell(pump), {}, {}}
	return t
}

// withoutU prints a figure whose uncertainty stands elsewhere.
func withoutU(f document.Figure) document.Figure {
	f.U, f.Unbudgeted = 0, false
	return f
}

// merit draws the cost of heat over the heat captured at that cost or less.
func (m *Matching) merit() document.Chart {
	c := document.Chart{Caption: m.T("matching.merit"), Alt: m.T("matching.merit_alt"), Sheet: m.T("matching.merit_sheet"), Kind: document.LineChart,
		X: document.Axis{Title: m.T("matching.merit_x")}, Y: document.Axis{Title: m.T("matching.merit_y")}}
	steps := document.Series{Name: m.T("matching.merit_y")}
	sum := 0.0
	for _, p := range m.pairs {
		if !p.Cost.Stated() || !p.Captured.MWh.Stated() {
			continue
		}
		steps.X, steps.Y = append(steps.X, sum), append(steps.Y, p.Cost.Value)
		sum += p.Captured.MWh.Value
		steps.X, steps.Y = append(steps.X, sum), append(steps.Y, p.Cost.Value)
		c.Simulated = c.Simulated || p.Captured.MWh.Simulated
	}
	c.Series = []document.Series{steps}
	return c
}

// networks is chapter 4: what each network takes and what is left of it.
func (m *Matching) networks() {
	m.Heading(1, "4", "matching.networks")
	t := document.Table{Caption: m.T("matching.networks_caption"), Sheet: m.T("sheets.networks"), Notes: document.Text(m.T("matching.networks_note")),
		Columns: []document.Column{m.Text("network"), m.Number("demand", "MWh"), m.Number("must_run", "MWh"), m.Number("sites", ""), m.Number("delivered", "MWh"), m.Number("left_over", "MWh"), m.Number("covered", "%")}}
	for _, n := range m.d.Networks {
		row := func(column string, si float64, as reports.Step) document.Cell {
			return document.FigureCell(m.grid.Plain(n.Network.ID, column, si, as))
		}
		a := n.Allocation
		if a == nil {
			a = &heat.Allocation{Demand: sumOf(n.Model.Demand), MustRun: interval.Energy(math.NaN()), Served: interval.Energy(math.NaN()), Coverage: math.NaN()}
		}
		if n.Fault != nil {
			a.Demand = interval.Energy(math.NaN())
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Network.Name), row("demand_mwh", float64(a.Demand), reports.InMWh),
			row("must_run_mwh", float64(a.MustRun), reports.InMWh), row("sites", float64(len(n.Members)), reports.In("", 1, 0)),
			row("livree_mwh", float64(a.Served), reports.InMWh), row("left_mwh", float64(a.Demand-a.MustRun-a.Served), reports.InMWh),
			row("covered", a.Coverage, inShare)}})
	}
	if len(t.Rows) == 0 {
		m.Paragraph("matching.no_network")
		return
	}
	m.Add(t)
}
