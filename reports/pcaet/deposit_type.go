package pcaet

import (
	"slices"
	"strings"

	"thermie/reports"
	"thermie/reports/document"
)

// typeTable is the short form of annex A on the first page: one row a kind of
// cell that something is typed into.
func (p *Report) typeTable() document.Table {
	t := document.Table{Caption: p.T("synthesis.type_caption"), Sheet: p.T("sheets.type"),
		Columns: []document.Column{p.Text("cell"), p.Center("unit"), p.Text("what_to_type")}}
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
	floor, ceiling := p.f.Supplied.GWh, p.f.Ceiling.GWh
	if form.Takes == "asked" {
		if !p.d.Options.OtherThermal {
			return p.T(key)
		}
		key, floor, ceiling = key+"_asked", p.f.Supplied.MWh, p.f.Ceiling.MWh
	}
	switch form.Takes {
	case "target", "asked":
		return p.limits(key, floor, ceiling)
	case "share":
		return p.T(key, "value", p.f.EDC.GWh.Full(p.Lang))
	case "rate":
		if points := p.pointsFor(form.Code); points.Mark == document.Known {
			return p.T(key, "points", points.WithU(p.Lang))
		}
		return p.T(key + "_unknown")
	}
	return p.T(key)
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
