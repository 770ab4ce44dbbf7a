package reports

import (
	"math"
	"strings"

	"thermie/reports/document"
)

// rejected is 1.3: the heat that the sites reject, its temperature and its
// course over the year.
func (p *pcaet) rejected() {
	p.paragraph("diagnosis.rejected_text")
	t := document.Table{Caption: p.t("diagnosis.rejected_caption", "year", p.year()), Sheet: p.t("sheets.rejected"),
		Columns: []document.Column{p.text("site"), summed(p.sure("rejected", "MWh")), summed(p.number("rejected", "GWh")),
			p.number("supply", "°C"), p.number("return", "°C"), p.text("tiers"), p.center("coverage"), p.text("method")}}
	for _, s := range p.f.Annual {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s.Site)), document.FigureCell(s.Rejected.MWh), document.FigureCell(s.Rejected.GWh),
			document.FigureCell(s.Supply), document.FigureCell(s.Return), document.TextCell(s.Tiers), p.coverage(s.Rejected.MWh), method(s.Rejected.MWh)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.territory_total")), document.FigureCell(p.f.Rejected.MWh), document.FigureCell(p.f.Rejected.GWh),
		document.TextCell(""), document.TextCell(""), document.TextCell(""), p.coverage(p.f.Rejected.MWh), method(p.f.Rejected.MWh)}
	if assumed := p.assumedTemperatures(); assumed != "" {
		t.Notes = document.Text(p.t("diagnosis.rejected_assumed", "sites", assumed))
	}
	p.addUnlessEmpty(t)
	if len(p.f.Annual) == 0 {
		return
	}
	months := p.monthly()
	p.add(p.monthlyTable(months))
	p.add(p.monthlyChart(months))
	p.add(p.temperatureClasses())
}

// assumedTemperatures names the annual sites without a temperature sensor at
// the tap.
func (p *pcaet) assumedTemperatures() string {
	var names []string
	for _, s := range p.f.Annual {
		if !s.Site.MeasuredTemperatures() {
			names = append(names, siteName(s.Site))
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
func (p *pcaet) monthly() []month {
	g := p.d.grid("monthly")
	ids := monthIDs()
	months := make([]month, 12)
	supply := p.monthlySupply()
	for m := range months {
		months[m].Name, months[m].Short = p.t("months."+ids[m]), p.t("months_short."+ids[m])
		months[m].Supply = g.plain(ids[m], "supply_c", supply[m], inCelsius)
	}
	for _, s := range p.f.Annual {
		sums := make([]float64, 12)
		for h, hour := range s.Site.Estimate.Hours {
			sums[p.d.monthOf(h)] += float64(hour.Heat)
		}
		for m, f := range g.apportion(s.Rejected.MWh, "gisement_mwh_"+s.Site.ID, ids, sums, inMWh) {
			months[m].BySite = append(months[m].BySite, f)
		}
	}
	captured := make([][]document.Figure, 12)
	for _, pr := range p.f.Pairs {
		if pr.Captured.MWh.Mark != document.Known {
			continue
		}
		sums := make([]float64, 12)
		for h, w := range pr.Delivery.Captured {
			if !math.IsNaN(float64(w)) {
				sums[p.d.monthOf(h)] += float64(w) * secondsOfHour
			}
		}
		for m, f := range g.apportion(pr.Captured.MWh, "captee_mwh_"+pr.Site.ID, ids, sums, inMWh) {
			captured[m] = append(captured[m], f)
		}
	}
	for m := range months {
		months[m].Rejected = g.rowSum(ids[m], "gisement_mwh", inMWh, months[m].BySite)
		months[m].Captured = g.rowSum(ids[m], "captee_mwh", inMWh, captured[m])
	}
	return months
}

const secondsOfHour = 3600

// rowSum is total for the figures of one row.
func (g grid) rowSum(row, column string, s step, parts []document.Figure) document.Figure {
	f := g.total(column, s, parts)
	f.Code = g.place(row, column).code()
	return f
}

// monthlySupply is each month's mean supply temperature in °C, weighted by
// energy over the annual sites; NaN where no hour knows one.
func (p *pcaet) monthlySupply() []float64 {
	weighted, energy := make([]float64, 12), make([]float64, 12)
	for _, s := range p.f.Annual {
		for h, hour := range s.Site.Estimate.Hours {
			t := hour.Supply.Celsius()
			if hour.Coverage == 0 || math.IsNaN(t) {
				continue
			}
			weighted[p.d.monthOf(h)] += t * float64(hour.Heat)
			energy[p.d.monthOf(h)] += float64(hour.Heat)
		}
	}
	for m := range weighted {
		weighted[m] /= energy[m]
	}
	return weighted
}

func monthIDs() []string {
	return []string{"m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"}
}

func (p *pcaet) monthlyTable(months []month) document.Table {
	t := document.Table{Caption: p.t("diagnosis.monthly_caption", "year", p.year()), Sheet: p.t("sheets.monthly"),
		Columns: []document.Column{p.text("month"), summed(p.sure("rejected", "MWh")), p.number("supply", "°C"), summed(p.sure("captured", "MWh"))},
		Notes:   document.Text(p.t("diagnosis.monthly_note"))}
	for _, m := range months {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(m.Name), document.FigureCell(m.Rejected), document.FigureCell(m.Supply), document.FigureCell(m.Captured)}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.year_total")), document.FigureCell(p.f.Rejected.MWh), document.TextCell(""), document.FigureCell(p.f.Captured.MWh)}
	return t
}

// maxChartSites is how many sites a chart names; more are drawn as one.
const maxChartSites = 6

func (p *pcaet) monthlyChart(months []month) document.Chart {
	c := document.Chart{Caption: p.t("diagnosis.monthly_chart", "year", p.year()), Alt: p.t("diagnosis.monthly_alt"),
		Sheet: p.t("sheets.monthly_chart"), Kind: document.StackedBars,
		X: document.Axis{Title: p.t("columns.month")}, Y: document.Axis{Title: p.t("diagnosis.monthly_axis")},
		Simulated: p.f.Rejected.MWh.Simulated}
	for _, m := range months {
		c.Categories = append(c.Categories, m.Short)
	}
	if len(p.f.Annual) > maxChartSites {
		all := document.Series{Name: p.t("heats.rejected")}
		for _, m := range months {
			all.Y = append(all.Y, m.Rejected.Value)
		}
		c.Series = []document.Series{all}
		return c
	}
	for i, s := range p.f.Annual {
		one := document.Series{Name: siteName(s.Site)}
		for _, m := range months {
			one.Y = append(one.Y, m.BySite[i].Value)
		}
		c.Series = append(c.Series, one)
	}
	return c
}

// classes of source temperature: their upper bounds in °C and their words.
var classes = []struct {
	key   string
	below float64
}{{"cold", 30}, {"warm", 45}, {"hot", math.Inf(1)}}

// temperatureClasses splits the rejected heat by the temperature at which it
// is available.
func (p *pcaet) temperatureClasses() document.Table {
	g := p.d.grid("classes")
	ids := make([]string, len(classes)+1)
	for i, c := range classes {
		ids[i] = c.key
	}
	ids[len(classes)] = "unknown"
	parts := make([][]document.Figure, len(ids))
	for _, s := range p.f.Annual {
		sums := make([]float64, len(ids))
		for _, hour := range s.Site.Estimate.Hours {
			sums[classOf(hour.Supply.Celsius())] += float64(hour.Heat)
		}
		for i, f := range g.apportion(s.Rejected.MWh, "gisement_mwh_"+s.Site.ID, ids, sums, inMWh) {
			parts[i] = append(parts[i], f)
		}
	}
	t := document.Table{Caption: p.t("diagnosis.classes_caption"), Sheet: p.t("sheets.classes"),
		Columns: []document.Column{p.text("class"), summed(p.sure("rejected", "MWh")), summed(p.number("rejected", "GWh"))}}
	for i, id := range ids {
		mwh := g.rowSum(id, "gisement_mwh", inMWh, parts[i])
		if id == "unknown" && mwh.Value == 0 {
			continue
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.t("classes." + id)), document.FigureCell(mwh), document.FigureCell(toGWh("gisement", mwh))}})
	}
	t.Total = []document.Cell{document.HeadCell(p.t("words.territory_total")), document.FigureCell(p.f.Rejected.MWh), document.FigureCell(p.f.Rejected.GWh)}
	return t
}

// classOf returns the index of a temperature's class, the last for none. To
// a tenth of a degree, so that a set-point on a limit falls on one side.
func classOf(celsius float64) int {
	celsius = roundTo(celsius, 1)
	for i, c := range classes {
		if celsius < c.below {
			return i
		}
	}
	return len(classes)
}
