package pcaet

import (
	"strconv"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// mostForms is how many sheets of matches are printed as forms; the table and
// the data hold them all.
const mostForms = 40

// actions is chapter 4: a table of all actions, then a form each.
func (p *Report) actions() {
	p.Heading(1, "4", "outlook.actions")
	p.fillActions()
	p.Paragraph("outlook.actions_text")
	p.Add(p.actionTable())
	left := 0
	for i, a := range p.sheets {
		if i >= mostForms && i < len(p.f.Pairs) {
			left++
			continue
		}
		p.Add(document.Heading{Level: 2, Number: "4." + strconv.Itoa(i+1-left), Text: a.Title})
		p.Add(p.form(i+1, a))
	}
	if left > 0 {
		p.Paragraph("action.left", "n", p.Whole(left))
	}
}

// actionTable lists the actions with what each is expected to bring.
func (p *Report) actionTable() document.Table {
	t := document.Table{Caption: p.T("outlook.actions_caption"), Sheet: p.T("sheets.actions"),
		Columns: []document.Column{p.Center("number"), p.Text("action"), p.Text("lead"), p.Center("calendar"), p.Uncertain("expected", "MWh"), p.Uncertain("avoided", "tCO2e"), p.Uncertain("investment", "k€")},
		Notes:   document.Text(p.T("outlook.actions_note"))}
	for i, a := range p.sheets {
		cells := []document.Cell{document.TextCell(strconv.Itoa(i + 1)), document.HeadCell(a.Title), document.TextCell(p.orComplete(a.Lead)), document.TextCell(p.calendar(a)),
			document.TextCell(document.LabelsOf(p.Lang).None), document.TextCell(document.LabelsOf(p.Lang).None), document.FigureCell(a.Budget)}
		for _, r := range a.Results {
			switch r.Key {
			case "captured":
				cells[4] = document.FigureCell(r.Figure)
			case "avoided":
				cells[5] = document.FigureCell(r.Figure)
			}
		}
		t.Rows = append(t.Rows, document.Row{Cells: cells})
	}
	return t
}

// form is a sheet to fill in: what is known stands in it.
func (p *Report) form(number int, a Action) document.Table {
	t := document.Table{Caption: p.T("action.form", "n", strconv.Itoa(number)), Sheet: p.T("action.sheet", "n", strconv.Itoa(number)),
		Columns: []document.Column{p.Text("item"), p.Text("content")}}
	t.Columns[0].Weight, t.Columns[1].Weight, t.Columns[1].Uncertain = 1, 5, true
	row := func(key string, cell document.Cell) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("action.item_" + key)), cell}})
	}
	text := func(key, value string) { row(key, document.TextCell(p.orComplete(value))) }
	text("title", a.Title)
	text("sector", a.Sector)
	text("strand", a.Strand)
	text("axis", a.Axis)
	text("description", a.Description)
	text("objectives", a.Objectives)
	text("lead", strings.Join(p.given(a.Lead, a.LeadType), ", "))
	text("partners", p.Listed(a.Partners))
	text("audience", p.Listed(a.Audience))
	text("sites", p.Listed(a.Sites))
	text("calendar", p.calendar(a))
	text("status", a.Status)
	text("means", a.Means)
	if a.Budget.Stated() {
		row("budget", document.FigureCell(a.Budget))
	} else {
		text("budget", "")
	}
	text("funding", reports.Sentences(a.Funding))
	for _, r := range a.Results {
		if r.Key != ceiling { // annex A has them by horizon and scenario
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(r.Label), document.FigureCell(r.Figure)}})
		}
	}
	if a.ID == followUp {
		text("targets", p.T("action.targets"))
	}
	if a.Factors != "" {
		text("factors", a.Factors)
	}
	text("indicators", p.Listed(a.Indicators))
	text("risks", reports.Sentences(a.Risks))
	text("plans", reports.Sentences(a.Plans))
	return t
}

// calendar prints the years of an action.
func (p *Report) calendar(a Action) string {
	switch {
	case a.Start == 0 && a.End == 0:
		return p.T("words.to_complete")
	case a.End == 0:
		return p.T("trajectory.from", "year", strconv.Itoa(a.Start))
	case a.Start == a.End || a.Start == 0:
		return strconv.Itoa(a.End)
	}
	return strconv.Itoa(a.Start) + "–" + strconv.Itoa(a.End)
}

// orComplete prints a text, or that the authority has to give it.
func (p *Report) orComplete(text string) string {
	if text == "" {
		return p.T("words.to_complete")
	}
	return text
}
