package pcaet

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/trajectory"
)

// rateTable prints each network's rate by scenario and horizon, and whether
// it is an efficient network then.
func (p *Report) rateTable() document.Table {
	t := document.Table{Caption: p.T("trajectory.rates_caption"), Sheet: p.T("sheets.rates"),
		Columns: []document.Column{p.Text("network"), p.Text("scenario"), p.Center("year"), p.Number("demand_then", "MWh"), p.Number("captured", "MWh"), p.Number("enrr", "%"), p.Center("standing")},
		Notes:   document.Text(p.T("trajectory.rates_note"))}
	rungs, _ := p.study.Rungs() // read in chapter 2
	for _, at := range append([]*trajectory.Point{p.future.Today}, p.future.Points...) {
		captured := p.sharesOf(at, "captee", func(l trajectory.Link) heat.Quantity { return l.Captured })
		for _, n := range at.Networks {
			row := rowOf(at)
			g := p.d.Grid("rates " + n.Config.ID)
			parts := shares{}
			for _, l := range n.Links {
				key := l.Site.ID + "→" + n.Config.ID
				parts[key] = captured[key]
			}
			taken := p.joint(at, g, row, "captee_mwh", parts, n.Captured)
			if at == p.future.Today {
				continue // in chapter 2; here for what the next ones differ by
			}
			r := rate{figure: g.Unknown(row, "rate", reports.InRate)}
			if after, ok := n.Rate(); ok {
				q := p.readable(heat.Quantity{Value: after, Known: true, Coverage: n.Captured.Coverage, Method: "NE1", Simulated: n.Captured.Simulated})
				r = rate{"captured", after, reports.Follows(g.Figure(row, "rate", q, reports.InRate), taken)}
			}
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(n.Config.Name), document.HeadCell(p.T("scenario." + at.Scenario)), document.HeadCell(strconv.Itoa(at.Year)),
				document.FigureCell(reports.Free(g.Plain(row, "demand_mwh", float64(n.Demand), reports.InMWh))), document.FigureCell(taken), document.FigureCell(r.figure), document.TextCell(p.standsAt(r, rungs, time.Date(at.Year, time.January, 1, 0, 0, 0, 0, time.UTC)))}})
		}
	}
	return t
}

// consumption is the data centers' electricity by scenario and horizon: a
// part of the consumption of the sector Tertiaire.
func (p *Report) consumption() document.Table {
	t := document.Table{Caption: p.T("trajectory.electricity_caption"), Sheet: p.T("sheets.consumption"),
		Columns: []document.Column{p.Text("scenario"), p.Center("year"), p.Uncertain("e_dc", "MWh"), p.Number("e_dc", "GWh"), p.Text("left_out")},
		Notes:   document.Text(p.T("trajectory.electricity_note"))}
	for _, at := range append([]*trajectory.Point{p.future.Today}, p.future.Points...) {
		parts, without := shares{}, []string(nil)
		for _, r := range at.Running {
			q := p.electricityOf(r)
			if !q.Known {
				without = append(without, p.nameOf(r.Site.ID))
				continue
			}
			parts[r.Site.ID] = p.share(at, "e_dc", r.Site.ID, r.Site, q)
		}
		u := heat.Quantity{Known: true, Coverage: 1, Method: "TR1"}
		for _, f := range parts {
			u.U = math.Hypot(u.U, f.U*reports.InMWh.SI/2)
		}
		mwh, name := p.joint(at, p.d.Grid("trajectories"), rowOf(at), "e_dc_mwh", parts, u), p.T("scenario.today")
		if at.Scenario != "" {
			name = p.T("scenario." + at.Scenario)
		} else {
			mwh = p.f.EDC.MWh
		}
		if len(parts) == 0 && len(without) > 0 { // nobody knows any of it, which is not nothing
			mwh = p.d.Grid("trajectories").Unknown(rowOf(at), "e_dc_mwh", reports.InMWh)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.HeadCell(strconv.Itoa(at.Year)),
			document.FigureCell(mwh), document.FigureCell(reports.ToGWh("e_dc", mwh)), document.TextCell(p.orSign(strings.Join(without, ", ")))}})
	}
	return t
}

// electricityOf is a site's electricity at a point: today's, which follows
// its heat, or what a planned one declares.
func (p *Report) electricityOf(r trajectory.Running) heat.Quantity {
	if r.Site.Planned {
		return heat.Quantity{Value: r.Share * r.Site.TotalKWh * float64(interval.KilowattHour), Known: r.Site.TotalKWh > 0, Coverage: 1, Method: "TR1"}
	}
	if f := p.annualOf(r.Site.ID).EDC.MWh; f.Stated() {
		return scaled(f, r.Share)
	}
	return heat.Quantity{}
}

// orSign prints a text, or the sign that nothing applies.
func (p *Report) orSign(text string) string { return cmp.Or(text, document.LabelsOf(p.Lang).None) }
