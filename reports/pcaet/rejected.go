package pcaet

import (
	"math"
	"strings"
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// rejected is 1.3: the heat that the sites reject, its temperature and its
// course over the year.
func (p *Report) rejected() {
	p.Paragraph("diagnosis.rejected_text")
	t := document.Table{Caption: p.T("diagnosis.rejected_caption", "year", p.year()), Sheet: p.T("sheets.rejected"),
		Columns: []document.Column{p.Text("site"), reports.Summed(p.Uncertain("rejected", "MWh")), reports.Summed(p.Number("rejected", "GWh")),
			p.Number("supply", "°C"), p.Number("return", "°C"), p.Text("tiers"), p.Center("coverage"), p.Text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s.Site)), document.FigureCell(s.Rejected.MWh), document.FigureCell(s.Rejected.GWh),
			document.FigureCell(s.Supply), document.FigureCell(s.Return), document.TextCell(s.Tiers), p.Coverage(s.Rejected.MWh), reports.Method(s.Rejected.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.territory_total")), document.FigureCell(p.f.Rejected.MWh), document.FigureCell(p.f.Rejected.GWh),
		document.TextCell(""), document.TextCell(""), document.TextCell(""), p.Coverage(p.f.Rejected.MWh), reports.Method(p.f.Rejected.MWh)}
	if assumed := p.assumedTemperatures(); assumed != "" {
		t.Notes = document.Text(p.T("diagnosis.rejected_assumed", "sites", assumed))
	}
	p.addUnlessEmpty(t)
	if len(p.f.Annual) == 0 {
		return
	}
	months := p.monthly()
	p.Add(p.monthlyTable(months))
	p.Add(p.monthlyChart(months))
	p.byClass()
}

// assumedTemperatures names the annual sites without a temperature sensor at
// the tap.
func (p *Report) assumedTemperatures() string {
	var names []string
	for _, s := range p.f.Annual {
		if !s.Site.MeasuredTemperatures {
			names = append(names, reports.SiteName(s.Site))
		}
	}
	return strings.Join(names, ", ")
}

// month is one month of the territory's annual sites.
type month struct {
	Name     string
	Short    string            // for charts
	BySite   []document.Figure // MWh rejected, by annual site
	Rejected document.Figure   // MWh, the sum
	Captured document.Figure   // MWh
	Supply   document.Figure   // °C, weighted by energy
}

// monthly splits the printed annual figures over the months, so that the
// twelve add up to the year digit for digit.
func (p *Report) monthly() []month {
	g := p.d.Grid("monthly")
	ids := reports.MonthIDs()
	months := make([]month, 12)
	supply := p.monthlySupply()
	for m := range months {
		months[m].Name, months[m].Short = p.T("months."+ids[m]), p.T("months_short."+ids[m])
	}
	for _, s := range p.f.Annual {
		sums := make([]float64, 12)
		for h, hour := range s.Site.Estimate.Hours {
			sums[p.d.MonthOf(h)] += float64(hour.Heat)
		}
		for m, f := range g.Apportion(s.Rejected.MWh, "gisement_mwh_"+s.Site.ID, ids, sums, reports.InMWh) {
			months[m].BySite = append(months[m].BySite, f)
		}
	}
	captured := make([][]document.Figure, 12)
	for _, pr := range p.f.Pairs {
		if !pr.Captured.MWh.Stated() {
			continue
		}
		sums := make([]float64, 12)
		for h, w := range pr.Delivery.Captured {
			if !math.IsNaN(float64(w)) {
				sums[p.d.MonthOf(h)] += float64(w.For(time.Hour))
			}
		}
		for m, f := range g.Apportion(pr.Captured.MWh, "captee_mwh_"+pr.Captured.MWh.Place.Row, ids, sums, reports.InMWh) {
			captured[m] = append(captured[m], f)
		}
	}
	for m := range months {
		months[m].Rejected = g.RowSum(ids[m], "gisement_mwh", reports.InMWh, months[m].BySite)
		months[m].Supply = reports.Weighted(g.Plain(ids[m], "supply_c", supply[m], reports.InCelsius), months[m].BySite)
		months[m].Captured = g.RowSum(ids[m], "captee_mwh", reports.InMWh, captured[m])
	}
	return months
}

// monthlySupply is each month's mean supply temperature in °C, weighted by
// energy over the annual sites; NaN where no hour knows one.
func (p *Report) monthlySupply() []float64 {
	weighted, energy := make([]float64, 12), make([]float64, 12)
	for _, s := range p.f.Annual {
		for h, hour := range s.Site.Estimate.Hours {
			t := hour.Supply.Celsius()
			if hour.Coverage == 0 || math.IsNaN(t) {
				continue
			}
			weighted[p.d.MonthOf(h)] += t * float64(hour.Heat)
			energy[p.d.MonthOf(h)] += float64(hour.Heat)
		}
	}
	for m := range weighted {
		weighted[m] /= energy[m]
	}
	return weighted
}

func (p *Report) monthlyTable(months []month) document.Table {
	t := document.Table{Caption: p.T("diagnosis.monthly_caption", "year", p.year()), Sheet: p.T("sheets.monthly"),
		Columns: []document.Column{p.Text("month"), reports.Summed(p.Uncertain("rejected", "MWh")), p.Number("supply", "°C"), reports.Summed(p.Uncertain("captured", "MWh"))},
		Notes:   document.Text(p.T("diagnosis.monthly_note"))}
	for _, m := range months {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(m.Name), document.FigureCell(m.Rejected), document.FigureCell(m.Supply), document.FigureCell(m.Captured)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.T("words.year_total")), document.FigureCell(p.f.Rejected.MWh), document.TextCell(""), document.FigureCell(p.f.Captured.MWh)}
	return t
}

// maxChartSites is how many sites a chart names; more are drawn as one.
const maxChartSites = 6

func (p *Report) monthlyChart(months []month) document.Chart {
	c := document.Chart{Caption: p.T("diagnosis.monthly_chart", "year", p.year()), Alt: p.T("diagnosis.monthly_alt"),
		Sheet: p.T("sheets.monthly_chart"), Kind: document.StackedBars,
		X: document.Axis{Title: p.T("columns.month")}, Y: document.Axis{Title: p.T("diagnosis.monthly_axis")},
		Simulated: p.f.Rejected.MWh.Simulated}
	for _, m := range months {
		c.Categories = append(c.Categories, m.Short)
	}
	if len(p.f.Annual) > maxChartSites || p.protected() {
		all := document.Series{Name: p.T("heats.rejected")}
		for _, m := range months {
			all.Y = append(all.Y, m.Rejected.Shown())
		}
		c.Series = []document.Series{all}
		return c
	}
	for i, s := range p.f.Annual {
		one := document.Series{Name: reports.SiteName(s.Site)}
		for _, m := range months {
			one.Y = append(one.Y, m.BySite[i].Shown())
		}
		c.Series = append(c.Series, one)
	}
	return c
}
