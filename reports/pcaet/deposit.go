package pcaet

import (
	"slices"
	"strconv"
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// depositLine is one cell of a deposit form and what the report has for it.
type depositLine struct {
	Form    reports.Form
	Code    string
	Year    int // the horizon
	Value   reports.HeatFigure
	Ceiling reports.HeatFigure // targets only: what is captured and what is supplied already
	Points  document.Figure    // rates only: what the captured heat adds to the rate
	Status  string             // key of the words, chapter "deposit"
}

// What a cell's status can be. An official never has to type 0 for "unknown".
const (
	statusKnown     = "known"
	statusZero      = "zero"
	statusUnknown   = "unknown"
	statusSecret    = "secret"
	statusCommitted = "committed" // heat that is supplied already
	statusLeave     = "leave"     // the cell is not for this heat
	statusPast      = "past"      // a horizon before the reference year
)

// depositLines are the lines of every form that the tables describe.
func (p *Report) depositLines() []depositLine {
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
func (p *Report) fillDeposit(l *depositLine) {
	switch l.Form.Takes {
	case "target":
		if l.Year < p.d.Options.Year {
			l.Status = statusPast
			return
		}
		l.Value, l.Ceiling = p.f.Supplied, p.f.Ceiling
		if l.Status = statusOf(l.Value.MWh); l.Status == statusKnown {
			l.Status = statusCommitted
		}
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

func statusOf(f document.Figure) string {
	switch {
	case f.Mark == document.Secret:
		return statusSecret
	case f.Mark == document.Unknown:
		return statusUnknown
	case f.Value == 0:
		return statusZero
	}
	return statusKnown
}

// pointsFor is what the captured heat adds to a rate of the new form: for
// cae_22 its share of the matched networks' deliveries; the other rates want
// the territory's needs, which nobody has given.
func (p *Report) pointsFor(code string) document.Figure {
	g := p.d.Grid("deposit")
	demand, captured := 0.0, 0.0
	for _, n := range p.d.Networks {
		if n.Allocation != nil {
			demand += float64(n.Allocation.Demand)
			captured += n.Allocation.Captured.Value
		}
	}
	if code != "cae_22" || demand == 0 {
		return g.Unknown(code, "points", reports.InPoints)
	}
	points := heat.Quantity{Value: captured / demand, U: p.capturedU() / demand, Known: true,
		Coverage: p.f.Captured.MWh.Coverage, Method: p.f.Captured.MWh.Method, Simulated: p.f.Captured.MWh.Simulated}
	return reports.Follows(g.Figure(code, "points", points, reports.InPoints), p.f.Captured.MWh)
}

// capturedU is the standard uncertainty of the captured heat in J, from the
// printed one.
func (p *Report) capturedU() float64 { return p.f.Captured.MWh.U * reports.InMWh.SI / 2 }

// depositTables are annex A: one table a form, then what each kind of cell
// wants.
func (p *Report) depositTables() []document.Table {
	byForm := map[string]*document.Table{}
	var tables []*document.Table
	for _, l := range p.depositLines() {
		t, started := byForm[l.Form.Form]
		if !started {
			t = p.formTable(l.Form.Form)
			byForm[l.Form.Form], tables = t, append(tables, t)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: l.Code, Code: true, Head: true},
			document.TextCell(strconv.Itoa(l.Year)), document.TextCell(l.Form.Unit), document.TextCell(p.T("deposit." + l.Status)),
			p.depositCell(l.Value.MWh), p.depositCell(l.Value.GWh), p.depositCell(l.Ceiling.MWh), p.depositCell(l.Ceiling.GWh),
			p.depositCell(l.Points)}})
	}
	printed := make([]document.Table, len(tables))
	for i, t := range tables {
		printed[i] = *t
	}
	return append(printed, p.instructions())
}

func (p *Report) formTable(form string) *document.Table {
	return &document.Table{Caption: p.T("deposit.caption", "form", p.T("forms."+form)), Sheet: p.T("sheets.deposit") + " " + form,
		Columns: []document.Column{p.Text("cell"), p.Center("horizon"), p.Center("unit"), p.Center("status"),
			p.Number("value", "MWh"), p.Number("value", "GWh"), p.Number("ceiling", "MWh"), p.Number("ceiling", "GWh"), p.Number("points", "%")}}
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
		Columns: []document.Column{p.Text("cell"), p.Text("instruction")}}
	for _, topic := range p.topics() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: strings.Join(p.codesOf(topic), ", "), Code: true, Head: true},
			document.TextCell(p.T("instructions." + topic))}})
	}
	return t
}

// topics are the kinds of cells, in the order of the table of forms.
func (p *Report) topics() []string {
	var topics []string
	for _, form := range p.forms {
		if !slices.Contains(topics, form.Topic) {
			topics = append(topics, form.Topic)
		}
	}
	return topics
}

// codesOf are the codes of a topic's cells, the horizon left open.
func (p *Report) codesOf(topic string) []string {
	var codes []string
	for _, form := range p.forms {
		code := strings.ReplaceAll(form.Code, "{period}", "<p>")
		if len(form.Horizons) == 1 {
			code = strings.ReplaceAll(form.Code, "{period}", form.Horizons[0].Code)
		}
		if form.Topic == topic && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// whatToType is the short form of annex A on the first page: one row a kind
// of cell.
func (p *Report) whatToType() {
	t := document.Table{Caption: p.T("synthesis.type_caption"), Sheet: p.T("sheets.type"),
		Columns: []document.Column{p.Text("cell"), p.Center("unit"), p.Text("what_to_type")}}
	t.Columns[2].Weight = 1
	for _, topic := range p.topics() {
		i := slices.IndexFunc(p.forms, func(f reports.Form) bool { return f.Topic == topic })
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(strings.Join(p.codesOf(topic), ", ")),
			document.TextCell(p.forms[i].Unit), document.TextCell(p.whatFor(p.forms[i]))}})
	}
	p.Add(t)
}

// whatFor says what to type for a form's cell, with the figure.
func (p *Report) whatFor(form reports.Form) string {
	l := depositLine{Form: form, Code: form.Code, Year: p.d.Options.Year}
	p.fillDeposit(&l)
	key := "type." + form.Topic
	switch form.Takes {
	case "target":
		if l.Ceiling.GWh.Mark != document.Known {
			return p.T(key + "_unknown")
		}
		if l.Value.GWh.Mark != document.Known {
			return p.T(key+"_above", "ceiling", l.Ceiling.GWh.Full(p.Lang))
		}
		return p.T(key, "ceiling", l.Ceiling.GWh.Full(p.Lang), "floor", l.Value.GWh.Full(p.Lang))
	case "share":
		return p.T(key, "value", l.Value.GWh.Full(p.Lang))
	case "rate":
		if l.Points.Mark != document.Known {
			return p.T(key + "_unknown")
		}
		return p.T(key, "points", l.Points.WithU(p.Lang))
	}
	return p.T(key)
}
