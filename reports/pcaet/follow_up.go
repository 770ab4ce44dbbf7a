package pcaet

import (
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// followUp is chapter 6: the indicators with their place in the forms and
// when to act, the report after three years, and the subjects that the plan
// asks about and no meter answers.
func (p *Report) followUp() {
	p.Heading(1, "6", "outlook.follow_up")
	p.Paragraph("outlook.follow_up_text")
	p.Heading(2, "6.1", "follow.indicators")
	p.Add(p.indicatorTable())
	p.Heading(2, "6.2", "follow.report")
	p.Paragraph("follow.report_text", "article", p.cite("r229_51_follow"))
	p.List(p.T("follow.report_values"), p.T("follow.report_causes"), p.T("follow.report_actions"), p.T("follow.report_operators"), p.T("follow.report_hypotheses"))
	p.Heading(2, "6.3", "follow.pollutants")
	p.Paragraph("follow.pollutants_text")
	p.Add(p.pollutants())
	p.Heading(2, "6.4", "follow.water")
	p.Paragraph("follow.water_text", "article", p.cite("l236_1"))
	p.Add(p.water())
	p.Heading(2, "6.5", "follow.assessment")
	p.Paragraph("follow.assessment_text", "captured", p.f.Captured.MWh.Full(p.Lang), "electricity", p.f.Pump.Full(p.Lang))
	p.List(p.T("follow.assessment_air"), p.T("follow.assessment_noise"), p.T("follow.assessment_water"), p.T("follow.assessment_soil"), p.T("follow.assessment_network"))
}

// indicatorTable lists the indicators with the value of the reference year
// and the threshold that calls for an answer.
func (p *Report) indicatorTable() document.Table {
	t := document.Table{Caption: p.T("outlook.follow_up_caption"), Sheet: p.T("sheets.follow_up"),
		Columns: []document.Column{p.Text("indicator"), p.Text("cell"), p.Center("frequency"), p.Uncertain("reference_value", ""), p.Text("alert")}}
	row := func(key, cell string, value document.Cell, alert string) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("indicators." + key)), {Text: cell, Code: true}, document.TextCell(p.T("words.yearly")), value, document.TextCell(alert)}})
	}
	alert := func(key string) string {
		if len(p.future.Points) == 0 && p.Has("follow.alert_"+key+"_alone") {
			key += "_alone"
		}
		return p.T("follow.alert_" + key)
	}
	row("captured", document.LabelsOf(p.Lang).None, document.FigureCell(p.f.Captured.MWh), alert("captured"))
	row("supplied", "ENR_valorisation_recuperation", document.FigureCell(p.f.Supplied.MWh), alert("supplied"))
	g := p.d.Grid("indicators")
	for _, n := range p.d.Networks {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("indicators.network_rate") + " – " + n.Network.Name), {Text: "cae_22", Code: true}, document.TextCell(p.T("words.yearly")),
			document.FigureCell(g.Stated(n.Network.ID, "rate", n.Network.EnRRShare, reports.In("%", 1, 1))), document.TextCell(p.T("follow.alert_network_rate"))}})
	}
	row("needs_rate", "cae_23", document.TextCell(p.T("follow.see_annex")), alert("needs_rate"))
	row("electricity", "PEC_CONSO_2, cae_2.fb", document.FigureCell(p.f.EDC.MWh), alert("electricity"))
	coverage := reports.Free(g.Plain("coverage", "least", heat.EnoughCoverage, reports.In("%", 0.01, 0)))
	row("coverage", document.LabelsOf(p.Lang).None, document.FigureCell(coverage), p.T("follow.alert_coverage"))
	return t
}

// pollutants gives what a factor would be multiplied with. No factor of an
// air pollutant was read in a source, so none is used.
func (p *Report) pollutants() document.Table {
	t := document.Table{Caption: p.T("follow.pollutants_caption"), Sheet: p.T("sheets.pollutants"),
		Columns: []document.Column{p.Text("item"), p.Text("activity"), p.Uncertain("value", "MWh"), p.Text("factor"), p.Text("emission")},
		Notes:   document.Text(p.T("follow.pollutants_note"))}
	complete := document.TextCell(p.T("words.to_complete"))
	g := p.d.Grid("pollutants")
	efficiency := p.study.Value("boiler_efficiency", 0)
	displaced := g.Unknown("boilers", "fuel_mwh", reports.InMWh)
	if f := p.f.Delivered.MWh; f.Stated() {
		q := p.readable(heat.Quantity{Value: f.Value * reports.InMWh.SI / efficiency, U: f.U * reports.InMWh.SI / 2 / efficiency, Known: true, Coverage: f.Coverage, Method: "CO1", Simulated: f.Simulated})
		displaced = reports.Follows(g.Figure("boilers", "fuel_mwh", q, reports.InMWh), f)
	}
	for _, pollutant := range []string{"NOx", "PM10", "PM2,5", "COV", "SO2", "NH3"} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("follow.boilers", "pollutant", pollutant)), document.TextCell(p.T("follow.displaced", "efficiency", p.Digits(efficiency))),
			document.FigureCell(displaced), complete, complete}})
	}
	t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("follow.generators")), document.TextCell(p.T("follow.generator_tests")),
		document.FigureCell(g.Unknown("generators", "edc_bg_mwh", reports.InMWh)), complete, complete}})
	return t
}

// water lists what is asked of each site; no water meter enters a dossier
// yet.
func (p *Report) water() document.Table {
	t := document.Table{Caption: p.T("follow.water_caption"), Sheet: p.T("sheets.water"),
		Columns: []document.Column{p.Text("item"), p.Text("symbol"), p.Center("unit"), p.Text("value")}}
	for _, one := range []struct{ key, symbol, unit string }{{"water_total", "WIN", "m³"}, {"water_potable", "WIN-POT", "m³"}, {"water_ratio", "WUE", "m³/MWh"}} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("follow." + one.key)), {Text: one.symbol, Code: true}, document.TextCell(one.unit),
			document.TextCell(p.T("words.to_complete"))}})
	}
	return t
}
