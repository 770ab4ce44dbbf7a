package engineer

import (
	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// matchChapter is chapter 4: when the source can serve the network, how, and
// what of the demand is left.
func (s *studyDraft) matchChapter() error {
	s.Heading(1, "4", "study.match")
	if s.unmatched() {
		return nil
	}
	s.Paragraph("study.match_text", "network", s.c.link.Network.Name, "distance", s.c.pair.Distance.Full(s.Lang))
	s.demandBasis()
	s.hoursByMonth()
	s.demandByMonth()
	s.demandOfYear()
	s.backup()
	s.injection()
	return s.storage()
}

// hoursByMonth counts the hours of direct use, of the heat pump and of
// neither.
func (s *studyDraft) hoursByMonth() {
	var counts [3][12]float64
	for h := range s.c.delivery.Captured {
		kind := 2
		switch {
		case s.c.delivery.Electricity[h] > 0:
			kind = 1
		case s.c.delivery.Captured[h] > 0:
			kind = 0
		}
		counts[kind][s.d.MonthOf(h)]++
	}
	names := [3]string{"direct", "with_pump", "not_served"}
	t := document.Table{Caption: s.T("study.hours_caption"), Sheet: s.T("study.hours_sheet"), Columns: []document.Column{s.Text("month")},
		Total: []document.Cell{document.HeadCell(s.T("words.year_total"))}, Notes: document.Text(s.T("study.hours_note"))}
	chart := document.Chart{Caption: s.T("study.hours_chart"), Alt: s.T("study.hours_alt"), Sheet: s.T("study.hours_chart_sheet"), Kind: document.StackedBars,
		Y: document.Axis{Title: s.T("study.hours_axis")}, Simulated: s.r.Heat().Simulated}
	for m, id := range reports.MonthIDs() {
		chart.Categories = append(chart.Categories, s.T("months_short."+id))
		cells := []document.Cell{document.HeadCell(s.T("months." + id))}
		for kind, name := range names {
			cells = append(cells, document.FigureCell(s.design("hours_"+name, id, counts[kind][m], inHours, "AL3")))
		}
		t.Rows = append(t.Rows, document.Row{Cells: cells})
	}
	for kind, name := range names {
		sum := 0.0
		for _, n := range counts[kind] {
			sum += n
		}
		t.Columns = append(t.Columns, reports.Summed(s.Number(name, "h")))
		t.Total = append(t.Total, document.FigureCell(s.design("hours_"+name, "total", sum, inHours, "AL3")))
		chart.Series = append(chart.Series, document.Series{Name: s.T("columns." + name), Y: counts[kind][:]})
	}
	s.Add(chart)
	s.Add(t)
}

// demandByMonth prints the network's demand and what is left of it after this
// source and the others.
func (s *studyDraft) demandByMonth() {
	const hour = 3600
	c, ids := s.c, reports.MonthIDs()
	parts := [4][]float64{
		s.byMonth(func(h int) float64 { return float64(c.model.Demand[h]) * hour }),
		s.monthly, // the same figures as in the table of the source
		s.byMonth(func(h int) float64 { return float64(c.others(h)) * hour }),
	}
	for m := range ids {
		parts[0][m], parts[2][m] = wholeMWh(parts[0][m]), wholeMWh(parts[2][m])
		parts[3] = append(parts[3], parts[0][m]-parts[1][m]-parts[2][m]) // so that a row adds up on paper
	}
	basis := c.network.Basis.Method
	t := document.Table{Caption: s.T("study.demand_caption"), Sheet: s.T("study.demand_sheet"),
		Columns: []document.Column{s.Text("month"), s.Number("demand", "MWh"), s.Number("delivered", "MWh"), s.Number("by_others", "MWh"), s.Number("left_over", "MWh"), s.Center("method")},
		Notes:   document.Text(s.T("study.demand_note"))}
	for m, id := range ids {
		cells := []document.Cell{document.HeadCell(s.T("months." + id))}
		cells = append(cells, document.FigureCell(s.given("demand", id, parts[0][m], reports.InMWh, basis)))
		for i, name := range [3]string{"delivered", "by_others", "left_over"} {
			cells = append(cells, document.FigureCell(s.design("demand_"+name, id, parts[i+1][m], reports.InMWh, "AL1")))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.Cell{Text: "AL1, " + basis, Code: true})})
	}
	s.Add(t)
}

// wholeMWh is an energy in J as it is printed.
func wholeMWh(joules float64) float64 {
	return float64(interval.MegawattHour) * reports.InMWh.Round(joules)
}

// demandOfYear closes the network's year: what existing EnR&R, this source
// and the others give, and what other plant has to.
func (s *studyDraft) demandOfYear() {
	a := s.c.network.Allocation
	left := float64(a.Demand - a.MustRun - a.Served)
	s.figures("study.year_caption", []line{
		{s.T("columns.demand"), s.given("network_year", "demand", float64(a.Demand), reports.InMWh, s.c.network.Basis.Method)},
		{s.T("study.must_run"), s.given("network_year", "must_run", float64(a.MustRun), reports.InMWh, "AL2")},
		{s.T("heats.delivered"), s.c.pair.Delivered.MWh},
		{s.T("columns.by_others"), s.design("network_year", "others", a.Delivered.Value-s.c.delivery.DeliveredHeat.Value, reports.InMWh, "AL1")},
		{s.T("study.other_plant"), s.design("network_year", "left", left, reports.InMWh, "AL7")},
		{s.T("network.coverage_rate"), s.design("network_year", "coverage", a.Coverage, inShare, "AL1")},
	})
}

// injection says between which pipes the heat is fed and what that does.
func (s *studyDraft) injection() {
	scheme := s.c.model.Injection
	if scheme == "" {
		scheme = heat.ReturnToSupply
	}
	s.Paragraph("study.injection_" + string(scheme))
	if scheme == heat.ReturnToSupply {
		return
	}
	s.figures("study.injection_caption", []line{
		{s.T("study.return_rise"), s.design("injection", "mean", float64(s.c.network.Allocation.ReturnRise), inKelvin, "IN2")},
		{s.T("study.return_rise_most"), s.design("injection", "most", float64(s.c.network.Allocation.MaxReturnRise), inKelvin, "IN2")},
	})
}

// inKelvin is a temperature difference.
var inKelvin = reports.In("K", 1, 1)
