package engineer

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
)

// NetworkDocument builds the engineer's workbook of one site: the source,
// its load-duration curve and firm power, its months, and the match with the
// network near it. The match is the territory's joint one: the site never
// gets what another site of the area already delivers.
func NetworkDocument(ctx context.Context, src reports.Source, area reports.Area, site string, o reports.Options) (*document.Document, error) {
	d, r, err := SiteOf(ctx, src, area, site, o)
	if err != nil {
		return nil, err
	}
	return WriteNetworkDocument(d, r)
}

// SiteOf computes the dossier of the site's area and finds the site in it;
// a site outside the area is read alone and matched with nothing.
func SiteOf(ctx context.Context, src reports.Source, area reports.Area, site string, o reports.Options) (*reports.Dossier, *reports.SiteResult, error) {
	o, err := o.ForSite(ctx, src, area, site)
	if err != nil {
		return nil, nil, err
	}
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range d.Sites {
		if s.ID == site {
			return d, s, s.WithHours(ctx, src, d.Options)
		}
	}
	r, err := reports.ReadSite(ctx, src, site, d.Options)
	return d, r, err
}

// WriteNetworkDocument builds the workbook of one of the dossier's sites.
func WriteNetworkDocument(d *reports.Dossier, r *reports.SiteResult) (*document.Document, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	n := &networkDraft{siteDraft: siteDraft{Draft: reports.Draft{Words: w}, r: r, f: r.Figures()}, d: d,
		grid: reports.NewGrid("network", r.ID, reports.PeriodID(r.Period), "engineer")}
	n.source()
	if r.Estimate != nil {
		power := r.Estimate.Power()
		n.firm(heat.NewFirm(power, r.Period.From))
		n.duration(heat.NewLoadDuration(power))
		n.months()
		n.match()
	}
	return n.document("network", d.Options), nil
}

// networkDraft is an engineer's workbook being written.
type networkDraft struct {
	siteDraft
	grid reports.Grid
	d    *reports.Dossier
}

// source describes where the heat comes from.
func (n *networkDraft) source() {
	n.Heading(1, "1", "network.source")
	n.nature()
	n.Paragraph("network.source_text", "file", reports.HourlyName(n.r.ID))
	t := document.Table{Caption: n.T("network.source_caption"), Sheet: n.T("sheets.summary"),
		Columns: []document.Column{n.Text("item"), n.Uncertain("value", ""), n.Center("coverage"), n.Text("method"), n.Text("code")}}
	row := func(key string, c document.Cell, f document.Figure) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.T(key)), c, n.Coverage(f), reports.Method(f), reports.CodeOf(f)}})
	}
	figure := func(key string, f document.Figure) { row(key, document.FigureCell(f), f) }
	none := document.Figure{Mark: document.Unknown}
	row("columns.site", document.TextCell(reports.SiteName(n.r)), none)
	row("columns.period", document.TextCell(n.Days(n.r.Period.From, n.r.Period.To)), none)
	row("columns.tap", document.TextCell(n.Tap(n.r.Place.Tap)), none)
	row("columns.data", document.TextCell(n.DataOf(n.r)), none)
	figure("site.heat", n.f.Heat)
	figure("site.handed_over", n.f.HandedOver)
	if n.r.MeasuredTemperatures {
		figure("site.supply", n.f.Supply)
		figure("site.return", n.f.Return)
	} else {
		figure("site.supply_assumed", n.f.Supply)
		figure("site.return_assumed", n.f.Return)
	}
	n.Add(t)
}

// inPower is a power of the engineer's tables.
var inPower = reports.In("kW", 1e3, 1)

// firm is what an engineer may count on, over the year and in winter.
func (n *networkDraft) firm(f heat.Firm) {
	n.Heading(1, "2", "network.firm")
	n.Paragraph("network.firm_text")
	t := document.Table{Caption: n.T("network.firm_caption"), Sheet: n.T("sheets.firm"),
		Columns: []document.Column{n.Text("firm"), n.Number("whole_year", ""), n.Number("winter", "")}}
	power := func(key string, year, winter interval.Power) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.T("network." + key)),
			document.FigureCell(n.power(key, "year", year)), document.FigureCell(n.power(key, "winter", winter))}})
	}
	power("p50", f.Year.P50, f.Winter.P50)
	power("p90", f.Year.P90, f.Winter.P90)
	power("p99", f.Year.P99, f.Winter.P99)
	alone := func(key string, c document.Cell) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.T("network." + key)), c, document.TextCell(document.LabelsOf(n.Lang).None)}})
	}
	alone("lowest_day", document.FigureCell(n.power("lowest_day", "year", f.LowestDay)))
	alone("ramp", document.FigureCell(n.power("ramp", "year", f.Ramp)))
	alone("outage", document.TextCell(n.Whole(f.LongestOutage)+document.Nbsp+"h"))
	alone("valid_hours", document.TextCell(n.Whole(len(f.Year.Sorted))+" / "+n.Whole(f.Year.Hours)))
	n.Add(t)
}

// power makes a figure of the engineer's tables; its relative uncertainty is
// that of the site's heat, which is systematic.
func (n *networkDraft) power(row, column string, p interval.Power) document.Figure {
	q := n.r.Heat()
	u := q.Relative() * float64(p)
	return n.grid.Figure(row, column, heat.Quantity{Value: float64(p), U: u, Coverage: q.Coverage,
		Method: "FP1", Known: !math.IsNaN(float64(p)), Simulated: q.Simulated}, inPower)
}

// duration is the load-duration curve: a chart of every hour and a table of
// its hundredths.
func (n *networkDraft) duration(l heat.LoadDuration) {
	n.Heading(1, "3", "network.duration")
	if len(l.Sorted) == 0 {
		n.Paragraph("words.no_annual_site")
		return
	}
	c := document.Chart{Caption: n.T("network.duration_chart"), Alt: n.T("network.duration_alt"), Sheet: n.T("sheets.duration"), Kind: document.DurationLine,
		X: document.Axis{Title: n.T("network.duration_x")}, Y: document.Axis{Title: n.T("network.duration_y")}, Simulated: n.r.Heat().Simulated}
	curve := document.Series{Name: n.T("columns.available"), Fill: true}
	for h, p := range l.Sorted {
		curve.X, curve.Y = append(curve.X, float64(h)), append(curve.Y, inPower.Round(float64(p)))
	}
	c.Series = []document.Series{curve}
	n.Add(c)
	t := document.Table{Caption: n.T("network.duration_caption"), Sheet: n.T("sheets.duration") + " %",
		Columns: []document.Column{n.Number("hours_exceeded", "%"), n.Number("available", "kW")}}
	for percent := 0; percent <= 100; percent += 5 {
		id := fmt.Sprintf("d%03d", percent)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.FigureCell(n.grid.Plain(id, "share", float64(percent), reports.In("%", 1, 0))),
			document.FigureCell(n.power(id, "available_kw", l.ExceededDuring(float64(percent)/100)))}})
	}
	n.Add(t)
}

// months is the balance by month, of an annual site.
func (n *networkDraft) months() {
	if !n.r.Annual() {
		return
	}
	n.Heading(1, "4", "network.monthly")
	g, ids := n.grid, reports.MonthIDs()
	g.Name = "monthly"
	total := g.Both("total", "gisement", n.r.Heat()).MWh
	available := g.Apportion(total, "gisement_mwh", ids, n.byMonth(func(h int) float64 { return float64(n.r.Estimate.Hours[h].Heat) }), reports.InMWh)
	t := document.Table{Caption: n.T("network.monthly_caption"), Sheet: n.T("sheets.monthly"),
		Columns: []document.Column{n.Text("month"), reports.Summed(n.Uncertain("rejected", "MWh"))}}
	for m, id := range ids {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.T("months." + id)), document.FigureCell(available[m])}})
	}
	t.Total = []document.Cell{document.HeadCell(n.T("words.year_total")), document.FigureCell(total)}
	if delivery, _, ok := n.delivery(); ok {
		captured := g.Both("total", "captee", delivery.CapturedHeat).MWh
		parts := g.Apportion(captured, "captee_mwh", ids, n.byMonth(func(h int) float64 { return float64(delivery.Captured[h].For(time.Hour)) }), reports.InMWh)
		t.Columns = append(t.Columns, reports.Summed(n.Uncertain("captured", "MWh")))
		for m := range t.Rows {
			t.Rows[m].Cells = append(t.Rows[m].Cells, document.FigureCell(parts[m]))
		}
		t.Total = append(t.Total, document.FigureCell(captured))
	}
	n.Add(t)
}

// byMonth adds up an hourly energy by month; what is not known adds nothing.
func (n *networkDraft) byMonth(energy func(h int) float64) []float64 {
	sums := make([]float64, 12)
	for h := range n.r.Estimate.Hours {
		if e := energy(h); !math.IsNaN(e) {
			sums[n.d.MonthOf(h)] += e
		}
	}
	return sums
}

// delivery finds the site among the matches.
func (n *networkDraft) delivery() (heat.Delivery, int, bool) {
	for i, network := range n.d.Networks {
		if m := slices.Index(network.Members, n.r); m >= 0 {
			delivery, ok := network.Delivery(m)
			return delivery, i, ok
		}
	}
	return heat.Delivery{}, 0, false
}

// match prints what the network near the site could take.
func (n *networkDraft) match() {
	n.Heading(1, "5", "network.match")
	delivery, i, ok := n.delivery()
	if !ok {
		n.Paragraph("network.no_match", "reason", n.T("reasons."+string(n.reason())))
		return
	}
	network := n.d.Networks[i]
	p := n.d.Pair(network, slices.Index(network.Members, n.r))
	n.Paragraph("network.match_text", "network", network.Network.Name, "distance", p.Distance.Full(n.Lang), "zone", network.Network.ClimateZone)
	t := document.Table{Caption: n.T("network.match_caption"), Sheet: n.T("sheets.match"),
		Columns: []document.Column{n.Text("quantity"), n.Uncertain("value", ""), n.Center("coverage"), n.Text("method"), n.Text("code")},
		Notes:   document.Text(n.T("potential.match_note"))}
	row := func(name string, f document.Figure) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.FigureCell(f), n.Coverage(f), reports.Method(f), reports.CodeOf(f)}})
	}
	row(n.T("heats.captured"), p.Captured.MWh)
	row(n.T("columns.pump"), p.Pump)
	row(n.T("heats.delivered"), p.Delivered.MWh)
	row(n.T("columns.scop"), p.SCOP)
	row(n.T("network.peak_pump"), n.grid.Plain("match", "peak_pump_kw", float64(delivery.PeakPump), inPower))
	row(n.T("network.direct_hours"), n.grid.Plain("match", "direct_hours", float64(delivery.DirectHours), reports.In("h", 1, 0)))
	row(n.T("network.pump_hours"), n.grid.Plain("match", "pump_hours", float64(delivery.PumpHours), reports.In("h", 1, 0)))
	row(n.T("network.coverage_rate"), n.grid.Plain("match", "coverage_rate", network.Allocation.Coverage, reports.InPoints))
	n.Add(t)
}

// reason says why the site is matched with nothing.
func (n *networkDraft) reason() heat.Reason {
	for _, u := range n.d.Left {
		if u.Site == n.r {
			return u.Reason
		}
	}
	return reports.ReasonNoNetwork
}
