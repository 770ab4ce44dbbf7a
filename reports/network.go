package reports

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports/document"
)

// NetworkDocument builds the engineer's workbook of one site: the source,
// its load-duration curve and firm power, its months, and the match with the
// network near it. The match is the territory's joint one: the site never
// gets what another site of the area already delivers.
func NetworkDocument(ctx context.Context, src Source, area Area, site string, o Options) (*document.Document, error) {
	d, r, err := siteOf(ctx, src, area, site, o)
	if err != nil {
		return nil, err
	}
	return d.networkDocument(r)
}

// siteOf computes the dossier of the site's area and finds the site in it;
// a site outside the area is read alone and matched with nothing.
func siteOf(ctx context.Context, src Source, area Area, site string, o Options) (*Dossier, *SiteResult, error) {
	d, err := Build(ctx, src, area, o)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range d.Sites {
		if s.ID == site {
			return d, s, nil
		}
	}
	r, err := ReadSite(ctx, src, site, d.Options)
	return d, r, err
}

func (d *Dossier) networkDocument(r *SiteResult) (*document.Document, error) {
	w, err := wordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	n := &networkDraft{siteDraft: siteDraft{draft: draft{words: w}, r: r, f: r.figures()}, d: d,
		grid: grid{"network", r.ID, periodID(r.Period), "engineer"}}
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
	grid grid
	d    *Dossier
}

// source describes where the heat comes from.
func (n *networkDraft) source() {
	n.heading(1, "1", "network.source")
	n.nature()
	n.paragraph("network.source_text", "file", HourlyName(n.r.ID))
	t := document.Table{Caption: n.t("network.source_caption"), Sheet: n.t("sheets.summary"),
		Columns: []document.Column{n.text("item"), n.sure("value", ""), n.center("coverage"), n.text("method"), n.text("code")}}
	row := func(key string, c document.Cell, f document.Figure) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.t(key)), c, n.coverage(f), method(f), codeOf(f)}})
	}
	figure := func(key string, f document.Figure) { row(key, document.FigureCell(f), f) }
	none := document.Figure{Mark: document.Unknown}
	row("columns.site", document.TextCell(siteName(n.r)), none)
	row("columns.period", document.TextCell(n.days(n.r.Period.From, n.r.Period.To)), none)
	row("columns.tap", document.TextCell(n.tap(n.r.Place.Tap)), none)
	row("columns.data", document.TextCell(n.dataOf(n.r)), none)
	figure("site.heat", n.f.Heat)
	figure("site.handed_over", n.f.HandedOver)
	if n.r.MeasuredTemperatures() {
		figure("site.supply", n.f.Supply)
		figure("site.return", n.f.Return)
	} else {
		figure("site.supply_assumed", n.f.Supply)
		figure("site.return_assumed", n.f.Return)
	}
	n.add(t)
}

// inPower is a power of the engineer's tables.
var inPower = step{"kW", 1e3, 1}

// firm is what an engineer may count on, over the year and in winter.
func (n *networkDraft) firm(f heat.Firm) {
	n.heading(1, "2", "network.firm")
	n.paragraph("network.firm_text")
	t := document.Table{Caption: n.t("network.firm_caption"), Sheet: n.t("sheets.firm"),
		Columns: []document.Column{n.text("firm"), n.number("whole_year", ""), n.number("winter", "")}}
	power := func(key string, year, winter interval.Power) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.t("network." + key)),
			document.FigureCell(n.power(key, "year", year)), document.FigureCell(n.power(key, "winter", winter))}})
	}
	power("p50", f.Year.P50, f.Winter.P50)
	power("p90", f.Year.P90, f.Winter.P90)
	power("p99", f.Year.P99, f.Winter.P99)
	alone := func(key string, c document.Cell) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.t("network." + key)), c, document.TextCell(document.LabelsOf(n.lang).None)}})
	}
	alone("lowest_day", document.FigureCell(n.power("lowest_day", "year", f.LowestDay)))
	alone("ramp", document.FigureCell(n.power("ramp", "year", f.Ramp)))
	alone("outage", document.TextCell(n.whole(f.LongestOutage)+document.Nbsp+"h"))
	alone("valid_hours", document.TextCell(n.whole(len(f.Year.Sorted))+" / "+n.whole(f.Year.Hours)))
	n.add(t)
}

// power makes a figure of the engineer's tables; its relative uncertainty is
// that of the site's heat, which is systematic.
func (n *networkDraft) power(row, column string, p interval.Power) document.Figure {
	q := n.r.Heat()
	u := q.Relative() * float64(p)
	return n.grid.figure(row, column, heat.Quantity{Value: float64(p), U: u, Coverage: q.Coverage,
		Method: "FP1", Known: !math.IsNaN(float64(p)), Simulated: q.Simulated}, inPower)
}

// duration is the load-duration curve: a chart of every hour and a table of
// its hundredths.
func (n *networkDraft) duration(l heat.LoadDuration) {
	n.heading(1, "3", "network.duration")
	if len(l.Sorted) == 0 {
		n.paragraph("words.no_annual_site")
		return
	}
	c := document.Chart{Caption: n.t("network.duration_chart"), Alt: n.t("network.duration_alt"), Sheet: n.t("sheets.duration"), Kind: document.DurationLine,
		X: document.Axis{Title: n.t("network.duration_x")}, Y: document.Axis{Title: n.t("network.duration_y")}, Simulated: n.r.Heat().Simulated}
	curve := document.Series{Name: n.t("columns.available"), Fill: true}
	for h, p := range l.Sorted {
		curve.X, curve.Y = append(curve.X, float64(h)), append(curve.Y, inPower.round(float64(p)))
	}
	c.Series = []document.Series{curve}
	n.add(c)
	t := document.Table{Caption: n.t("network.duration_caption"), Sheet: n.t("sheets.duration") + " %",
		Columns: []document.Column{n.number("hours_exceeded", "%"), n.number("available", "kW")}}
	for percent := 0; percent <= 100; percent += 5 {
		id := fmt.Sprintf("d%03d", percent)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.FigureCell(n.grid.plain(id, "share", float64(percent), step{"%", 1, 0})),
			document.FigureCell(n.power(id, "available_kw", l.ExceededDuring(float64(percent)/100)))}})
	}
	n.add(t)
}

// months is the balance by month, of an annual site.
func (n *networkDraft) months() {
	if !n.r.Annual() {
		return
	}
	n.heading(1, "4", "network.monthly")
	g, ids := n.grid, monthIDs()
	g.name = "monthly"
	total := g.both("total", "gisement", n.r.Heat()).MWh
	available := g.apportion(total, "gisement_mwh", ids, n.byMonth(func(h int) float64 { return float64(n.r.Estimate.Hours[h].Heat) }), inMWh)
	t := document.Table{Caption: n.t("network.monthly_caption"), Sheet: n.t("sheets.monthly"),
		Columns: []document.Column{n.text("month"), summed(n.sure("rejected", "MWh"))}}
	for m, id := range ids {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.t("months." + id)), document.FigureCell(available[m])}})
	}
	t.Total = []document.Cell{document.HeadCell(n.t("words.year_total")), document.FigureCell(total)}
	if delivery, _, ok := n.delivery(); ok {
		captured := g.both("total", "captee", delivery.CapturedHeat).MWh
		parts := g.apportion(captured, "captee_mwh", ids, n.byMonth(func(h int) float64 { return float64(delivery.Captured[h].For(time.Hour)) }), inMWh)
		t.Columns = append(t.Columns, summed(n.sure("captured", "MWh")))
		for m := range t.Rows {
			t.Rows[m].Cells = append(t.Rows[m].Cells, document.FigureCell(parts[m]))
		}
		t.Total = append(t.Total, document.FigureCell(captured))
	}
	n.add(t)
}

// byMonth adds up an hourly energy by month; what is not known adds nothing.
func (n *networkDraft) byMonth(energy func(h int) float64) []float64 {
	sums := make([]float64, 12)
	for h := range n.r.Estimate.Hours {
		if e := energy(h); !math.IsNaN(e) {
			sums[n.d.monthOf(h)] += e
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
	n.heading(1, "5", "network.match")
	delivery, i, ok := n.delivery()
	if !ok {
		n.paragraph("network.no_match", "reason", n.t("reasons."+n.reason()))
		return
	}
	network := n.d.Networks[i]
	p := n.d.pair(network, slices.Index(network.Members, n.r))
	n.paragraph("network.match_text", "network", network.Network.Name, "distance", p.Distance.Full(n.lang), "zone", network.Network.ClimateZone)
	t := document.Table{Caption: n.t("network.match_caption"), Sheet: n.t("sheets.match"),
		Columns: []document.Column{n.text("quantity"), n.sure("value", ""), n.center("coverage"), n.text("method"), n.text("code")},
		Notes:   document.Text(n.t("potential.match_note"))}
	row := func(name string, f document.Figure) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.FigureCell(f), n.coverage(f), method(f), codeOf(f)}})
	}
	row(n.t("heats.captured"), p.Captured.MWh)
	row(n.t("columns.pump"), p.Pump)
	row(n.t("heats.delivered"), p.Delivered.MWh)
	row(n.t("columns.scop"), p.SCOP)
	row(n.t("network.peak_pump"), n.grid.plain("match", "peak_pump_kw", float64(delivery.PeakPump), inPower))
	row(n.t("network.direct_hours"), n.grid.plain("match", "direct_hours", float64(delivery.DirectHours), step{"h", 1, 0}))
	row(n.t("network.pump_hours"), n.grid.plain("match", "pump_hours", float64(delivery.PumpHours), step{"h", 1, 0}))
	row(n.t("network.coverage_rate"), n.grid.plain("match", "coverage_rate", network.Allocation.Coverage, inPoints))
	n.add(t)
}

// reason says why the site is matched with nothing.
func (n *networkDraft) reason() string {
	for _, u := range n.d.Left {
		if u.Site == n.r {
			return u.Reason
		}
	}
	return reasonNoNetwork
}
