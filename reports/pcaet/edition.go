package pcaet

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"thermie/disclosure"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/secrecy"
)

// knowledge is what attackers of the report know beside it.
func (p *Report) knowledge() secrecy.Knowledge {
	k := secrecy.Knowledge{Openings: p.d.Openings, Outside: p.d.Known, Reader: p.d.Options.Reader, Communes: map[string]string{}}
	for _, s := range p.d.Sites {
		k.Communes[s.ID] = s.Place.Commune
	}
	return k
}

// protected reports whether the edition's readers do not see every value.
func (p *Report) protected() bool { return p.d.Protected }

// banner says on every page who may read the edition.
func (p *Report) banner() string {
	text := p.T("words.restricted")
	if p.secrecy != nil {
		text = p.T("edition.banner_" + p.secrecy.Profile.ID)
		if p.secrecy.Profile.Watermark && p.d.Options.Reader != "" {
			text += " – " + p.T("edition.copy", "reader", p.d.Options.Reader)
		}
	}
	if p.d.Fictitious() {
		text = p.T("words.demonstration") + " · " + text
	}
	return text
}

// audience is the first page's note on who may read the edition.
func (p *Report) audience() {
	switch {
	case p.protected():
		p.Add(document.Note{Kind: document.NoteMethod, Title: p.T("edition.public_title"), Runs: document.Text(p.T("edition.public"))})
	default:
		p.Note(document.NoteWarning, "synthesis.restricted")
	}
}

// publish takes out of a protected edition what would be a list of « s »:
// rows about single sites that may not be named, tables and charts of which
// nothing is left. What is public is printed with its source.
func (p *Report) publish() {
	blocks := p.Blocks
	p.Blocks = nil
	for _, b := range blocks {
		switch b := b.(type) {
		case document.Table:
			p.publishTable(b)
		case document.Chart:
			p.publishChart(b)
		default:
			p.Add(b)
		}
	}
}

func (p *Report) publishTable(t document.Table) {
	var rows []document.Row
	for _, r := range t.Rows {
		if !p.withheldRow(r) {
			rows = append(rows, r)
		}
	}
	if dropped := len(t.Rows) - len(rows); dropped > 0 {
		if len(rows) == 0 && !shows(t.Total) && !secretClass(t.Total) {
			p.Paragraph("edition.no_table", "table", t.Caption)
			return
		}
		t.Rows, t.Columns = rows, slices.Clone(t.Columns)
		for i := range t.Columns {
			t.Columns[i].Sum = false // its total counts rows that are not printed
		}
		t.Notes = append(slices.Clone(t.Notes), document.Run{Text: p.T("edition.rows", "n", p.Whole(dropped)) + " "})
	}
	t.Notes = append(slices.Clone(t.Notes), p.sources(t)...)
	p.Add(t)
}

// withheldRow reports whether a row is about a site that may not be named and
// shows no number of it.
func (p *Report) withheldRow(r document.Row) bool {
	if shows(r.Cells) {
		return false
	}
	return slices.ContainsFunc(r.Cells, func(c document.Cell) bool { return c.Figure != nil && p.aboutWithheld(c.Figure.Place) })
}

func (p *Report) aboutWithheld(at document.Place) bool {
	id, _, _ := strings.Cut(at.Row, "→")
	return slices.ContainsFunc(p.d.Sites, func(s *reports.SiteResult) bool {
		return s.Withheld && (s.ID == id || strings.HasSuffix(at.Column, "_"+s.ID))
	})
}

// shows reports whether cells hold a number.
func shows(cells []document.Cell) bool {
	return slices.ContainsFunc(cells, func(c document.Cell) bool { return c.Figure != nil && c.Figure.Mark == document.Known })
}

func secretClass(cells []document.Cell) bool {
	return slices.ContainsFunc(cells, func(c document.Cell) bool { return c.Figure != nil && c.Figure.Class != document.Class{} })
}

// publishChart keeps the series that have something to draw.
func (p *Report) publishChart(c document.Chart) {
	c.Series = slices.DeleteFunc(slices.Clone(c.Series), func(s document.Series) bool {
		return !slices.ContainsFunc(s.Y, func(y float64) bool { return !math.IsNaN(y) })
	})
	if len(c.Series) == 0 {
		p.Paragraph("edition.no_chart", "chart", c.Caption)
		return
	}
	p.Add(c)
}

// sources says under a table why numbers in it are public.
func (p *Report) sources(t document.Table) []document.Run {
	var texts []string
	for _, f := range reports.FiguresOf([]document.Block{t}) {
		if f.Figure.Mark != document.Known {
			continue
		}
		for _, s := range p.secrecy.Sources[f.Figure.Code] {
			if text := p.T("edition.source", "row", f.Row, "why", p.basis(s)); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return document.Text(strings.Join(texts, " "))
}

// basis says why a figure is public, with source and date.
func (p *Report) basis(s disclosure.Disclosure) string {
	key := "edition.by_consent"
	if s.Basis == disclosure.ByLaw {
		key = "edition.by_law"
	}
	return p.T(key, "source", s.Source, "date", p.seen(s.Date))
}

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
	p.Paragraph("edition.documents")
	p.Add(p.referenceTable("secrecy", p.T("annex.secrecy_caption"), p.T("sheets.secrecy")))
}

// rulesTable lists the rules with their sources.
func (p *Report) rulesTable() document.Table {
	t := document.Table{Caption: p.T("edition.rules_caption"), Sheet: p.T("sheets.rules"),
		Columns: []document.Column{p.Text("rule"), p.Center("value"), p.Text("source"), p.Center("status")}}
	for _, r := range disclosure.Public.Rules.Cited() {
		status := "status.read"
		if r.Mark != "V" {
			status = "edition.own_rule"
		}
		value := strconv.Itoa(r.Value)
		if strings.HasSuffix(r.Key, "percent") {
			value += document.Nbsp + "%"
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("edition.rule_" + r.Key)), document.TextCell(value),
			document.TextCell(p.T("edition.rule_source_" + r.Key)), document.TextCell(p.T(status))}})
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

// proof prints how the edition was attacked, and that the attack failed.
func (p *Report) proof() {
	d := p.secrecy
	p.Paragraph("edition.attack_text", "attackers", p.Whole(d.Verdict.Attackers), "operators", p.Whole(d.Operators), "facts", p.Whole(len(p.d.Known)))
	var said []string
	for _, outside := range []bool{true, false} {
		n := 0
		for _, a := range d.Attempts {
			if (a.Attacker == "") == outside {
				n++
			}
		}
		if n > 0 {
			key := "edition.attempts_contributor"
			if outside {
				key = "edition.attempts_outsider"
			}
			said = append(said, p.T(key, "n", p.Whole(n)))
		}
	}
	if len(said) == 0 {
		said = []string{p.T("edition.attempts_none")}
	}
	said = append(said, p.T("edition.proven", "amounts", p.Whole(len(d.Verdict.Protected))))
	if n := len(d.Verdict.Contradicted); n > 0 {
		said = append(said, p.T("edition.contradicted", "n", p.Whole(n)))
	}
	p.List(said...)
	p.Paragraph("edition.limits")
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

// provenanceCounts says how many sites are measured, simulated and declared,
// and names none.
func (p *Report) provenanceCounts() {
	counts := map[string]int{}
	for _, s := range p.d.Sites {
		counts[p.DataOf(s)]++
	}
	var texts []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		texts = append(texts, kind+document.LabelsOf(p.Lang).Colon()+p.Whole(counts[kind]))
	}
	if len(texts) > 0 {
		p.Paragraph("edition.provenance_counts", "list", strings.Join(texts, ", "))
	}
}
