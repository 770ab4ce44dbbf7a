package pcaet

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// annexes make each figure answer for itself.
func (p *Report) annexes() error {
	p.Add(document.PageBreak{})
	p.Heading(1, "A", "annex.deposit")
	p.Paragraph("annex.deposit_text")
	p.Paragraph("deposit.note_energy")
	for _, t := range p.depositTables() {
		p.Add(t)
	}
	p.Heading(1, "B", "annex.methods")
	p.methods()
	p.Heading(1, "C", "annex.factors")
	p.factorTables()
	p.Heading(1, "D", "annex.uncertainty")
	p.uncertainty()
	p.Heading(1, "E", "annex.provenance")
	p.provenance()
	if err := p.inputs(); err != nil {
		return err
	}
	p.changes()
	p.Heading(1, "F", "annex.confidentiality")
	p.confidentiality()
	p.Heading(1, "G", "annex.glossary")
	p.glossary()
	p.Heading(1, "H", "annex.open_data")
	p.Paragraph("annex.open_data_text")
	p.Heading(1, "I", "annex.references")
	p.Paragraph("annex.references_text")
	p.Add(p.referenceTable())
	return nil
}

// methods lists the methods that printed figures name, in words.
func (p *Report) methods() {
	p.Paragraph("annex.methods_text")
	t := document.Table{Caption: p.T("annex.methods_caption"), Sheet: p.T("sheets.methods"),
		Columns: []document.Column{p.Text("method"), p.Text("formula"), p.Text("source"), p.Center("status")}}
	for _, id := range p.methodsUsed() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: id, Code: true, Head: true},
			document.TextCell(p.MethodName(id)), document.TextCell(p.MethodSource(id)), document.TextCell(p.MethodStatus(id))}})
	}
	p.Add(t)
	p.Note(document.NoteMethod, "annex.net_of_electricity")
}

// methodsUsed returns the ids that the printed figures and the tiers name.
func (p *Report) methodsUsed() []string {
	used := map[string]bool{}
	for _, f := range reports.FiguresOf(p.Blocks) {
		for _, id := range strings.Split(f.Figure.Method, ", ") {
			if id != "" {
				used[id] = true
			}
		}
	}
	for _, s := range p.f.Annual {
		for tier := range s.Site.Estimate.ByTier {
			if tier != heat.TierNone {
				used[tier.String()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// factorTables is annex C: dated factors, and the assumptions of the model.
func (p *Report) factorTables() {
	p.Paragraph("annex.factors_text")
	t := document.Table{Caption: p.T("annex.factors_caption"), Sheet: p.T("sheets.factors"),
		Columns: []document.Column{p.Text("factor"), p.Text("value"), p.Text("unit"), p.Center("vintage"), p.Text("set"), p.Text("source"), p.Center("status")},
		Notes:   document.Text(p.T("annex.factors_note"))}
	for _, f := range p.factors {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("factors." + f.Basis)), document.TextCell(p.Digits(f.Value)), document.TextCell(f.Unit),
			document.TextCell(strconv.Itoa(f.Year)), document.TextCell(f.Set), document.TextCell(f.Source), document.TextCell(p.T("status." + string(f.Status)))}})
	}
	p.Add(t)
	for _, s := range p.d.Sites {
		if s.Estimate != nil && !p.protected() {
			p.Assumptions(reports.SiteName(s), s.Estimate.Assumptions)
		}
	}
	for _, n := range p.d.Networks {
		if n.Allocation != nil {
			p.Assumptions(n.Network.Name, n.Allocation.Assumptions)
		}
	}
}

// uncertainty is annex D: each figure with its code, ±, coverage and method,
// under the table in which it stands.
func (p *Report) uncertainty() {
	p.Paragraph("annex.uncertainty_text")
	p.answers()
	t := document.Table{Caption: p.T("annex.uncertainty_caption"), Sheet: p.T("sheets.register"),
		Columns: []document.Column{p.Text("code"), p.Text("figure"), p.Uncertain("value", ""), p.Center("coverage"), p.Text("method")}}
	t.Columns[1].Weight = 1
	seen, table := map[string]bool{}, ""
	for _, f := range reports.FiguresOf(p.Blocks) {
		if seen[f.Figure.Code] || f.Figure.Method == "" {
			continue
		}
		seen[f.Figure.Code] = true
		if f.Table != table {
			table = f.Table
			t.Rows = append(t.Rows, document.Row{Strong: true, Cells: []document.Cell{document.TextCell(""), document.TextCell(table),
				document.TextCell(""), document.TextCell(""), document.TextCell("")}})
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{reports.CodeOf(f.Figure), document.TextCell(f.Row + ", " + f.Column),
			document.FigureCell(f.Figure), p.Coverage(f.Figure), reports.Method(f.Figure)}})
	}
	p.Add(t)
}

// provenance is annex E: where each number comes from, down to the meter.
func (p *Report) provenance() {
	p.Paragraph("annex.provenance_text")
	if p.protected() {
		p.provenanceCounts()
		return
	}
	sites := document.Table{Caption: p.T("annex.sites_caption"), Sheet: p.T("sheets.provenance"),
		Columns: []document.Column{p.Text("site"), p.Text("data"), p.Text("period"), p.Text("records"), p.Text("origin")}}
	var remarks []string
	for _, s := range p.d.Sites {
		remarks = append(remarks, p.Remarks(s)...)
		origin := p.OrNone(s.Place.Origin)
		if s.Fault != nil {
			origin = p.T("annex.fault", "fault", p.Why(s.Fault))
		}
		sites.Rows = append(sites.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s)), document.TextCell(p.DataOf(s)),
			document.TextCell(p.Days(s.Period.From, s.Period.To)), document.TextCell(p.Whole(s.Records)), document.TextCell(origin)}})
	}
	if len(sites.Rows) > 0 {
		p.Add(sites)
	}
	if len(remarks) > 0 {
		p.Paragraph("annex.remarks_text")
		p.List(remarks...)
	}
	if t := p.PointTable(p.d.Sites); len(t.Rows) > 0 {
		p.Add(t)
	}
}

// glossary explains the terms, in the order of the alphabet.
func (p *Report) glossary() {
	t := document.Table{Caption: p.T("annex.glossary_caption"), Sheet: p.T("sheets.glossary"), Columns: []document.Column{p.Text("term"), p.Text("meaning")}}
	terms := slices.Sorted(maps.Keys(p.Chapters["glossary"]))
	sort.SliceStable(terms, func(i, j int) bool {
		return strings.ToLower(p.Chapters["terms"][terms[i]]) < strings.ToLower(p.Chapters["terms"][terms[j]])
	})
	for _, term := range terms {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("terms." + term)), document.TextCell(p.T("glossary." + term))}})
	}
	p.Add(t)
}
