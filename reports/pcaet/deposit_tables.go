package pcaet

import (
	"slices"
	"strconv"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// depositTables are annex A: for each form its energies and its rates, then
// what each kind of cell wants.
func (p *Report) depositTables() []document.Table {
	var tables []document.Table
	lines := p.Deposit()
	for _, form := range p.formNames() {
		for _, rates := range []bool{false, true} {
			t := p.formTable(form, rates)
			for _, l := range lines {
				if l.Form.Form == form && (l.Form.Takes == "rate") == rates {
					t.Rows = append(t.Rows, document.Row{Cells: p.depositRow(l)})
				}
			}
			if len(t.Rows) > 0 {
				tables = append(tables, t)
			}
		}
	}
	return append(tables, p.instructions())
}

// formNames are the forms, in the order of the table of forms.
func (p *Report) formNames() []string {
	var names []string
	for _, f := range p.forms {
		if !slices.Contains(names, f.Form) {
			names = append(names, f.Form)
		}
	}
	return names
}

// formTable is the empty table of a form's energies, or of its rates.
func (p *Report) formTable(form string, rates bool) document.Table {
	name := p.T("forms." + form)
	columns := []document.Column{p.Text("cell"), p.Center("horizon"), p.Text("scenario"), p.Center("unit"), p.Center("status")}
	if rates {
		return document.Table{Caption: p.T("deposit.caption_rates", "form", name), Sheet: p.T("sheets.rates") + " " + form,
			Columns: append(columns, p.Number("rate", "%"), p.Uncertain("points", p.inGain().Unit)), Notes: document.Text(p.T("deposit.note_rates"))}
	}
	t := document.Table{Caption: p.T("deposit.caption", "form", name), Sheet: p.T("sheets.deposit") + " " + form,
		Columns: append(columns, p.Number("value", "MWh"), p.Number("value", "GWh"), p.Number("ceiling", "MWh"), p.Number("ceiling", "GWh"))}
	notes := []string{p.withoutElectricity(), p.withoutSupply()}
	if p.d.Options.OtherThermal && form == NewForm {
		notes = append(notes, p.otherThermal())
	}
	if said := slices.DeleteFunc(notes, func(text string) bool { return text == "" }); len(said) > 0 {
		t.Notes = document.Text(strings.Join(said, " "))
	}
	return t
}

// NewForm is the deposit form whose cells are indicators (cae_*).
const NewForm = "new"

// otherThermal says what typing the ceiling into cae_3.ap does to the
// indicators that add it up, where it does most.
func (p *Report) otherThermal() string {
	top := p.ahead[0]
	for _, h := range p.ahead[1:] {
		if h.Ceiling.MWh.Mark == document.Known && (top.Ceiling.MWh.Mark != document.Known || h.Ceiling.MWh.Value > top.Ceiling.MWh.Value) {
			top = h
		}
	}
	if top.Ceiling.MWh.Mark != document.Known {
		return p.T("deposit.other_unknown")
	}
	points := p.T("deposit.other_no_needs")
	gain := p.pointsThen("cae_24.b", top)
	p.behind = append(p.behind, gain)
	if gain.Mark == document.Known {
		points = p.T("deposit.other_points", "points", gain.Full(p.Lang), "needs", document.FormatNumber(p.Lang, p.d.Area.Plan.Needs.MWh, 0), "source", p.d.Area.Plan.Needs.Source)
	}
	return p.T("deposit.other_effect", "ceiling", top.Ceiling.MWh.Full(p.Lang), "scenario", p.scenario(top.at.Scenario), "year", strconv.Itoa(top.at.Year), "points", points)
}

// ScenarioOf names a line's scenario; empty where the cell takes nothing.
func (p *Report) ScenarioOf(l DepositLine) string {
	if l.Scenario == "" {
		return ""
	}
	return p.T("scenario."+l.Scenario, "year", p.year())
}

func (p *Report) depositRow(l DepositLine) []document.Cell {
	row := []document.Cell{{Text: l.Code, Code: true, Head: true},
		document.HeadCell(strconv.Itoa(l.Year)), document.HeadCell(p.orSign(p.ScenarioOf(l))), document.TextCell(l.Form.Unit), document.TextCell(p.T("deposit." + l.Status))}
	figures := []document.Figure{l.Value.MWh, l.Value.GWh, l.Ceiling.MWh, l.Ceiling.GWh}
	if l.Form.Takes == "rate" {
		figures = []document.Figure{l.Rate, l.Points}
	}
	for _, f := range figures {
		row = append(row, p.depositCell(f))
	}
	return row
}

// depositCell is a figure, or the sign for a cell that has none.
func (p *Report) depositCell(f document.Figure) document.Cell {
	if f.Code == "" {
		return document.TextCell(document.LabelsOf(p.Lang).None)
	}
	return document.FigureCell(f)
}

// instructions says once for each kind of cell how to fill it.
func (p *Report) instructions() document.Table {
	t := document.Table{Caption: p.T("deposit.instructions_caption"), Sheet: p.T("sheets.instructions"),
		Columns: []document.Column{p.Text("cell"), p.Center("unit"), p.Text("instruction")}, Notes: document.Text(p.T("deposit.instructions_note"))}
	for _, topic := range p.topics() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: strings.Join(p.codesOf(topic), ", "), Code: true, Head: true},
			document.TextCell(strings.Join(p.unitsOf(topic), ", ")), document.TextCell(p.Listed(p.labelsOf(topic)) + ". " + p.T("instructions."+topic, "year", p.year()))}})
	}
	return t
}

// topics are the kinds of cells, in the order of the table of forms.
func (p *Report) topics() []string {
	return p.each(func(reports.Form) bool { return true }, func(f reports.Form) string { return f.Topic })
}

// codesOf are the codes of a topic's cells, the horizon left open.
func (p *Report) codesOf(topic string) []string {
	return p.each(func(f reports.Form) bool { return f.Topic == topic }, func(f reports.Form) string {
		if len(f.Horizons) == 1 {
			return strings.ReplaceAll(f.Code, "{period}", f.Horizons[0].Code)
		}
		return strings.ReplaceAll(f.Code, "{period}", "<p>")
	})
}

// labelsOf are the forms' own words for a topic's cells.
func (p *Report) labelsOf(topic string) []string {
	return p.each(func(f reports.Form) bool { return f.Topic == topic }, func(f reports.Form) string { return f.Label })
}

// unitsOf are the units of a topic's cells.
func (p *Report) unitsOf(topic string) []string {
	return p.each(func(f reports.Form) bool { return f.Topic == topic }, func(f reports.Form) string { return f.Unit })
}

// each returns what the forms that match say, once each and in their order.
func (p *Report) each(match func(reports.Form) bool, says func(reports.Form) string) []string {
	var all []string
	for _, f := range p.forms {
		if s := says(f); match(f) && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}
