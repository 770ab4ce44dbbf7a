package reports

import (
	"context"
	"strconv"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// SiteDocument builds the report of one site: electricity, PUE or its
// partial and interim form, recoverable heat by method.
func SiteDocument(ctx context.Context, src Source, site string, o Options) (*document.Document, error) {
	r, o, err := openSite(ctx, src, site, o)
	if err != nil {
		return nil, err
	}
	w, err := wordsOf(o.Lang)
	if err != nil {
		return nil, err
	}
	s := &siteDraft{draft: draft{words: w}, r: r, f: r.figures()}
	s.result()
	s.profile()
	s.tiers()
	s.meters()
	return s.document("site", o), nil
}

// openSite reads one site for a report of its own.
func openSite(ctx context.Context, src Source, site string, o Options) (*SiteResult, Options, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, o, err
	}
	r, err := ReadSite(ctx, src, site, o)
	return r, o, err
}

// siteDraft is a site's report being written.
type siteDraft struct {
	draft
	r *SiteResult
	f siteFigures
}

// document closes the report; kind is the chapter of its title.
func (s *siteDraft) document(kind string, o Options) *document.Document {
	period := s.days(s.r.Period.From, s.r.Period.To)
	doc := &document.Document{
		Title:    s.t(kind+".title", "site", siteName(s.r)),
		Subtitle: s.t(kind+".subtitle", "period", period),
		Subject:  s.t(kind+".subject", "site", siteName(s.r)),
		Author:   s.r.Place.Operator,
		Lang:     s.lang, Date: o.Date, Version: o.Software, Blocks: s.blocks,
	}
	if s.r.Place.Fictitious {
		doc.Banner = s.t("words.demonstration")
	}
	return doc
}

// result is the table of energies, after what the reader must know of them.
func (s *siteDraft) result() {
	s.heading(1, "1", "site.result")
	if s.r.WholeYear {
		s.paragraph("site.result_text_year", "year", strconv.Itoa(s.r.Year))
	} else {
		s.paragraph("site.result_text_days", "period", s.days(s.r.Period.From, s.r.Period.To))
	}
	s.nature()
	total := "site.e_dc"
	if s.r.Balance != nil && s.r.Balance.Partial {
		total = "site.e_dc_partial"
	}
	t := document.Table{Caption: s.t("site.energy_caption"), Sheet: s.t("sheets.energy"),
		Columns: []document.Column{s.text("quantity"), s.sure("value", ""), s.center("coverage"), s.text("method"), s.text("code")}}
	ratio, supply, ret := "site.pue", "site.supply", "site.return"
	ratioFigure := s.f.PUE
	if s.f.PUE.Mark != document.Known {
		ratio, ratioFigure, t.Notes = "site.ppue", s.f.PPUE, document.Text(s.t("site.ppue_note"))
	}
	if !s.r.MeasuredTemperatures() {
		supply, ret = "site.supply_assumed", "site.return_assumed"
	}
	for _, row := range []struct {
		key string
		f   document.Figure
	}{
		{"site.e_it", s.f.EIT}, {total, s.f.EDC}, {"site.cooling", s.f.Cooling}, {ratio, ratioFigure},
		{"site.heat", s.f.Heat}, {"site.handed_over", s.f.HandedOver}, {supply, s.f.Supply}, {ret, s.f.Return},
	} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.t(row.key)), document.FigureCell(row.f), s.coverage(row.f), method(row.f), codeOf(row.f)}})
	}
	s.add(t)
}

// nature says what the site's data are, where they are not plainly measured
// by the site's own meters, and what went wrong with them.
func (s *siteDraft) nature() {
	origin := s.orNone(s.r.Place.Origin)
	switch {
	case s.r.Fault != nil:
		s.note(document.NoteWarning, "site.fault", "fault", s.r.Fault.Error())
	case s.r.Simulated():
		s.note(document.NoteWarning, "site.simulated", "origin", origin)
	case s.r.Place.Fictitious && s.r.Place.Data == interval.MeasuredData:
		s.note(document.NoteWarning, "site.measured_fictitious", "origin", origin)
	}
}

// profile draws the hourly powers over the period.
func (s *siteDraft) profile() {
	if s.r.Balance == nil || s.r.Estimate == nil || s.r.Declared {
		return
	}
	c := document.Chart{Caption: s.t("site.profile_chart"), Alt: s.t("site.profile_alt"), Sheet: s.t("sheets.profile"), Kind: document.LineChart,
		Y: document.Axis{Title: s.t("site.profile_axis")}, Simulated: s.f.EIT.Simulated || s.f.Heat.Simulated}
	c.X = s.timeAxis()
	hours := s.r.Balance.Hours
	c.Series = []document.Series{
		s.means(s.t("site.total_power"), len(hours), func(i int) heat.Flow { return hours[i].Total }),
		s.means(s.t("site.it_power"), len(hours), func(i int) heat.Flow { return hours[i].IT }),
		s.means(s.t("site.heat_power"), len(hours), func(i int) heat.Flow {
			h := s.r.Estimate.Hours[i]
			return heat.Flow{Energy: h.Heat, Coverage: h.Coverage}
		}),
	}
	s.add(c)
}

// timeAxis names the hours of a day, or the months of a year.
func (s *siteDraft) timeAxis() document.Axis {
	p := s.r.Period
	switch {
	case p.Hours() <= 24:
		axis := document.Axis{Title: s.t("site.day_axis")}
		for h := 0; h <= 24; h += 4 {
			axis.Ticks = append(axis.Ticks, document.Tick{At: float64(h), Label: strconv.Itoa(h)})
		}
		return axis
	case p.Annual():
		axis := document.Axis{Title: s.t("site.month_axis")}
		for m, id := range monthIDs() {
			first := time.Date(p.From.Year(), time.Month(m+1), 1, 0, 0, 0, 0, p.From.Location())
			axis.Ticks = append(axis.Ticks, document.Tick{At: first.Sub(p.From).Hours(), Label: s.t("months_short." + id)})
		}
		return axis
	}
	return document.Axis{Title: s.t("site.hour_axis")}
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
	s.heading(1, "2", "site.tiers")
	s.paragraph("site.tiers_text")
	if s.r.Estimate == nil {
		return
	}
	g := grid{siteReport, s.r.ID, periodID(s.r.Period), "tiers"}
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
	kwh := step{s.f.Heat.Unit, 3.6e6, s.f.Heat.Decimals}
	t := document.Table{Caption: s.t("site.tiers_caption"), Sheet: s.t("sheets.methods"),
		Columns: []document.Column{s.text("method"), s.text("formula"), summed(s.number("recoverable", "kWh"))}}
	for i, f := range g.apportion(s.f.Heat, "recoverable_kwh", ids, parts, kwh) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: ids[i], Code: true, Head: true}, document.TextCell(s.methodName(ids[i])), document.FigureCell(f)}})
	}
	t.Total = []document.Cell{document.HeadCell(document.LabelsOf(s.lang).Total), document.TextCell(""), document.FigureCell(s.f.Heat)}
	s.add(t)
}

// meters lists points and assumptions.
func (s *siteDraft) meters() {
	s.heading(1, "3", "site.meters")
	if t := s.pointTable([]*SiteResult{s.r}); len(t.Rows) > 0 {
		s.add(t)
	}
	if remarks := s.remarks(s.r); len(remarks) > 0 {
		s.paragraph("annex.remarks_text")
		s.list(remarks...)
	}
	if s.r.Estimate != nil {
		s.assumptions(siteName(s.r), s.r.Estimate.Assumptions)
	}
}
