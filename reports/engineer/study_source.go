package engineer

import (
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// sourceChapter is chapter 2: how warm and how strong the source is, and its
// year by month.
func (s *studyDraft) sourceChapter() error {
	s.Heading(1, "2", "study.source")
	s.Paragraph("network.source_text", "file", reports.HourlyName(s.r.ID))
	supply, ret := "site.supply", "site.return"
	if !s.r.MeasuredTemperatures {
		supply, ret = "site.supply_assumed", "site.return_assumed"
	}
	warm, cold := s.f.Supply, s.f.Return
	warm.Method, cold.Method = "TM", "TM"
	warm.Simulated, cold.Simulated = s.f.Heat.Simulated, s.f.Heat.Simulated
	s.figures("network.source_caption", []line{
		{s.T("site.heat"), s.offered()}, {s.T("site.handed_over"), s.handedOver()}, {s.T(supply), warm}, {s.T(ret), cold},
	}, s.T("study.source_note", "tap", s.Tap(s.r.Place.Tap), "data", s.DataOf(s.r)))
	s.indicators()
	s.cloud()
	s.balanceByMonth()
	return nil
}

// handedOver is the heat handed over already: in MWh of a year, in kWh of
// some days.
func (s *studyDraft) handedOver() document.Figure {
	q := s.r.Quantity(func(b *heat.Balance) heat.Quantity { return b.HandedOver })
	if !s.r.Annual() || !q.Known {
		return s.f.HandedOver
	}
	return s.figure("source", "handed_over", q, reports.InMWh)
}

// cloud draws each hour's power over the temperature at the tap.
func (s *studyDraft) cloud() {
	if s.r.Estimate == nil || !s.r.MeasuredTemperatures {
		s.Note(document.NoteInfo, "study.no_cloud")
		return
	}
	winter, rest := document.Series{Name: s.T("columns.winter")}, document.Series{Name: s.T("study.rest_of_year")}
	for h, p := range s.hours {
		t := s.r.Estimate.Hours[h].Supply.Celsius()
		if math.IsNaN(float64(p)) || math.IsNaN(t) {
			continue
		}
		to := &rest
		if heat.HeatingSeason(s.r.Period.From.Add(time.Duration(h) * time.Hour)) {
			to = &winter
		}
		to.X, to.Y = append(to.X, reports.RoundTo(t, 2)), append(to.Y, inPower.Round(float64(p)))
	}
	c := document.Chart{Caption: s.T("study.cloud"), Alt: s.T("study.cloud_alt"), Sheet: s.T("study.cloud_sheet"), Kind: document.ScatterChart,
		X: document.Axis{Title: s.T("study.cloud_x"), Fit: true}, Y: document.Axis{Title: s.T("network.duration_y")}, Simulated: s.r.Heat().Simulated}
	for _, series := range []document.Series{winter, rest} {
		if len(series.X) > 0 {
			c.Series = append(c.Series, series)
		}
	}
	s.Add(c)
}

// balanceByMonth is the year of the source and of its use, month by month.
func (s *studyDraft) balanceByMonth() {
	if !s.r.Annual() {
		s.Paragraph("study.no_months")
		return
	}
	g, ids := s.grid, reports.MonthIDs()
	g.Name = "monthly"
	total := s.offered()
	offered := g.Apportion(total, "gisement_mwh", ids, s.byMonth(func(h int) float64 { return float64(s.r.Estimate.Hours[h].Heat) }), reports.InMWh)
	t := document.Table{Caption: s.T("network.monthly_caption"), Sheet: s.T("sheets.monthly"),
		Columns: []document.Column{s.Text("month"), reports.Summed(s.Uncertain("rejected", "MWh"))}, Total: []document.Cell{document.HeadCell(s.T("words.year_total")), document.FigureCell(total)}}
	chart := document.Chart{Caption: s.T("study.months_chart"), Alt: s.T("study.months_alt"), Sheet: s.T("sheets.monthly_chart"), Kind: document.BarChart,
		Y: document.Axis{Title: s.T("diagnosis.monthly_axis")}, Simulated: total.Simulated, Series: []document.Series{{Name: s.T("heats.rejected")}}}
	for m, id := range ids {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("months." + id)), document.FigureCell(offered[m])}})
		chart.Categories = append(chart.Categories, s.T("months_short."+id))
		chart.Series[0].Y = append(chart.Series[0].Y, offered[m].Value)
	}
	if s.c != nil {
		s.usedByMonth(&t, &chart, g, ids)
	}
	s.Add(chart)
	s.Add(t)
}

// usedByMonth adds what the network takes: captured and electricity, and
// their sum, which is what is delivered.
func (s *studyDraft) usedByMonth(t *document.Table, chart *document.Chart, g reports.Grid, ids []string) {
	d, p := s.c.delivery, s.c.pair
	captured := g.Apportion(p.Captured.MWh, "captee_mwh", ids, s.byMonth(func(h int) float64 { return float64(d.Captured[h]) * 3600 }), reports.InMWh)
	pump := g.Apportion(p.Pump, "electricite_mwh", ids, s.byMonth(func(h int) float64 { return float64(d.Electricity[h]) * 3600 }), reports.InMWh)
	t.Columns = append(t.Columns, reports.Summed(s.Uncertain("captured", "MWh")), reports.Summed(s.Uncertain("pump", "MWh")), reports.Summed(s.Number("delivered", "MWh")))
	bars := document.Series{Name: s.T("heats.captured")}
	for m, id := range ids {
		delivered := g.At(captured[m], id, "livree_mwh")
		delivered.U = 0
		delivered.Value = reports.RoundTo(captured[m].Value+pump[m].Value, 0)
		s.monthly = append(s.monthly, float64(interval.MegawattHour)*delivered.Value)
		t.Rows[m].Cells = append(t.Rows[m].Cells, document.FigureCell(captured[m]), document.FigureCell(pump[m]), document.FigureCell(delivered))
		bars.Y = append(bars.Y, captured[m].Value)
	}
	t.Total = append(t.Total, document.FigureCell(p.Captured.MWh), document.FigureCell(p.Pump), document.FigureCell(p.Delivered.MWh))
	chart.Series = append(chart.Series, bars)
}
