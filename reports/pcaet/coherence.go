package pcaet

import (
	"math"
	"strings"

	"thermie/configs"
	"thermie/heat"
	"thermie/reports"
	"thermie/reports/document"
)

// coherence is chapter 5: what the other planning documents say of each site,
// and what binds them to the plan. Where nobody gave a document, the article
// stands there to be completed.
func (p *Report) coherence() {
	p.Heading(1, "5", "outlook.coherence")
	p.Paragraph("outlook.coherence_text")
	zones := p.readZones()
	if len(p.d.Listed()) > 0 {
		p.Heading(2, "5.1", "coherence.networks")
		p.Add(p.nearestTable(zones))
		p.Heading(2, "5.2", "coherence.sites")
		p.Add(p.zoneTable(zones))
	}
	p.Heading(2, "5.3", "coherence.documents")
	p.Add(p.provisionTable())
}

// nearestTable gives each site's nearest network, whether it is classified,
// and the zone in which new buildings have to connect.
func (p *Report) nearestTable(zones zoning) document.Table {
	t := document.Table{Caption: p.T("coherence.networks_caption"), Sheet: p.T("sheets.nearest"),
		Columns: []document.Column{p.Text("site"), p.Text("network"), p.Text("order_id"), p.Number("distance", "km"), p.Text("classified"), p.Text("pdp")},
		Notes:   document.Text(p.T("coherence.networks_note"))}
	g := p.d.Grid("nearest")
	for _, s := range p.d.Listed() {
		cells := []document.Cell{document.HeadCell(reports.SiteName(s))}
		n, metres := p.nearestNetwork(s)
		if n == nil {
			none := document.LabelsOf(p.Lang).None
			why := p.T("coherence.no_network")
			if s.Place.Latitude == 0 && s.Place.Longitude == 0 {
				why = p.T("coherence.no_position")
			}
			cells = append(cells, document.TextCell(why), document.TextCell(none), document.FigureCell(g.Unknown(s.ID, "distance_km", reports.InKm)), document.TextCell(none))
		} else {
			cells = append(cells, document.TextCell(n.Network.Name), document.TextCell(p.orComplete(n.Network.OrderID)), document.FigureCell(g.Plain(s.ID, "distance_km", metres, reports.InKm)), document.TextCell(p.classified(n)))
		}
		t.Rows = append(t.Rows, document.Row{Cells: append(cells, document.TextCell(p.zoneOf(zones, "pdp", s)))})
	}
	return t
}

// nearestNetwork is the nearest one of the territory, as the crow flies; nil
// where no position is known.
func (p *Report) nearestNetwork(s *reports.SiteResult) (found *reports.NetworkResult, metres float64) {
	metres = math.Inf(1)
	for _, n := range p.d.Networks {
		d := heat.Distance(heat.Position{Latitude: s.Place.Latitude, Longitude: s.Place.Longitude}, heat.Position{Latitude: n.Network.Latitude, Longitude: n.Network.Longitude})
		if d < metres {
			found, metres = n, d
		}
	}
	return found, metres
}

// classified says what the network's rate tells of its classification; that
// it is public and metered, the rate does not tell.
func (p *Report) classified(n *reports.NetworkResult) string {
	limit := p.Digits(p.law.ClassifiedPercent)
	switch share := n.Network.EnRRShare; {
	case share == nil:
		return p.T("words.to_complete")
	case *share > p.law.ClassifiedPercent:
		return p.T("coherence.above", "limit", limit)
	}
	return p.T("coherence.below", "limit", limit)
}

// zonedTopics are the documents that are asked about each site, in the order
// of the columns.
var zonedTopics = []string{"plu", "ppa", "zaenr", "master_plan"}

// zoneTable gives what the zoned documents say of each site.
func (p *Report) zoneTable(zones zoning) document.Table {
	t := document.Table{Caption: p.T("coherence.sites_caption"), Sheet: p.T("sheets.zones"),
		Columns: []document.Column{p.Text("site")},
		Notes:   document.Text(p.T("coherence.sites_note", "articles", p.articlesOf(zonedTopics)))}
	for _, topic := range zonedTopics {
		t.Columns = append(t.Columns, p.Text(topic))
	}
	for _, s := range p.d.Listed() {
		cells := []document.Cell{document.HeadCell(reports.SiteName(s))}
		for _, topic := range zonedTopics {
			cells = append(cells, document.TextCell(p.zoneOf(zones, topic, s)))
		}
		t.Rows = append(t.Rows, document.Row{Cells: cells})
	}
	return t
}

// articlesOf names, for each kind of document, the text that binds it.
func (p *Report) articlesOf(topics []string) string {
	var articles []string
	for _, topic := range topics {
		articles = append(articles, p.T("plans."+topic)+document.LabelsOf(p.Lang).Colon()+p.cite(lawOf[topic]))
	}
	return p.Listed(articles)
}

// lawOf names, for each kind of document, the reference that binds it.
var lawOf = map[string]string{"plu": "l131_5", "scot": "l141_16", "region": "sraddet", "ppa": "ppa", "pdp": "decree_2022_666", "master_plan": "l2224_38", "zaenr": "zaenr", "mobility": "l1214_7"}

// topics of other documents, in the order of the table.
var planTopics = []string{"region", "scot", "plu", "ppa", "mobility", "master_plan", "pdp", "zaenr"}

// provisionTable lists the other documents with their link in law and what
// they say of the subject.
func (p *Report) provisionTable() document.Table {
	t := document.Table{Caption: p.T("coherence.documents_caption"), Sheet: p.T("sheets.documents"),
		Columns: []document.Column{p.Text("document"), p.Text("legal_link"), p.Center("status"), p.Text("provision"), p.Text("source")}}
	for _, topic := range planTopics {
		link, status := p.linkOf(topic)
		row := func(title, provision, source string) {
			t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(title), document.TextCell(link), document.TextCell(status), document.TextCell(p.orComplete(provision)), document.TextCell(p.orComplete(source))}})
		}
		given := false
		for _, d := range p.d.Area.Plan.Documents {
			if d.Topic == topic {
				given = true
				row(p.T("plans."+topic)+" – "+d.Title, d.Provision, p.dated(d))
			}
		}
		if !given {
			row(p.T("plans."+topic), "", "")
		}
	}
	return t
}

// linkOf is the text behind a kind of document, and whether it was read.
func (p *Report) linkOf(topic string) (says, status string) {
	for _, r := range p.references {
		if r.ID == lawOf[topic] {
			return strings.TrimSuffix(p.T("references."+r.ID), ".") + " (" + r.Cite + ").", p.T("status." + string(r.Status))
		}
	}
	return document.LabelsOf(p.Lang).None, p.T("status.confirm")
}

// cite is how a reference is cited; one that nobody read again says so.
func (p *Report) cite(id string) string {
	for _, r := range p.references {
		switch {
		case r.ID != id:
		case r.Status != reports.Read:
			return r.Cite + ", " + p.T("status."+string(r.Status))
		default:
			return r.Cite
		}
	}
	return id
}

// dated is where a document was found, with its date.
func (p *Report) dated(d configs.PlanDocument) string {
	if d.Date == "" {
		return d.Source
	}
	return d.Source + " (" + p.seen(d.Date) + ")"
}
