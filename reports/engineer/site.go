package engineer

import (
	"context"
	"strconv"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// SiteDocument builds the report of one site: electricity, PUE or its
// partial and interim form, recoverable heat by method.
func SiteDocument(ctx context.Context, src reports.Source, site string, o reports.Options) (*document.Document, error) {
	r, o, err := openSite(ctx, src, site, o)
	if err != nil {
		return nil, err
	}
	w, err := reports.WordsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	s := &siteDraft{Draft: reports.Draft{Words: w}, r: r, f: r.Figures()}
	s.result()
	s.profile()
	s.tiers()
	s.meters()
	return s.document("site", o), nil
}

// openSite reads one site for a report of its own.
func openSite(ctx context.Context, src reports.Source, site string, o reports.Options) (*reports.SiteResult, reports.Options, error) {
	o, err := o.WithDefaults()
	if err != nil {
		return nil, o, err
	}
	o.AllowFictitious = true // each page says what the site is
	r, err := reports.ReadSite(ctx, src, site, o)
	return r, o, err
}

// siteDraft is a site's report being written.
type siteDraft struct {
	reports.Draft
	r *reports.SiteResult
	f reports.SiteFigures
}

// document closes the report; kind is the chapter of its title.
func (s *siteDraft) document(kind string, o reports.Options) *document.Document {
	period := s.Days(s.r.Period.From, s.r.Period.To)
	doc := &document.Document{
		Title:    s.T(kind+".title", "site", reports.SiteName(s.r)),
		Subtitle: s.T(kind+".subtitle", "period", period),
		Subject:  s.T(kind+".subject", "site", reports.SiteName(s.r)),
		Author:   s.r.Place.Operator,
		Lang:     s.Lang, Date: o.Date, Version: o.Software, Blocks: s.Blocks,
	}
	if s.r.Place.Fictitious {
		doc.Banner = s.T("words.demonstration")
	}
	return doc
}

// result is the table of energies, after what the reader must know of them.
func (s *siteDraft) result() {
	s.Heading(1, "1", "site.result")
	if s.r.WholeYear {
		s.Paragraph("site.result_text_year", "year", strconv.Itoa(s.r.Year))
	} else {
		s.Paragraph("site.result_text_days", "period", s.Days(s.r.Period.From, s.r.Period.To))
	}
	s.nature()
	total := "site.e_dc"
	if s.r.Balance != nil && s.r.Balance.Partial {
		total = "site.e_dc_partial"
	}
	t := document.Table{Caption: s.T("site.energy_caption"), Sheet: s.T("sheets.energy"),
		Columns: []document.Column{s.Text("quantity"), s.Uncertain("value", ""), s.Center("coverage"), s.Text("method"), s.Text("code")}}
	ratio, supply, ret := "site.pue", "site.supply", "site.return"
	ratioFigure := s.f.PUE
	if s.f.PUE.Mark != document.Known {
		ratio, ratioFigure, t.Notes = "site.ppue", s.f.PPUE, document.Text(s.T("site.ppue_note"))
	}
	if !s.r.MeasuredTemperatures {
		supply, ret = "site.supply_assumed", "site.return_assumed"
	}
	for _, row := range []struct {
		key string
		f   document.Figure
	}{
		{"site.e_it", s.f.EIT}, {total, s.f.EDC}, {"site.cooling", s.f.Cooling}, {ratio, ratioFigure},
		{"site.heat", s.f.Heat}, {"site.handed_over", s.f.HandedOver}, {supply, s.f.Supply}, {ret, s.f.Return},
	} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T(row.key)), document.FigureCell(row.f), s.Coverage(row.f), reports.Method(row.f), reports.CodeOf(row.f)}})
	}
	s.Add(t)
}

// nature says what the site's data are, where they are not plainly measured
// by the site's own meters, and what went wrong with them.
func (s *siteDraft) nature() {
	origin := s.OrNone(s.r.Place.Origin)
	switch {
	case s.r.Fault != nil:
		s.Note(document.NoteWarning, "site.fault", "fault", s.Why(s.r.Fault))
	case s.r.Simulated():
		s.Note(document.NoteWarning, "site.simulated", "origin", origin)
	case s.r.Place.Fictitious && s.r.Place.Data == interval.MeasuredData:
		s.Note(document.NoteWarning, "site.measured_fictitious", "origin", origin)
	}
}

// profile draws the hourly powers over the period.
func (s *siteDraft) profile() {
	if s.r.Balance == nil || s.r.Estimate == nil || s.r.Declared {
		return
	}
	c := document.Chart{Caption: s.T("site.profile_chart"), Alt: s.T("site.profile_alt"), Sheet: s.T("sheets.profile"), Kind: document.LineChart,
		Y: document.Axis{Title: s.T("site.profile_axis")}, Simulated: s.f.EIT.Simulated || s.f.Heat.Simulated}
	c.X = s.TimeAxis(s.r.Period)
	hours := s.r.Balance.Hours
	c.Series = []document.Series{
		s.means(s.T("site.total_power"), len(hours), func(i int) heat.Flow { return hours[i].Total }),
		s.means(s.T("site.it_power"), len(hours), func(i int) heat.Flow { return hours[i].IT }),
		s.means(s.T("site.heat_power"), len(hours), func(i int) heat.Flow {
			h := s.r.Estimate.Hours[i]
			return heat.Flow{Energy: h.Heat, Coverage: h.Coverage}
		}),
	}
	s.Add(c)
}

// means turns flows into a series of mean powers in kW: hour by hour for a
// day, day by day for more, so that a year's line stays readable. What is
// not known breaks the line.
func (s *siteDraft) means(name string, n int, flow func(int) heat.Flow) document.Series {
	width := 1
	if n > 14*24 {
		width = 24
	}
	series := document.Series{Name: name}
	for from := 0; from < n; from += width {
		var sum, cover float64
		for i := from; i < min(from+width, n); i++ {
			f := flow(i)
			sum, cover = sum+float64(f.Energy), cover+f.Coverage
		}
		series.X = append(series.X, float64(from)+float64(width)/2)
		series.Y = append(series.Y, sum/cover/3.6e6) // J an hour to kW; 0/0 is NaN: a gap
	}
	return series
}

// tiers says how the heat was found.
func (s *siteDraft) tiers() {
	s.Heading(1, "2", "site.tiers")
	s.Paragraph("site.tiers_text")
	if s.r.Estimate == nil {
		return
	}
	g := reports.NewGrid(reports.SiteReport, s.r.ID, reports.PeriodID(s.r.Period), "tiers")
	var ids []string
	var parts []float64
	for tier := heat.T1; tier <= heat.T5; tier++ {
		if energy, used := s.r.Estimate.ByTier[tier]; used {
			ids, parts = append(ids, tier.String()), append(parts, float64(energy))
		}
	}
	if len(ids) == 0 || s.f.Heat.Mark != document.Known {
		return
	}
	kwh := reports.In(s.f.Heat.Unit, 3.6e6, s.f.Heat.Decimals)
	t := document.Table{Caption: s.T("site.tiers_caption"), Sheet: s.T("sheets.methods"),
		Columns: []document.Column{s.Text("method"), s.Text("formula"), reports.Summed(s.Number("recoverable", "kWh"))}}
	for i, f := range g.Apportion(s.f.Heat, "recoverable_kwh", ids, parts, kwh) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: ids[i], Code: true, Head: true}, document.TextCell(s.MethodName(ids[i])), document.FigureCell(f)}})
	}
	t.Total = []document.Cell{document.HeadCell(document.LabelsOf(s.Lang).Total), document.TextCell(""), document.FigureCell(s.f.Heat)}
	s.Add(t)
}

// meters lists points and assumptions.
func (s *siteDraft) meters() {
	s.Heading(1, "3", "site.meters")
	if t := s.PointTable([]*reports.SiteResult{s.r}); len(t.Rows) > 0 {
		s.Add(t)
	}
	if remarks := s.Remarks(s.r); len(remarks) > 0 {
		s.Paragraph("annex.remarks_text")
		s.List(remarks...)
	}
	if s.r.Estimate != nil {
		s.Assumptions(reports.SiteName(s.r), s.r.Estimate.Assumptions)
	}
}
