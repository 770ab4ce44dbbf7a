package pcaet

import (
	"strconv"
	"time"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// standing says of each network whether it is an efficient one now and from
// each day on which the law asks for more, without and with the captured heat:
// often its best reason to want it.
func (p *Report) standing() error {
	rungs, err := p.study.Rungs()
	if err != nil {
		return err
	}
	stages := reports.Stages(rungs, p.d.Options.Date)
	t := document.Table{Caption: p.T("standing.caption"), Sheet: p.T("sheets.standing"),
		Columns: []document.Column{p.Text("network"), p.Text("counted"), p.Number("enrr", "%"), p.Center("now")},
		Notes:   document.Text(p.T("standing.note"))}
	for _, at := range stages[1:] {
		t.Columns = append(t.Columns, document.Column{Head: p.T("columns.from_year", "year", strconv.Itoa(at.Year())), Align: document.AlignCenter})
	}
	t.Columns = append(t.Columns, p.Center("method"))
	for _, n := range p.d.Networks {
		if n.Network.EnRRShare == nil {
			known := []document.Cell{document.HeadCell(n.Network.Name), document.TextCell(p.T("standing.no_rate")),
				document.FigureCell(p.d.Grid("standing").Unknown(n.Network.ID, "before", reports.InRate))}
			t.Rows = append(t.Rows, document.Row{Cells: append(known, make([]document.Cell, len(stages)+1)...)})
			continue
		}
		for _, r := range p.rates(n) {
			cells := []document.Cell{document.HeadCell(n.Network.Name), document.TextCell(p.T("standing." + r.id)), document.FigureCell(r.figure)}
			for _, at := range stages {
				cells = append(cells, document.TextCell(p.standsAt(r, rungs, at)))
			}
			t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.Cell{Text: "NE2", Code: true})})
		}
	}
	if len(t.Rows) > 0 {
		p.Paragraph("standing.text")
		p.Add(t)
	}
	return nil
}

// rate is a network's share by one way of counting.
type rate struct {
	id     string // of the words, chapter "standing"
	share  float64
	figure document.Figure
}

// rates are those of today, and with the heat of the match.
func (p *Report) rates(n *reports.NetworkResult) []rate {
	g, id := p.d.Grid("standing"), n.Network.ID
	before := *n.Network.EnRRShare / 100
	list := []rate{{"before", before, reports.Free(g.Plain(id, "before", before, reports.InRate))}}
	if n.Allocation == nil {
		return list
	}
	a := n.Allocation
	greened, ok := trajectory.Greened(n.Network, a.Demand, a.Captured, a.Delivered)
	if !ok {
		return list
	}
	q := p.readable(heat.Quantity{Value: greened.After, U: a.Captured.U / float64(a.Demand), Known: a.Captured.Known, Coverage: a.Captured.Coverage, Method: "NE1", Simulated: a.Captured.Simulated})
	return append(list, rate{"captured", greened.After, reports.Follows(g.Figure(id, "captured", q, reports.InRate), p.capturedBy(n))})
}

// standsAt is the status of a rate at a date; of a rate that may not be read
// it tells nothing.
func (p *Report) standsAt(r rate, rungs []heat.Rung, at time.Time) string {
	if r.figure.Mark != document.Known {
		return document.LabelsOf(p.Lang).None
	}
	if heat.StandingAt(r.share, rungs, at).Met {
		return p.T("study.efficient")
	}
	return p.T("study.not_efficient")
}
