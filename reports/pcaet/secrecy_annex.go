package pcaet

import (
	"cmp"
	"maps"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/secrecy"
)

// confidentiality is annex F: who may read this, what is hidden and why, and
// the proof.
func (p *Report) confidentiality() {
	p.audience()
	p.Paragraph("edition.rules_text")
	p.Add(p.rulesTable())
	if d := p.secrecy; p.protected() && d != nil && d.Verdict != nil {
		p.hidden()
		p.proof()
	}
	p.openings()
	p.Paragraph("edition.documents", "article", p.cite("l300_2"))
}

// rulesTable lists the rules with their sources.
func (p *Report) rulesTable() document.Table {
	t := document.Table{Caption: p.T("edition.rules_caption"), Sheet: p.T("sheets.rules"),
		Columns: []document.Column{p.Text("rule"), p.Center("value"), p.Text("source"), p.Center("status")}}
	for _, r := range p.d.Secrecy.Stated {
		value := p.Digits(r.Value)
		if r.Unit != "" {
			value += document.Nbsp + r.Unit
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("edition.rule_" + r.ID)), document.TextCell(value),
			document.TextCell(p.T("edition.rule_source_" + r.ID)), document.TextCell(p.T("status." + string(r.Status)))}})
	}
	return t
}

// hidden counts what is not printed, by reason. Which cell is hidden for
// which reason stays with the keeper of the data: it would tell what the cell
// holds.
func (p *Report) hidden() {
	d := p.secrecy
	p.Paragraph("edition.hidden_text", "hidden", p.Whole(len(d.Secret)), "all", p.Whole(d.Figures), "shown", p.Whole(d.Shown()))
	if len(d.Secret) == 0 {
		return
	}
	t := document.Table{Caption: p.T("edition.hidden_caption"), Sheet: p.T("sheets.hidden"),
		Columns: []document.Column{p.Text("reason"), p.Number("hidden_figures", "")}}
	counts := map[string]int{}
	for _, why := range d.Why {
		counts[reasonGroup(why)]++
	}
	for _, group := range []string{"alone", "sum", "follows", "unstated"} {
		if counts[group] > 0 {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("edition.why_" + group)), document.TextCell(p.Whole(counts[group]))}})
		}
	}
	p.Add(t)
}

// reasonGroup draws the reasons together that would tell a cell's contents
// apart.
func reasonGroup(why string) string {
	switch why {
	case "private":
		return "alone"
	case "follows", "unstated":
		return why
	}
	return "sum"
}

// proof prints how the edition was attacked, what was hidden for it, and that
// the attack failed in the end.
func (p *Report) proof() {
	d := p.secrecy
	p.Paragraph("edition.attack_text", "attackers", p.Whole(d.Verdict.Attackers), "operators", p.Whole(d.Operators), "facts", p.Whole(len(p.d.Known)))
	if len(d.Attempts) > 0 {
		p.Paragraph("edition.attempts_text", "n", p.Whole(len(d.Attempts)))
		p.Add(p.attempts())
	}
	var said []string
	if len(d.Attempts) == 0 {
		said = append(said, p.T("edition.attempts_none"))
	}
	said = append(said, p.T("edition.proven", "amounts", p.Whole(len(d.Verdict.Protected))))
	if n := len(d.Verdict.Contradicted); n > 0 {
		said = append(said, p.T("edition.contradicted", "n", p.Whole(n)))
	}
	p.List(said...)
	p.Paragraph("edition.limits")
}

// attempts lists the attacks that succeeded before more was hidden, by the
// tables that they combine. Whose amount each would have told, and which cell
// was hidden for it, would tell what the cell holds.
func (p *Report) attempts() document.Table {
	t := document.Table{Caption: p.T("edition.attempts_caption"), Sheet: p.T("sheets.attempts"),
		Columns: []document.Column{p.Text("attacker"), p.Text("combined"), p.Text("besides"), p.Text("hidden_in"), p.Number("hidden_figures", "")}}
	tables := map[string]string{}
	for _, f := range reports.FiguresOf(p.Blocks) {
		if _, seen := tables[f.Figure.Code]; !seen {
			tables[f.Figure.Code] = f.Table
		}
	}
	counts := map[[4]string]int{}
	for _, a := range p.secrecy.Attempts {
		counts[p.described(a, tables)]++
	}
	for _, row := range slices.SortedFunc(maps.Keys(counts), func(a, b [4]string) int { return slices.Compare(a[:], b[:]) }) {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(row[0]), document.TextCell(row[1]), document.TextCell(row[2]),
			document.TextCell(row[3]), document.TextCell(p.Whole(counts[row]))}})
	}
	return t
}

// described is an attack in words: who, from which tables, with what besides,
// and where something was hidden for it.
func (p *Report) described(a secrecy.Attempt, tables map[string]string) [4]string {
	tableOf := func(code string) string { return cmp.Or(tables[code], p.T("edition.not_printed")) }
	var combined []string
	for _, code := range a.By {
		combined = append(combined, tableOf(code))
	}
	besides := slices.Clone(a.Outside)
	if a.Relations {
		besides = append(besides, p.T("edition.relations"))
	}
	who := "edition.outsider"
	if a.Contributor {
		who = "edition.contributor"
	}
	slices.Sort(combined)
	return [4]string{p.T(who), p.Listed(slices.Compact(combined)), p.orSign(p.Listed(besides)), tableOf(a.Hidden)}
}

// openings lists what operators consented to or publish themselves.
func (p *Report) openings() {
	t := document.Table{Caption: p.T("edition.openings_caption"), Sheet: p.T("sheets.openings"),
		Columns: []document.Column{p.Text("site"), p.Text("field"), p.Text("basis")}}
	for _, s := range p.d.Sites {
		for _, o := range p.d.Openings {
			if o.Site != s.ID || o.Reader {
				continue
			}
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(reports.SiteName(s)), document.TextCell(p.T("edition.field_" + o.Field)),
				document.TextCell(p.basis(o.Disclosure))}})
		}
	}
	if len(t.Rows) == 0 {
		p.Paragraph("edition.no_opening")
		return
	}
	p.Add(t)
}
