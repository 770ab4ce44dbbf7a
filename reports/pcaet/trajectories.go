package pcaet

import (
	"cmp"
	"slices"
	"strconv"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// horizons are the years that the deposit forms ask for.
func horizons(forms []reports.Form) []int {
	var years []int
	for _, f := range forms {
		for _, h := range f.Horizons {
			years = append(years, h.Year)
		}
	}
	return years
}

// trajectories is chapter 3. Without a declared hypothesis it says so rather
// than make one up, and gives the ceiling of a target.
func (p *Report) trajectories() {
	p.Heading(1, "3", "outlook.trajectories")
	if len(p.future.Points) == 0 {
		p.Paragraph("outlook.trajectories_text", "captured", p.f.Captured.MWh.Full(p.Lang))
		return
	}
	if p.d.Fictitious() {
		p.Note(document.NoteWarning, "trajectory.fictitious")
	}
	p.Paragraph("trajectory.text")
	for _, f := range p.refused() {
		p.Note(document.NoteWarning, "trajectory.fault", "name", f.Name, "fault", p.Why(f.Err))
	}
	p.Heading(2, "3.1", "trajectory.hypotheses")
	p.Add(p.hypothesisTable())
	p.Heading(2, "3.2", "trajectory.effects")
	p.Paragraph("trajectory.effects_text")
	p.Add(p.effectTable())
	p.Heading(2, "3.3", "trajectory.results")
	p.results()
	p.Heading(2, "3.4", "trajectory.networks")
	p.Add(p.rateTable())
	p.Heading(2, "3.5", "trajectory.electricity")
	p.Paragraph("trajectory.electricity_text")
	p.Add(p.consumption())
}

// refused are the planned sites and networks that no trajectory counts; for
// readers who do not see every value none, since it would name them.
func (p *Report) refused() []trajectory.Fault {
	if p.protected() {
		return nil
	}
	return p.future.Faults
}

// hypothesisTable prints each hypothesis with who says so.
func (p *Report) hypothesisTable() document.Table {
	t := document.Table{Caption: p.T("trajectory.hypotheses_caption"), Sheet: p.T("sheets.hypotheses"),
		Columns: []document.Column{p.Text("hypothesis"), p.Text("about"), p.Text("value"), p.Center("years"), p.Text("scenario"), p.Text("source")},
		Notes:   document.Text(p.T("trajectory.hypotheses_note"))}
	grid := false
	for _, e := range p.future.Hypotheses {
		h := e.Hypothesis
		grid = grid || h.Kind == configs.GridFactor
		text := p.HypothesisText(h)
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(text.Kind), document.TextCell(text.About), document.TextCell(text.Value),
			document.TextCell(text.Years), document.TextCell(text.Scenario), document.TextCell(text.Source)}})
	}
	if electricity := p.carbon.Electricity; electricity.ID != "" && !grid {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("hypothesis.grid_factor")), document.TextCell(p.T("trajectory.all")),
			document.TextCell(p.Digits(electricity.Value) + document.Nbsp + electricity.Unit), document.TextCell(p.T("trajectory.constant")),
			document.TextCell(p.T("scenario.default")), document.TextCell(electricity.Set + ", " + electricity.Source)}})
	}
	return t
}

// about names the site or network of a hypothesis, with the state of a
// project.
func (p *Report) about(h configs.Hypothesis) string {
	name := p.T("trajectory.all")
	switch {
	case h.Site != "":
		name = p.nameOf(h.Site)
	case h.Network != "":
		name = p.nameOf(h.Network)
	case h.Kind == configs.SiteGrowth:
		name = p.T("trajectory.all_sites")
	case h.Kind == configs.NetworkGrowth, h.Kind == configs.Renovation:
		name = p.T("trajectory.all_networks")
	}
	if h.State != "" && !p.withheld(h.Site) {
		name += " (" + p.T("project."+h.State) + ")"
	}
	return name
}

// withheld reports whether a hypothesis is about a site that this edition may
// not name: then its free text and its value could tell which one it is.
func (p *Report) withheld(site string) bool {
	return p.protected() && site != "" && !slices.ContainsFunc(p.d.Listed(), func(s *reports.SiteResult) bool { return s.ID == site })
}

// nameOf is the name of a site or network, of the dossier or of the plan; of
// a site that this edition does not name, that it is planned.
func (p *Report) nameOf(id string) string {
	for _, s := range p.d.Sites {
		if s.ID == id {
			return reports.SiteName(s)
		}
	}
	for _, n := range p.d.Networks {
		if n.Network.ID == id {
			return n.Network.Name
		}
	}
	for _, s := range p.d.Area.Plan.Sites {
		if s.ID == id {
			return s.Name
		}
	}
	for _, n := range p.d.Area.Plan.Networks {
		if n.ID == id {
			return n.Name
		}
	}
	return p.T("trajectory.planned_site")
}

// valueOf prints what a hypothesis states.
func (p *Report) valueOf(h configs.Hypothesis) string {
	percent := func(v float64) string { return p.Digits(v) + document.Nbsp + "%" }
	signed := func(v float64) string {
		if v > 0 {
			return "+" + percent(v)
		}
		return percent(v)
	}
	switch h.Kind {
	case configs.Extension:
		return p.T("trajectory.more_heat", "percent", signed(h.Percent))
	case configs.SiteGrowth, configs.NetworkGrowth:
		return p.T("trajectory.a_year", "percent", signed(h.PercentPerYear))
	case configs.Renovation:
		return p.T("trajectory.a_year", "percent", signed(-h.PercentPerYear))
	case configs.LiquidCooling:
		return p.T("trajectory.liquid", "percent", percent(h.SharePercent), "supply", p.Digits(h.SupplyC), "return", p.Digits(h.ReturnC))
	case configs.GridFactor:
		return p.Digits(h.KgPerKWh) + document.Nbsp + "kgCO2e/kWh"
	case configs.NewSite:
		for _, s := range p.d.Area.Plan.Sites {
			if s.ID == h.Site && s.RatedITKW > 0 {
				return p.T("trajectory.new_site", "kw", p.Digits(s.RatedITKW))
			}
		}
	case configs.NewNetwork:
		for _, n := range p.d.Area.Plan.Networks {
			if n.ID == h.Network && n.Demand > 0 {
				return p.T("trajectory.new_network", "mwh", p.Digits(n.Demand))
			}
		}
	}
	return document.LabelsOf(p.Lang).None
}

// effectTable prints what each hypothesis alone changes, by horizon.
func (p *Report) effectTable() document.Table {
	t := document.Table{Caption: p.T("trajectory.effects_caption"), Sheet: p.T("sheets.effects"), Columns: []document.Column{p.Text("hypothesis"), p.Text("about")},
		Notes: document.Text(p.T("trajectory.effects_note"))}
	for _, year := range p.future.Years {
		t.Columns = append(t.Columns, document.Column{Head: strconv.Itoa(year), Unit: "MWh", Align: document.AlignRight})
	}
	g := p.d.Grid("hypotheses")
	for _, e := range p.future.Hypotheses {
		row := document.Row{Cells: []document.Cell{document.HeadCell(p.T("hypothesis." + e.Hypothesis.Kind)), document.TextCell(p.about(e.Hypothesis))}}
		for i, year := range p.future.Years {
			f := g.Plain(e.Hypothesis.ID, "captee_mwh_"+strconv.Itoa(year), float64(e.Captured[i]), reports.InMWh)
			f.Method, f.Simulated = "TR1", p.future.Today.Captured.Simulated
			f.Unbudgeted = f.Value != 0
			f.Guard = document.Guard{Private: e.Owners, Free: len(e.Owners) == 0}
			row.Cells = append(row.Cells, document.FigureCell(f))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// results are the scenarios at the horizons, as a table and as curves.
func (p *Report) results() {
	fuel := p.carbon.Fuel
	if fuel.ID == "" {
		p.Add(document.Paragraph{Runs: document.Text(p.noFactors())})
	} else {
		p.Paragraph("trajectory.results_text", "set", p.study.Carbon.Set, "fuel", p.T("factors."+fuel.Basis), "factor", p.Digits(fuel.Value), "efficiency", p.Digits(p.study.Value("boiler_efficiency", 0)))
	}
	t := document.Table{Caption: p.T("trajectory.results_caption"), Sheet: p.T("sheets.trajectories"),
		Columns: []document.Column{p.Text("scenario"), p.Center("year"), p.Uncertain("captured", "MWh"), p.Number("captured", "GWh"), p.Uncertain("delivered", "MWh"),
			p.Number("supplied", "MWh"), p.Uncertain("ceiling", "MWh"), p.Number("network_rate", "%"), p.Uncertain("avoided", "tCO2e")},
		Notes: document.Text(p.T("trajectory.results_note"))}
	for _, h := range p.ahead {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.scenario(h.at.Scenario)), document.HeadCell(strconv.Itoa(h.at.Year)), document.FigureCell(h.Captured.MWh), document.FigureCell(h.Captured.GWh),
			document.FigureCell(h.Delivered), document.FigureCell(h.Supplied.MWh), document.FigureCell(h.Ceiling.MWh), document.FigureCell(h.Rate), document.FigureCell(h.Avoided)}})
	}
	p.Add(t)
	p.Add(p.trajectoryChart())
}

// scenario is a scenario's name; the reference year has none.
func (p *Report) scenario(id string) string { return p.T("scenario." + cmp.Or(id, "today")) }

// trajectoryChart is a curve a scenario, all from the reference year on.
func (p *Report) trajectoryChart() document.Chart {
	today := p.ahead[0]
	chart := document.Chart{Caption: p.T("trajectory.chart"), Alt: p.T("trajectory.chart_alt"), Sheet: p.T("sheets.trajectory_chart"), Kind: document.LineChart,
		X: document.Axis{Title: p.T("columns.year"), Fit: true}, Y: document.Axis{Title: p.T("trajectory.axis")}, Simulated: p.future.Today.Captured.Simulated}
	for _, year := range append([]int{today.at.Year}, p.future.Years...) {
		chart.X.Ticks = append(chart.X.Ticks, document.Tick{At: float64(year), Label: strconv.Itoa(year)})
	}
	for _, h := range p.ahead[1:] {
		name := p.scenario(h.at.Scenario)
		if n := len(chart.Series); n == 0 || chart.Series[n-1].Name != name {
			chart.Series = append(chart.Series, document.Series{Name: name, X: []float64{float64(today.at.Year)}, Y: []float64{today.Captured.GWh.Shown()}})
		}
		s := &chart.Series[len(chart.Series)-1]
		s.X, s.Y = append(s.X, float64(h.at.Year)), append(s.Y, h.Captured.GWh.Shown())
	}
	return chart
}
