package pcaet

import (
	"math"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// reasonHours is why a network that takes a site's heat does not take all of
// it.
const reasonHours heat.Reason = "no_residual_demand"

// idle is 2.5: what each site rejects and nobody takes, and why.
func (p *Report) idle() {
	p.Paragraph("potential.idle_text")
	t := document.Table{Caption: p.T("potential.idle_caption"), Sheet: p.T("sheets.idle"),
		Columns: []document.Column{p.Text("site"), p.Number("rejected", "MWh"), p.Number("captured", "MWh"), p.Number("supplied", "MWh"), p.Number("idle", "MWh"), p.Text("reason")},
		Notes:   document.Text(p.T("potential.idle_note"))}
	left := map[*reports.SiteResult]heat.Reason{}
	for _, u := range p.d.Left {
		left[u.Site] = u.Reason
	}
	for _, s := range p.d.Sites {
		captured, reason := document.TextCell(document.LabelsOf(p.Lang).None), left[s]
		if reason == "" {
			captured, reason = document.FigureCell(p.capturedFrom(s)), reasonHours
			p.behind = append(p.behind, p.deliveredFrom(s)) // on the map layer
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s)), document.FigureCell(p.rejectedBy(s)), captured,
			document.FigureCell(p.suppliedBy(s)), document.FigureCell(p.idleOf(s)), document.TextCell(p.T("reasons." + string(reason)))}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// idleOf is what a site rejects and nobody takes, from the printed figures.
func (p *Report) idleOf(s *reports.SiteResult) document.Figure {
	g := p.d.Grid("idle")
	f := g.Unknown(s.ID, "idle_mwh", reports.InMWh)
	rejected, taken := p.rejectedBy(s), []document.Figure(nil)
	if p.taken(s) {
		taken = append(taken, p.capturedFrom(s))
		if !taken[0].Stated() {
			return f
		}
	}
	if supplied := p.suppliedBy(s); supplied.Stated() {
		taken = append(taken, supplied)
	}
	if !rejected.Stated() {
		return f
	}
	f = rejected
	f.Mark = document.Known
	methods := []string{rejected.Method}
	for _, part := range taken {
		f.Value, f.Coverage, methods = f.Value-part.Value, min(f.Coverage, part.Coverage), append(methods, part.Method)
		f.U, f.Unbudgeted = 0, true // they err with what is rejected
	}
	f.Value, f.Method = math.Max(0, f.Value), reports.JoinMethods(methods)
	return g.At(reports.Follows(f, append(taken, rejected)...), s.ID, "idle_mwh")
}

// taken reports whether a network takes heat of a site.
func (p *Report) taken(s *reports.SiteResult) bool { return len(p.pairsOf(s)) > 0 }

// pairsOf are the matches of a site: several networks may share its heat.
func (p *Report) pairsOf(s *reports.SiteResult) (own []reports.Pair) {
	for _, pr := range p.f.Pairs {
		if pr.Site == s {
			own = append(own, pr)
		}
	}
	return own
}

// capturedFrom and deliveredFrom are what all networks together take from a
// site, and what they get of it.
func (p *Report) capturedFrom(s *reports.SiteResult) document.Figure {
	return p.sumFrom(s, "captee_mwh", func(pr reports.Pair) document.Figure { return pr.Captured.MWh })
}

func (p *Report) deliveredFrom(s *reports.SiteResult) document.Figure {
	return p.sumFrom(s, "livree_mwh", func(pr reports.Pair) document.Figure { return pr.Delivered.MWh })
}

// sumFrom is the figure of a site's only match, or the sum of several; not
// known where one of them is not.
func (p *Report) sumFrom(s *reports.SiteResult, column string, of func(reports.Pair) document.Figure) document.Figure {
	g := p.d.Grid("sites")
	var parts []document.Figure
	for _, pr := range p.pairsOf(s) {
		parts = append(parts, of(pr))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	for _, part := range parts {
		if !part.Stated() {
			return g.Unknown(s.ID, column, reports.InMWh)
		}
	}
	return g.RowSum(s.ID, column, reports.InMWh, parts)
}

// rejectedBy and suppliedBy are an annual site's printed heats.
func (p *Report) rejectedBy(s *reports.SiteResult) document.Figure {
	return p.annual(s, "rejected", "gisement_mwh", func(a reports.AnnualSite) document.Figure { return a.Rejected.MWh })
}

func (p *Report) suppliedBy(s *reports.SiteResult) document.Figure {
	return p.annual(s, "supplied", "valorisee_mwh", func(a reports.AnnualSite) document.Figure { return a.Supplied.MWh })
}

func (p *Report) annual(s *reports.SiteResult, table, column string, of func(reports.AnnualSite) document.Figure) document.Figure {
	for _, a := range p.f.Annual {
		if a.Site == s {
			return of(a)
		}
	}
	return p.d.Grid(table).Unknown(s.ID, column, reports.InMWh)
}
