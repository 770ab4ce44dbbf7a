package engineer

import (
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// inEuro is a sum of money.
var inEuro = reports.In("k€", 1e3, 0)

// price is chapter 6: what the heat costs, what the source's heat may cost,
// how far it pays for a pipe, and on which inputs all that depends.
func (s *studyDraft) price() error {
	s.Heading(1, "6", "study.cost_title")
	if s.unmatched() {
		return nil
	}
	if !s.c.priced {
		s.Note(document.NoteWarning, "study.not_priced")
		return nil
	}
	s.Paragraph("study.cost_text")
	s.costTable()
	if err := s.distanceScreen(); err != nil {
		return err
	}
	if err := s.outlook(); err != nil {
		return err
	}
	s.sensitivity()
	s.inputTable()
	return nil
}

// costTable lists investments and the year's costs down to the break-even.
func (s *studyDraft) costTable() {
	c, cost := s.c, s.c.result.Cost
	var lines []line
	for _, i := range cost.Investments {
		id := map[string]string{"heat pump": "pump", "station": "station", "pipe": "pipe"}[i.Name]
		lines = append(lines, line{s.T("study.invest_" + id), s.design("cost", "invest_"+id, i.Cost*(1-i.Aid), inEuro, "TE3")})
	}
	lines = append(lines,
		line{s.T("study.cost_electricity"), s.figure("cost", "electricity", c.quantity(cost.ElectricityPrice*float64(cost.Electricity), cost.ElectricityPrice*c.delivery.PumpEnergy.U, "EC2"), inEuro)},
		line{s.T("study.cost_year"), s.design("cost", "year", cost.Annual(), inEuro, "EC2")},
		line{s.T("study.cost"), s.figure("key", "cost", c.cost(), inPrice)},
		line{s.T("study.break_even"), s.figure("key", "break_even", c.breakEven(), inPrice)})
	s.figures("study.cost_caption", lines, s.T("study.cost_note", "worth", s.Digits(c.inputs.Value("heat_worth", c.peak))))
}

// distanceScreen prints the straight distance that the heat can pay for.
func (s *studyDraft) distanceScreen() error {
	near := s.c.study
	near.Distance = 0
	plant, err := near.Run()
	if err != nil {
		return err
	}
	v := func(id string) float64 { return s.c.inputs.Value(id, s.c.peak) }
	worth := v("heat_worth") * heat.EuroPerMWh
	trench := heat.MaxDistance(worth, plant.Levelised, s.c.result.Cost.Delivered, v("pipe"), v("discount")/100, v("pipe_years"))
	s.figures("study.distance_caption", []line{
		{s.T("columns.distance"), s.given("distance", "straight", s.c.link.Length, reports.InKm, "TE1")},
		{s.T("study.distance_most"), s.design("distance", "most", trench/v("detour"), reports.InKm, "EC4")},
	}, s.T("study.distance_note"))
	return nil
}

// largest is how many inputs the sensitivity shows.
const largest = 5

// sensitivity lists the inputs that move the cost of heat most.
func (s *studyDraft) sensitivity() {
	t := document.Table{Caption: s.T("study.sensitivity_caption"), Sheet: s.T("study.sensitivity_sheet"),
		Columns: []document.Column{s.Text("input"), s.Text("limits"), s.Number("cost_low", "€/MWh"), s.Number("cost_high", "€/MWh"), s.Number("span", "€/MWh"), s.Center("method")},
		Notes:   document.Text(s.T("study.sensitivity_note"))}
	for _, e := range s.c.effects[:min(largest, len(s.c.effects))] {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("levers." + e.ID)), document.TextCell(s.limits(e.Lever)),
			document.FigureCell(s.design("sensitivity_low", e.ID, e.CostLow, inPrice, "SE1")), document.FigureCell(s.design("sensitivity_high", e.ID, e.CostHigh, inPrice, "SE1")),
			document.FigureCell(s.design("sensitivity_span", e.ID, e.CostSpan(), inPrice, "SE1")), {Text: "SE1", Code: true}}})
	}
	s.Add(t)
}

// limits prints a lever's limits in the unit that people use.
func (s *studyDraft) limits(l heat.Lever) string {
	as := map[string]reports.Step{"€/J": reports.In("€/MWh", heat.EuroPerMWh, 0), "1": reports.In("", 1, 2), "K": reports.In("K", 1, 1),
		"m": reports.In("m", 1, 0), "a": reports.In(s.T("study.years"), 1, 0)}[l.Unit]
	text := document.FormatNumber(s.Lang, as.Round(l.Low), as.Decimals) + " – " + document.FormatNumber(s.Lang, as.Round(l.High), as.Decimals)
	if as.Unit != "" {
		text += document.Nbsp + as.Unit
	}
	return text
}

// inputTable prints every assumed value with its source and its mark.
func (s *studyDraft) inputTable() {
	t := document.Table{Caption: s.T("study.inputs_caption"), Sheet: s.T("study.inputs_sheet"),
		Columns: []document.Column{s.Text("assumption"), s.Text("value"), s.Text("source"), s.Center("status")}, Notes: document.Text(s.T("study.inputs_note"))}
	for _, in := range s.inputs.Inputs {
		if in.Value != s.inputs.Value(in.ID, s.c.peak) {
			continue // the price of another power
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(s.T("study_inputs." + in.ID)),
			document.TextCell(strings.TrimSpace(s.Digits(in.Value) + " " + s.unit(in.Unit))), document.TextCell(s.OrAssumed(in.Source)), document.TextCell(s.mark(in.Status))}})
	}
	s.Add(t)
}

// unit prints a unit; years are a word.
func (s *studyDraft) unit(unit string) string {
	switch unit {
	case "a":
		return s.T("study.years")
	case "%/a":
		return s.T("study.percent_a_year")
	}
	return reports.Unitless(unit)
}

// mark prints V for what was read in its source, « à confirmer » else.
func (s *studyDraft) mark(status reports.Status) string {
	switch status {
	case reports.Read:
		return string(heat.Verified)
	case reports.Stated:
		return s.T("status.stated")
	}
	return s.T("status.confirm")
}
