package reports

import (
	"strconv"
	"strings"

	"thermie/heat"
)

// depositLine is one cell of a deposit form and what the report has for it.
type depositLine struct {
	Form    Form
	Code    string
	Year    int // the horizon
	Value   heatFigure
	Ceiling heatFigure // targets only: more than what is captured cannot be promised
	Points  Figure     // rates only: what the captured heat adds to the rate
	Status  string     // key of the words, chapter "deposit"
}

// What a cell's status can be. An official never has to type 0 for "unknown".
const (
	statusKnown   = "known"
	statusZero    = "zero"
	statusUnknown = "unknown"
	statusLeave   = "leave" // the cell is not for this heat
)

// depositLines are the lines of every form that the tables describe.
func (p *pcaet) depositLines() []depositLine {
	var lines []depositLine
	for _, form := range p.forms {
		for _, h := range form.Horizons {
			year := h.Year
			if year == 0 {
				year = p.d.Options.Year
			}
			line := depositLine{Form: form, Year: year, Code: strings.ReplaceAll(form.Code, "{period}", h.Code)}
			p.fillDeposit(&line)
			lines = append(lines, line)
		}
	}
	return lines
}

// fillDeposit sets the line's figures by what its cell takes.
func (p *pcaet) fillDeposit(l *depositLine) {
	switch l.Form.Takes {
	case "target":
		l.Value, l.Ceiling = p.f.Supplied, p.f.Captured
		l.Status = statusOf(l.Value.MWh)
	case "share":
		l.Value = p.f.EDC
		l.Status = statusOf(l.Value.MWh)
	case "rate":
		l.Points = p.pointsFor(l.Form.Code)
		l.Status = statusOf(l.Points)
	default:
		l.Status = statusLeave
	}
}

func statusOf(f Figure) string {
	switch {
	case f.Mark != Known:
		return statusUnknown
	case f.Value == 0:
		return statusZero
	}
	return statusKnown
}

// pointsFor is what the captured heat adds to a rate of the new form: for
// cae_22 its share of the matched networks' deliveries; the other rates want
// the territory's needs, which nobody has given.
func (p *pcaet) pointsFor(code string) Figure {
	g := p.d.grid("deposit")
	demand, captured := 0.0, 0.0
	for _, n := range p.d.Networks {
		if n.Allocation != nil {
			demand += float64(n.Allocation.Demand)
			captured += n.Allocation.Captured.Value
		}
	}
	if code != "cae_22" || demand == 0 {
		return g.unknown(code, "points", inPoints)
	}
	points := heat.Quantity{Value: captured / demand, U: p.capturedU() / demand, Known: true,
		Coverage: p.f.Captured.MWh.Coverage, Method: p.f.Captured.MWh.Method, Simulated: p.f.Captured.MWh.Simulated}
	return g.figure(code, "points", points, inPoints)
}

// capturedU is the standard uncertainty of the captured heat in J, from the
// printed one.
func (p *pcaet) capturedU() float64 { return p.f.Captured.MWh.U * inMWh.si / 2 }

// depositTable is annex A, and the file depot.csv.
func (p *pcaet) depositTable() Table {
	t := Table{Caption: p.t("deposit.caption"), Sheet: p.t("sheets.deposit"),
		Columns: []Column{p.text("form"), p.text("cell"), p.center("horizon"), p.center("unit"), p.center("status"),
			p.sure("value", "MWh"), p.sure("value", "GWh"), p.sure("ceiling", "MWh"), p.sure("ceiling", "GWh"),
			p.number("points", "%"), p.text("instruction")},
	}
	none := TextCell(labelsOf(p.lang).none)
	cell := func(f Figure) Cell {
		if f.Code == "" {
			return none
		}
		return FigureCell(f)
	}
	for _, l := range p.depositLines() {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			TextCell(p.t("forms." + l.Form.Form)), {Text: l.Code, Code: true, Head: true},
			TextCell(strconv.Itoa(l.Year)), TextCell(l.Form.Unit), TextCell(p.t("deposit." + l.Status)),
			cell(l.Value.MWh), cell(l.Value.GWh), cell(l.Ceiling.MWh), cell(l.Ceiling.GWh), cell(l.Points),
			TextCell(p.t("instructions." + l.Form.Topic)),
		}})
	}
	return t
}

// whatToType is the short form of the deposit table on the first page: one
// row a cell's family, with the horizons side by side.
func (p *pcaet) whatToType() {
	t := Table{Caption: p.t("synthesis.type_caption"), Sheet: p.t("sheets.type"),
		Columns: []Column{p.text("form"), p.text("cell"), p.center("unit"), p.text("what_to_type")},
		Notes:   Text(p.t("synthesis.type_note"))}
	for _, form := range p.forms {
		var codes []string
		for _, h := range form.Horizons {
			code := strings.ReplaceAll(form.Code, "{period}", h.Code)
			if len(codes) == 0 || codes[len(codes)-1] != code {
				codes = append(codes, code)
			}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			TextCell(p.t("forms." + form.Form)), {Text: p.cells(codes), Code: true}, TextCell(form.Unit),
			TextCell(p.whatFor(form)),
		}})
	}
	p.add(t)
}

// cells joins the codes of a family: the first in full, of the others what
// differs.
func (p *pcaet) cells(codes []string) string {
	if len(codes) == 1 {
		return codes[0]
	}
	stem := codes[0][:strings.LastIndex(codes[0], "_")+1]
	short := []string{codes[0]}
	for _, c := range codes[1:] {
		short = append(short, "_"+strings.TrimPrefix(c, stem))
	}
	return strings.Join(short, ", ")
}

// whatFor says what to type for a form's cell, with the figure.
func (p *pcaet) whatFor(form Form) string {
	l := depositLine{Form: form, Code: form.Code}
	p.fillDeposit(&l)
	key := "type." + form.Topic
	switch form.Takes {
	case "target":
		if l.Ceiling.GWh.Mark != Known {
			return p.t(key + "_unknown")
		}
		return p.t(key, "ceiling", l.Ceiling.GWh.Full(p.lang), "floor", l.Value.GWh.Full(p.lang))
	case "share":
		return p.t(key, "value", l.Value.GWh.Full(p.lang))
	case "rate":
		if l.Points.Mark != Known {
			return p.t(key + "_unknown")
		}
		return p.t(key, "points", l.Points.WithU(p.lang))
	}
	return p.t(key)
}
