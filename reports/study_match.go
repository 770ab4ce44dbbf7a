package reports

import (
	"thermie/heat"
	"thermie/reports/document"
)

// matchChapter is chapter 4: when the source can serve the network, how, and
// what of the demand is left.
func (s *studyDraft) matchChapter() error {
	s.heading(1, "4", "study.match")
	if s.unmatched() {
		return nil
	}
	s.paragraph("study.match_text", "network", s.c.link.Network.Name, "distance", s.c.pair.Distance.Full(s.lang), "zone", s.c.link.Network.ClimateZone)
	s.hoursByMonth()
	s.demandByMonth()
	s.demandOfYear()
	s.injection()
	return nil
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
		counts[kind][s.d.monthOf(h)]++
	}
	names := [3]string{"direct", "with_pump", "not_served"}
	t := document.Table{Caption: s.t("study.hours_caption"), Sheet: s.t("study.hours_sheet"), Columns: []document.Column{s.text("month")},
		Total: []document.Cell{document.HeadCell(s.t("words.year_total"))}, Notes: document.Text(s.t("study.hours_note"))}
	chart := document.Chart{Caption: s.t("study.hours_chart"), Alt: s.t("study.hours_alt"), Sheet: s.t("study.hours_chart_sheet"), Kind: document.StackedBars,
		Y: document.Axis{Title: s.t("study.hours_axis")}, Simulated: s.r.Heat().Simulated}
	for m, id := range monthIDs() {
		chart.Categories = append(chart.Categories, s.t("months_short."+id))
		cells := []document.Cell{document.HeadCell(s.t("months." + id))}
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
		t.Columns = append(t.Columns, summed(s.number(name, "h")))
		t.Total = append(t.Total, document.FigureCell(s.design("hours_"+name, "total", sum, inHours, "AL3")))
		chart.Series = append(chart.Series, document.Series{Name: s.t("columns." + name), Y: counts[kind][:]})
	}
	s.add(chart)
	s.add(t)
}

// demandByMonth prints the network's demand and what is left of it after this
// source and the others.
func (s *studyDraft) demandByMonth() {
	const hour = 3600
	c, ids := s.c, monthIDs()
	parts := [4][]float64{
		s.byMonth(func(h int) float64 { return float64(c.model.Demand[h]) * hour }),
		s.byMonth(func(h int) float64 { return float64(c.delivery.Delivered[h]) * hour }),
		s.byMonth(func(h int) float64 { return float64(c.others(h)) * hour }),
	}
	for m := range ids {
		parts[3] = append(parts[3], parts[0][m]-parts[1][m]-parts[2][m])
	}
	t := document.Table{Caption: s.t("study.demand_caption"), Sheet: s.t("study.demand_sheet"),
		Columns: []document.Column{s.text("month"), s.number("demand", "MWh"), s.number("delivered", "MWh"), s.number("by_others", "MWh"), s.number("left_over", "MWh"), s.center("method")},
		Notes:   document.Text(s.t("study.demand_note"))}
	for m, id := range ids {
		cells := []document.Cell{document.HeadCell(s.t("months." + id))}
		cells = append(cells, document.FigureCell(s.given("demand", id, parts[0][m], inMWh, "D1")))
		for i, name := range [3]string{"delivered", "by_others", "left_over"} {
			cells = append(cells, document.FigureCell(s.design("demand_"+name, id, parts[i+1][m], inMWh, "AL1")))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.Cell{Text: "AL1, D1", Code: true})})
	}
	s.add(t)
}

// demandOfYear closes the network's year: what existing EnR&R, this source
// and the others give, and what other plant has to.
func (s *studyDraft) demandOfYear() {
	a := s.c.network.Allocation
	left := float64(a.Demand-a.MustRun) - a.Delivered.Value
	s.figures("study.year_caption", []line{
		{s.t("columns.demand"), s.given("network_year", "demand", float64(a.Demand), inMWh, "D1")},
		{s.t("study.must_run"), s.given("network_year", "must_run", float64(a.MustRun), inMWh, "AL2")},
		{s.t("heats.delivered"), s.c.pair.Delivered.MWh},
		{s.t("columns.by_others"), s.design("network_year", "others", a.Delivered.Value-s.c.delivery.DeliveredHeat.Value, inMWh, "AL1")},
		{s.t("study.other_plant"), s.design("network_year", "left", left, inMWh, "AL7")},
		{s.t("network.coverage_rate"), s.design("network_year", "coverage", a.Coverage, inShare, "AL1")},
	})
}

// injection says between which pipes the heat is fed and what that does.
func (s *studyDraft) injection() {
	scheme := s.c.model.Injection
	if scheme == "" {
		scheme = heat.ReturnToSupply
	}
	s.paragraph("study.injection_" + string(scheme))
	s.figures("study.injection_caption", []line{
		{s.t("study.return_rise"), s.design("injection", "mean", float64(s.c.network.Allocation.ReturnRise), inKelvin, "IN2")},
		{s.t("study.return_rise_most"), s.design("injection", "most", float64(s.c.network.Allocation.MaxReturnRise), inKelvin, "IN2")},
	})
}

// inKelvin is a temperature difference.
var inKelvin = step{"K", 1, 1}
