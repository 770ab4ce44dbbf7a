package reports

import (
	"math"
	"time"

	"thermie/heat"
	"thermie/reports/document"
)

// sourceChapter is chapter 2: how warm and how strong the source is, and its
// year by month.
func (s *studyDraft) sourceChapter() error {
	s.heading(1, "2", "study.source")
	s.paragraph("network.source_text", "file", HourlyName(s.r.ID))
	supply, ret := "site.supply", "site.return"
	if !s.r.MeasuredTemperatures() {
		supply, ret = "site.supply_assumed", "site.return_assumed"
	}
	warm, cold := s.f.Supply, s.f.Return
	warm.Method, cold.Method = "TM", "TM"
	warm.Simulated, cold.Simulated = s.f.Heat.Simulated, s.f.Heat.Simulated
	s.figures("network.source_caption", []line{
		{s.t("site.heat"), s.offered()}, {s.t("site.handed_over"), s.f.HandedOver}, {s.t(supply), warm}, {s.t(ret), cold},
	}, s.t("study.source_note", "tap", s.tap(s.r.Place.Tap), "data", s.dataOf(s.r)))
	s.cloud()
	s.balanceByMonth()
	return nil
}

// cloud draws each hour's power over the temperature at the tap.
func (s *studyDraft) cloud() {
	if s.r.Estimate == nil || !s.r.MeasuredTemperatures() {
		s.note(document.NoteInfo, "study.no_cloud")
		return
	}
	winter, rest := document.Series{Name: s.t("columns.winter")}, document.Series{Name: s.t("study.rest_of_year")}
	for h, p := range s.hours {
		t := s.r.Estimate.Hours[h].Supply.Celsius()
		if math.IsNaN(float64(p)) || math.IsNaN(t) {
			continue
		}
		to := &rest
		if heat.HeatingSeason(s.r.Period.From.Add(time.Duration(h) * time.Hour)) {
			to = &winter
		}
		to.X, to.Y = append(to.X, roundTo(t, 2)), append(to.Y, inPower.round(float64(p)))
	}
	c := document.Chart{Caption: s.t("study.cloud"), Alt: s.t("study.cloud_alt"), Sheet: s.t("study.cloud_sheet"), Kind: document.ScatterChart,
		X: document.Axis{Title: s.t("study.cloud_x"), Fit: true}, Y: document.Axis{Title: s.t("network.duration_y")}, Simulated: s.r.Heat().Simulated}
	for _, series := range []document.Series{winter, rest} {
		if len(series.X) > 0 {
			c.Series = append(c.Series, series)
		}
	}
	s.add(c)
}

// balanceByMonth is the year of the source and of its use, month by month.
func (s *studyDraft) balanceByMonth() {
	if !s.r.Annual() {
		s.paragraph("study.no_months")
		return
	}
	g, ids := s.grid, monthIDs()
	g.name = "monthly"
	total := s.offered()
	offered := g.apportion(total, "gisement_mwh", ids, s.byMonth(func(h int) float64 { return float64(s.r.Estimate.Hours[h].Heat) }), inMWh)
	t := document.Table{Caption: s.t("network.monthly_caption"), Sheet: s.t("sheets.monthly"),
		Columns: []document.Column{s.text("month"), summed(s.sure("rejected", "MWh"))}, Total: []document.Cell{document.HeadCell(s.t("words.year_total")), document.FigureCell(total)}}
	chart := document.Chart{Caption: s.t("study.months_chart"), Alt: s.t("study.months_alt"), Sheet: s.t("sheets.monthly_chart"), Kind: document.BarChart,
		Y: document.Axis{Title: s.t("diagnosis.monthly_axis")}, Simulated: total.Simulated, Series: []document.Series{{Name: s.t("heats.rejected")}}}
	for m, id := range ids {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.t("months." + id)), document.FigureCell(offered[m])}})
		chart.Categories = append(chart.Categories, s.t("months_short."+id))
		chart.Series[0].Y = append(chart.Series[0].Y, offered[m].Value)
	}
	if s.c != nil {
		s.usedByMonth(&t, &chart, g, ids)
	}
	s.add(chart)
	s.add(t)
}

// usedByMonth adds what the network takes: captured and electricity, and
// their sum, which is what is delivered.
func (s *studyDraft) usedByMonth(t *document.Table, chart *document.Chart, g grid, ids []string) {
	d, p := s.c.delivery, s.c.pair
	captured := g.apportion(p.Captured.MWh, "captee_mwh", ids, s.byMonth(func(h int) float64 { return float64(d.Captured[h]) * 3600 }), inMWh)
	pump := g.apportion(p.Pump, "electricite_mwh", ids, s.byMonth(func(h int) float64 { return float64(d.Electricity[h]) * 3600 }), inMWh)
	t.Columns = append(t.Columns, summed(s.sure("captured", "MWh")), summed(s.sure("pump", "MWh")), summed(s.number("delivered", "MWh")))
	bars := document.Series{Name: s.t("heats.captured")}
	for m, id := range ids {
		delivered := captured[m]
		delivered.Code, delivered.Key, delivered.U = g.place(id, "livree_mwh").code(), "livree_mwh", 0
		delivered.Value = roundTo(captured[m].Value+pump[m].Value, 0)
		t.Rows[m].Cells = append(t.Rows[m].Cells, document.FigureCell(captured[m]), document.FigureCell(pump[m]), document.FigureCell(delivered))
		bars.Y = append(bars.Y, captured[m].Value)
	}
	t.Total = append(t.Total, document.FigureCell(p.Captured.MWh), document.FigureCell(p.Pump), document.FigureCell(p.Delivered.MWh))
	chart.Series = append(chart.Series, bars)
}
