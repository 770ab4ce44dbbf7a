package pcaet

import (
	"slices"
	"strconv"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// typeTable is the short form of annex A on the first page: one row a kind of
// cell that something is typed into.
func (p *Report) typeTable() document.Table {
	t := document.Table{Caption: p.T("synthesis.type_caption"), Sheet: p.T("sheets.type"),
		Columns: []document.Column{p.Text("cell"), p.Center("unit"), p.Text("what_to_type")}, Notes: document.Text(p.T("synthesis.type_note"))}
	t.Columns[2].Weight = 1
	for _, topic := range p.topics() {
		i := slices.IndexFunc(p.forms, func(f reports.Form) bool { return f.Topic == topic })
		if len(p.forms[i].Horizons) == 0 {
			continue
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(strings.Join(p.codesOf(topic), ", ")),
			document.TextCell(strings.Join(p.unitsOf(topic), ", ")), document.TextCell(p.whatFor(p.forms[i]))}})
	}
	return t
}

// whatFor says what to type for a form's cell, with the figure.
func (p *Report) whatFor(form reports.Form) string {
	key := "type." + form.Topic
	switch form.Takes {
	case "target":
		return p.target(key, form)
	case "asked":
		if p.d.Options.OtherThermal {
			return p.target(key+"_asked", form)
		}
	case "share":
		return p.T(key, "value", p.f.EDC.GWh.Full(p.Lang))
	case "rate":
		if points := p.pointsThen(form.Code, p.ahead[0]); points.Mark == document.Known {
			return p.T(key, "points", points.WithU(p.Lang))
		}
		return p.T(key + "_unknown")
	}
	return p.T(key)
}

// target says between which figures a target may lie: at each horizon by the
// scenario of what is decided, else as things stand.
func (p *Report) target(key string, form reports.Form) string {
	in := func(h reports.HeatFigure) document.Figure {
		if form.Unit == "GWh" {
			return h.GWh
		}
		return h.MWh
	}
	var then []string
	for _, h := range p.ahead[1:] {
		if h.at.Scenario == committed && h.Ceiling.MWh.Mark == document.Known && p.asks(form.Topic, h.at.Year) {
			then = append(then, strconv.Itoa(h.at.Year)+document.LabelsOf(p.Lang).Colon()+in(h.Ceiling).Full(p.Lang))
		}
	}
	if len(then) > 0 {
		return p.T(key+"_then", "scenario", p.scenario(committed), "ceilings", p.Listed(then), "floor", in(p.f.Supplied).Full(p.Lang))
	}
	return p.limits(key, in(p.f.Supplied), in(p.f.Ceiling))
}

// committed is the scenario of what is decided.
const committed = "committed"

// asks reports whether a form asks for a topic at a horizon.
func (p *Report) asks(topic string, year int) bool {
	return slices.ContainsFunc(p.forms, func(f reports.Form) bool {
		return f.Topic == topic && slices.ContainsFunc(f.Horizons, func(h reports.Horizon) bool { return h.Year == year })
	})
}

// limits says between which figures a target may lie, as far as they are
// known.
func (p *Report) limits(key string, floor, ceiling document.Figure) string {
	switch {
	case ceiling.Mark != document.Known:
		return p.T(key + "_unknown")
	case floor.Mark != document.Known:
		return p.T(key+"_above", "ceiling", ceiling.Full(p.Lang))
	}
	return p.T(key, "ceiling", ceiling.Full(p.Lang), "floor", floor.Full(p.Lang))
}
