package engineer

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// Matching is the matching of a territory being written: every site against
// every network within reach, as one joint allocation.
type Matching struct {
	reports.Draft
	d     *reports.Dossier
	grid  reports.Grid
	pairs []pairing // the cheapest heat first
}

// pairing is a site and the network that takes its heat.
type pairing struct {
	reports.Pair
	cost float64 // €/J
	rank int     // by cost, from 1

	Cost document.Figure
}

// WriteMatching writes the matching of a dossier's sites.
func WriteMatching(d *reports.Dossier) (*Matching, error) {
	w, err := reports.WordsOf(d.Options.Lang)
	if err != nil {
		return nil, err
	}
	m := &Matching{Draft: reports.Draft{Words: w}, d: d, grid: d.Grid("matching")}
	m.rank()
	m.overview()
	m.byCost()
	m.byCaptured()
	m.networks()
	m.failures()
	m.unmatched()
	m.methods()
	return m, nil
}

// Document is the matching for paper and screen.
func (m *Matching) Document() *document.Document { return m.document(m.Blocks) }

// Workbook is the matching with a tab for every pair that fails.
func (m *Matching) Workbook() *document.Document {
	return m.document(append(slices.Clip(m.Blocks), m.everyFailure()))
}

func (m *Matching) document(blocks []document.Block) *document.Document {
	t, o := m.d.Area.Territory, m.d.Options
	doc := &document.Document{
		Title: m.T("matching.title", "territory", t.Name), Subtitle: m.T("matching.subtitle", "year", m.year()),
		Subject: m.T("matching.subject", "territory", t.Name), Author: t.Name,
		Lang: m.Lang, Date: o.Date, Version: o.Software, Blocks: blocks,
	}
	if m.d.Fictitious() {
		doc.Banner = m.T("words.demonstration")
	}
	return doc
}

// rank lists the pairs by the cost of their heat; one without a cost is last.
func (m *Matching) rank() {
	for _, n := range m.d.Networks {
		for i := range n.Members {
			if _, ok := n.Delivery(i); ok {
				m.pairs = append(m.pairs, pairing{Pair: m.d.Pair(n, i), cost: n.Cost[i]})
			}
		}
	}
	slices.SortStableFunc(m.pairs, func(a, b pairing) int {
		return cmp.Or(cmp.Compare(orLast(a.cost), orLast(b.cost)), cmp.Compare(a.Site.ID, b.Site.ID), cmp.Compare(a.Network.Network.ID, b.Network.Network.ID))
	})
	for i := range m.pairs {
		p := &m.pairs[i]
		p.rank = i + 1
		p.Cost = m.grid.Plain(p.Site.ID+"→"+p.Network.Network.ID, "cost_eur_per_mwh", p.cost, inPrice)
		p.Cost.Method, p.Cost.Simulated = "EC2", p.Captured.MWh.Simulated
	}
}

func orLast(cost float64) float64 {
	if math.IsNaN(cost) {
		return math.Inf(1)
	}
	return cost
}

// overview is chapter 1: what comes about, in all.
func (m *Matching) overview() {
	m.Heading(1, "1", "matching.overview")
	failed := len(m.d.Failures)
	m.Paragraph("matching.overview_text", "sites", m.Whole(len(m.d.Sites)), "networks", m.Whole(len(m.d.Networks)),
		"pairs", m.Whole(failed+len(m.pairs)), "matched", m.Whole(len(m.pairs)), "failed", m.Whole(failed))
	m.Note(document.NoteWarning, "matching.restricted")
	m.Add(document.Highlights{Items: []document.Highlight{
		{Label: m.T("heats.captured"), Figure: m.sum("captee_mwh", func(p pairing) document.Figure { return p.Captured.MWh }), Help: m.T("matching.captured_help")},
		{Label: m.T("heats.delivered"), Figure: m.sum("livree_mwh", func(p pairing) document.Figure { return p.Delivered.MWh }), Help: m.T("study.delivered_help")},
	}})
	m.Note(document.NoteMethod, "matching.joint")
	m.Note(document.NoteInfo, "matching.cost_basis")
	for _, n := range m.d.Networks {
		if n.Fault != nil {
			m.Note(document.NoteWarning, "study.network_fault", "network", n.Network.Name, "fault", m.Why(n.Fault))
		}
	}
}

// sum adds up the printed figures of the pairs.
func (m *Matching) sum(column string, of func(pairing) document.Figure) document.Figure {
	var parts []document.Figure
	for _, p := range m.pairs {
		parts = append(parts, of(p))
	}
	return m.grid.RowSum("total", column, reports.InMWh, parts)
}

// year is the reference year.
func (m *Matching) year() string { return strconv.Itoa(m.d.Options.Year) }

// methods names what the figures rest on.
func (m *Matching) methods() {
	m.Heading(1, "6", "matching.methods")
	t := document.Table{Caption: m.T("study.methods_caption"), Sheet: m.T("sheets.methods"),
		Columns: []document.Column{m.Text("method"), m.Text("formula"), m.Text("source"), m.Center("status")}}
	for _, id := range []string{"TE1", "TE2", "TE3", "AL1", "AL5", "EC2"} {
		if _, known := heat.MethodByID(id); known {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{{Text: id, Code: true, Head: true}, document.TextCell(m.MethodName(id)),
				document.TextCell(m.MethodSource(id)), document.TextCell(m.MethodStatus(id))}})
		}
	}
	m.Add(t)
}
