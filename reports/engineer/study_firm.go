package engineer

import (
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// firmChapter is chapter 3: the duration curve and what may be counted on, by
// month and over the winter.
func (s *studyDraft) firmChapter() error {
	s.Heading(1, "3", "study.firm")
	s.Paragraph("network.firm_text")
	if len(s.counted.Year.Sorted) == 0 {
		s.Note(document.NoteWarning, "study.no_hours")
		return nil
	}
	s.curve()
	s.firmByMonth()
	s.figures("study.firm_caption", []line{
		{s.T("study.winter_p5"), s.power("winter", "p5", s.counted.Winter.P95)},
		{s.T("network.lowest_day"), s.power("lowest_day", "year", s.counted.LowestDay)},
		{s.T("network.ramp"), s.power("ramp", "year", s.counted.Ramp)},
		{s.T("network.outage"), s.design("firm", "outage", float64(s.counted.LongestOutage), inHours, "FP1")},
		{s.T("network.valid_hours"), s.design("firm", "valid_hours", float64(len(s.counted.Year.Sorted)), inHours, "LD1")},
	}, s.T("study.firm_note", "hours", s.Whole(s.counted.Year.Hours)))
	return nil
}

// curve draws the sorted hours of the source and of what is captured of it.
func (s *studyDraft) curve() {
	sorted := func(name string, l heat.LoadDuration) document.Series {
		line := document.Series{Name: name}
		for h, p := range l.Sorted {
			line.X, line.Y = append(line.X, float64(h)), append(line.Y, inPower.Round(float64(p)))
		}
		return line
	}
	c := document.Chart{Caption: s.T("network.duration_chart"), Alt: s.T("network.duration_alt"), Sheet: s.T("sheets.duration"), Kind: document.DurationLine,
		X: document.Axis{Title: s.T("network.duration_x")}, Y: document.Axis{Title: s.T("network.duration_y")}, Simulated: s.r.Heat().Simulated}
	c.Series = []document.Series{sorted(s.T("columns.available"), s.counted.Year)}
	c.Series[0].Fill = true
	if s.c != nil {
		c.Series = append(c.Series, sorted(s.T("heats.captured"), heat.NewLoadDuration(s.c.delivery.Captured)))
	}
	s.Add(c)
}

// firmByMonth prints P50, P90 and P99 of each month that has hours.
func (s *studyDraft) firmByMonth() {
	t := document.Table{Caption: s.T("study.firm_months"), Sheet: s.T("sheets.firm"),
		Columns: []document.Column{s.Text("month"), s.Uncertain("p50", "kW"), s.Uncertain("p90", "kW"), s.Uncertain("p99", "kW"), s.Number("valid_hours", "h"), s.Center("method")}}
	row := func(id, name string, l heat.LoadDuration) {
		if l.Hours == 0 {
			return
		}
		f := s.power(id, "p50", l.P50)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.FigureCell(f),
			document.FigureCell(s.power(id, "p90", l.P90)), document.FigureCell(s.power(id, "p99", l.P99)),
			document.FigureCell(s.design("firm_"+id, "valid_hours", float64(len(l.Sorted)), inHours, "LD1")), reports.Method(f)}})
	}
	for m, id := range reports.MonthIDs() {
		row(id, s.T("months."+id), s.counted.Months[m])
	}
	row("season", s.T("columns.winter"), s.counted.Winter)
	row("year", s.T("columns.whole_year"), s.counted.Year)
	s.Add(t)
}
