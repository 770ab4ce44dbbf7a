package reports

import (
	"sort"
	"strconv"
	"strings"

	"thermie/heat"
	"thermie/reports/document"
)

// annexes make each figure answer for itself.
func (p *pcaet) annexes() {
	p.add(document.PageBreak{})
	p.heading(1, "A", "annex.deposit")
	p.paragraph("annex.deposit_text")
	for _, t := range p.depositTables() {
		p.add(t)
	}
	p.heading(1, "B", "annex.methods")
	p.methods()
	p.heading(1, "C", "annex.factors")
	p.factorTables()
	p.heading(1, "D", "annex.uncertainty")
	p.uncertainty()
	p.heading(1, "E", "annex.provenance")
	p.provenance()
	p.heading(1, "F", "annex.confidentiality")
	p.confidentiality()
	p.heading(1, "G", "annex.glossary")
	p.glossary()
	p.heading(1, "H", "annex.open_data")
	p.paragraph("annex.open_data_text")
	p.heading(1, "I", "annex.references")
	p.paragraph("annex.references_text")
	p.add(p.referenceTable("", p.t("annex.references_caption"), p.t("sheets.references")))
}

// methods lists the methods that printed figures name, in words.
func (p *pcaet) methods() {
	p.paragraph("annex.methods_text")
	t := document.Table{Caption: p.t("annex.methods_caption"), Sheet: p.t("sheets.methods"),
		Columns: []document.Column{p.text("method"), p.text("formula"), p.text("source"), p.center("status")}}
	for _, id := range p.methodsUsed() {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: id, Code: true, Head: true},
			document.TextCell(p.methodName(id)), document.TextCell(p.methodSource(id)), document.TextCell(p.methodStatus(id))}})
	}
	p.add(t)
	p.note(document.NoteMethod, "annex.net_of_electricity")
}

// methodsUsed returns the ids that the printed figures and the tiers name.
func (p *pcaet) methodsUsed() []string {
	used := map[string]bool{}
	for _, f := range figuresOf(p.blocks) {
		for _, id := range strings.Split(f.figure.Method, ", ") {
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
	return sortedKeys(used)
}

// factorTables is annex C: dated factors, and the assumptions of the model.
func (p *pcaet) factorTables() {
	p.paragraph("annex.factors_text")
	t := document.Table{Caption: p.t("annex.factors_caption"), Sheet: p.t("sheets.factors"),
		Columns: []document.Column{p.text("factor"), p.text("value"), p.text("unit"), p.center("vintage"), p.text("set"), p.text("source"), p.center("status")},
		Notes:   document.Text(p.t("annex.factors_note"))}
	for _, f := range p.factors {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.t("factors." + f.Basis)), document.TextCell(p.digits(f.Value)), document.TextCell(f.Unit),
			document.TextCell(strconv.Itoa(f.Year)), document.TextCell(f.Set), document.TextCell(f.Source), document.TextCell(p.t("status." + string(f.Status)))}})
	}
	p.add(t)
	for _, s := range p.d.Sites {
		if s.Estimate != nil {
			p.assumptions(siteName(s), s.Estimate.Assumptions)
		}
	}
	for _, n := range p.d.Networks {
		if n.Allocation != nil {
			p.assumptions(n.Network.Name, n.Allocation.Assumptions)
		}
	}
}

// uncertainty is annex D: each figure with its code, ±, coverage and method.
func (p *pcaet) uncertainty() {
	p.paragraph("annex.uncertainty_text")
	t := document.Table{Caption: p.t("annex.uncertainty_caption"), Sheet: p.t("sheets.register"),
		Columns: []document.Column{p.text("code"), p.text("figure"), p.sure("value", ""), p.center("coverage"), p.text("method")}}
	t.Columns[1].Weight = 1
	seen := map[string]bool{}
	for _, f := range figuresOf(p.blocks) {
		if seen[f.figure.Code] || f.figure.Method == "" {
			continue
		}
		seen[f.figure.Code] = true
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{codeOf(f.figure), document.TextCell(f.row + ", " + f.column + " (" + f.table + ")"),
			document.FigureCell(f.figure), p.coverage(f.figure), method(f.figure)}})
	}
	p.add(t)
}

// provenance is annex E: where each number comes from, down to the meter.
func (p *pcaet) provenance() {
	p.paragraph("annex.provenance_text")
	sites := document.Table{Caption: p.t("annex.sites_caption"), Sheet: p.t("sheets.provenance"),
		Columns: []document.Column{p.text("site"), p.text("data"), p.text("period"), p.text("records"), p.text("origin")}}
	var remarks []string
	for _, s := range p.d.Sites {
		remarks = append(remarks, p.remarks(s)...)
		origin := p.orNone(s.Place.Origin)
		if s.Fault != nil {
			origin = p.t("annex.fault", "fault", s.Fault.Error())
		}
		sites.Rows = append(sites.Rows, document.Row{Cells: []document.Cell{document.HeadCell(siteName(s)), document.TextCell(p.dataOf(s)),
			document.TextCell(p.days(s.Period.From, s.Period.To)), document.TextCell(p.whole(s.Records)), document.TextCell(origin)}})
	}
	if len(sites.Rows) > 0 {
		p.add(sites)
	}
	if len(remarks) > 0 {
		p.paragraph("annex.remarks_text")
		p.list(remarks...)
	}
	if t := p.pointTable(p.d.Sites); len(t.Rows) > 0 {
		p.add(t)
	}
}

// confidentiality is annex F: who may see this, and why.
func (p *pcaet) confidentiality() {
	p.note(document.NoteWarning, "synthesis.restricted")
	p.paragraph("annex.confidentiality_text")
	p.list(p.t("annex.rule_consent"), p.t("annex.rule_public"), p.t("annex.rule_secrecy"), p.t("annex.rule_documents"))
	p.add(p.referenceTable("secrecy", p.t("annex.secrecy_caption"), p.t("sheets.secrecy")))
}

// glossary explains the terms, in the order of the alphabet.
func (p *pcaet) glossary() {
	t := document.Table{Caption: p.t("annex.glossary_caption"), Sheet: p.t("sheets.glossary"), Columns: []document.Column{p.text("term"), p.text("meaning")}}
	terms := sortedKeys(p.chapters["glossary"])
	sort.SliceStable(terms, func(i, j int) bool {
		return strings.ToLower(p.chapters["terms"][terms[i]]) < strings.ToLower(p.chapters["terms"][terms[j]])
	})
	for _, term := range terms {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.t("terms." + term)), document.TextCell(p.t("glossary." + term))}})
	}
	p.add(t)
}
