package engineer

import (
	"cmp"
	"io"
	"math"
	"slices"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// failures is chapter 5: why pairs do not come about, counted by reason.
func (m *Matching) failures() {
	m.Heading(1, "5", "matching.failures")
	m.Paragraph("matching.failures_text")
	counts := map[heat.Reason]int{}
	for _, f := range m.d.Failures {
		counts[f.Reason]++
	}
	t := document.Table{Caption: m.T("matching.failures_caption"), Sheet: m.T("matching.failures_sheet"),
		Columns: []document.Column{m.Text("reason"), reports.Summed(m.Number("pairs", ""))}}
	inPairs := reports.In("", 1, 0)
	var parts []document.Figure
	for _, reason := range reports.Obstacles() {
		if n := counts[reason]; n > 0 {
			f := m.grid.Plain("failures_"+string(reason), "pairs", float64(n), inPairs)
			parts = append(parts, f)
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(m.T("reasons." + string(reason))), document.FigureCell(f)}})
		}
	}
	if len(t.Rows) == 0 {
		m.Paragraph("matching.no_failure")
		return
	}
	t.Total = []document.Cell{document.HeadCell(document.LabelsOf(m.Lang).Total), document.FigureCell(m.grid.RowSum("failures", "pairs", inPairs, parts))}
	m.Add(t)
}

// unmatched lists the sites that no network takes heat from, each with the
// reason that came nearest to a connection.
func (m *Matching) unmatched() {
	if len(m.d.Left) == 0 {
		return
	}
	t := document.Table{Caption: m.T("matching.left_caption"), Sheet: m.T("matching.left_sheet"),
		Columns: []document.Column{m.Text("site"), m.Number("nearest", "km"), m.Text("reason")}}
	for _, u := range m.d.Left {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(u.Site)),
			document.FigureCell(m.grid.Plain(u.Site.ID, "nearest_km", u.DistanceKM*1000, reports.InKm)), document.TextCell(m.T("reasons." + string(u.Reason)))}})
	}
	m.Add(t)
}

// sorted are the pairs that fail, site by site and the nearest network first.
func (m *Matching) sorted() []heat.Failure {
	list := slices.Clone(m.d.Failures)
	slices.SortStableFunc(list, func(a, b heat.Failure) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Network, b.Network))
	})
	return list
}

// names of a dossier's sites and networks by id.
func (m *Matching) names() map[string]string {
	names := map[string]string{}
	for _, s := range m.d.Sites {
		names["site "+s.ID] = reports.SiteName(s)
	}
	for _, n := range m.d.Networks {
		names["network "+n.Network.ID] = n.Network.Name
	}
	return names
}

// everyFailure is the tab of all pairs that fail.
func (m *Matching) everyFailure() document.Table {
	names := m.names()
	t := document.Table{Caption: m.T("matching.every_caption"), Sheet: m.T("matching.every_sheet"),
		Columns: []document.Column{m.Text("site"), m.Text("network"), m.Number("distance", "km"), m.Text("reason")}}
	for _, f := range m.sorted() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(names["site "+f.Source]), document.TextCell(names["network "+f.Network]),
			document.FigureCell(m.grid.Plain(f.Source+"→"+f.Network, "distance_km", f.Distance, reports.InKm)), document.TextCell(m.T("reasons." + string(f.Reason)))}})
	}
	return t
}

// WriteCSV writes every pair as a row: first those that come about, the
// cheapest heat first, then those that fail, each with its reason. Columns
// have machine names with units.
func (m *Matching) WriteCSV(out io.Writer) error {
	names := m.names()
	c := document.NewCSVWriter(out, document.PlainCSV)
	c.Row("site_id", "site", "network_id", "network", "distance_km", "rank_by_cost", "rank_by_captured",
		"captured_mwh", "captured_u_k2_mwh", "electricity_mwh", "delivered_mwh", "scop", "cost_eur_per_mwh", "simulated", "reason_id", "reason")
	byCaptured := slices.Clone(m.pairs)
	slices.SortStableFunc(byCaptured, func(a, b pairing) int { return cmp.Compare(b.Captured.MWh.Value, a.Captured.MWh.Value) })
	for _, p := range m.pairs {
		most := slices.IndexFunc(byCaptured, func(other pairing) bool { return other.rank == p.rank }) + 1
		f := p.Captured.MWh
		c.Row(p.Site.ID, names["site "+p.Site.ID], p.Network.Network.ID, p.Network.Network.Name, p.Distance, p.rank, most,
			f, document.Number{Value: f.U, Decimals: f.Decimals}, p.Pump, p.Delivered.MWh, p.SCOP, p.Cost, truth(f.Simulated), nil, nil)
	}
	for _, f := range m.sorted() {
		km := document.Number{Value: f.Distance / 1000, Decimals: 2}
		if math.IsNaN(f.Distance) {
			km.Value = math.NaN()
		}
		c.Row(f.Source, names["site "+f.Source], f.Network, names["network "+f.Network], km, nil, nil, nil, nil, nil, nil, nil, nil, nil,
			string(f.Reason), m.T("reasons."+string(f.Reason)))
	}
	return c.Close()
}

func truth(v bool) string {
	if v {
		return "true"
	}
	return "false"
}
