package pcaet

import (
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// outlook is chapters 3 to 7: what the authority decides and follows. Where
// nobody has given a hypothesis, it says so rather than make one up.
func (p *Report) outlook() {
	p.Heading(1, "3", "outlook.trajectories")
	p.Paragraph("outlook.trajectories_text", "captured", p.f.Captured.MWh.Full(p.Lang))
	p.Heading(1, "4", "outlook.actions")
	p.actions()
	p.Heading(1, "5", "outlook.coherence")
	p.Paragraph("outlook.coherence_text")
	p.Add(p.referenceTable("planning", p.T("outlook.coherence_caption"), p.T("sheets.coherence")))
	p.Heading(1, "6", "outlook.follow_up")
	p.followUp()
	p.Heading(1, "7", "outlook.map")
	p.places()
}

// actions gives, for each match, the computed part of an action sheet.
func (p *Report) actions() {
	p.Paragraph("outlook.actions_text")
	t := document.Table{Caption: p.T("outlook.actions_caption"), Sheet: p.T("sheets.actions"),
		Columns: []document.Column{p.Text("action"), p.Text("sector"), p.Text("partners"), p.Sure("expected", "MWh")},
		Notes:   document.Text(p.T("outlook.actions_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(p.T("outlook.action_title", "site", reports.SiteName(pr.Site), "network", pr.Network.Network.Name)),
			document.TextCell(p.T("outlook.action_sector")),
			document.TextCell(p.OrNone(pr.Site.Place.Operator) + " ; " + p.OrNone(pr.Network.Network.Operator)),
			document.FigureCell(pr.Captured.MWh)}})
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// followUp lists the indicators to follow with their place in the forms.
func (p *Report) followUp() {
	p.Paragraph("outlook.follow_up_text")
	t := document.Table{Caption: p.T("outlook.follow_up_caption"), Sheet: p.T("sheets.follow_up"),
		Columns: []document.Column{p.Text("indicator"), p.Text("cell"), p.Center("unit"), p.Text("frequency")}}
	for _, i := range []struct{ key, cell, unit string }{
		{"captured", "–", "MWh"},
		{"supplied", "ENR_valorisation_recuperation", "GWh"},
		{"network_rate", "cae_22", "%"},
		{"needs_rate", "cae_23", "%"},
		{"electricity", "PEC_CONSO_2, cae_2.fb", "GWh"},
	} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.T("indicators." + i.key)), {Text: i.cell, Code: true},
			document.TextCell(i.unit), document.TextCell(p.T("words.yearly"))}})
	}
	p.Add(t)
}

// places is the map's table: it stands where no contours were given.
func (p *Report) places() {
	p.Paragraph("outlook.map_text")
	t := document.Table{Caption: p.T("outlook.map_caption"), Sheet: p.T("sheets.places"),
		Columns: []document.Column{p.Text("object"), p.Text("type"), p.Number("latitude", "°"), p.Number("longitude", "°"), p.Center("position_quality")}}
	g := p.d.Grid("places")
	row := func(id, name, kind string, lat, lon float64, quality string) {
		latitude, longitude := g.Plain(id, "latitude_deg", lat, inDegrees), g.Plain(id, "longitude_deg", lon, inDegrees)
		if lat == 0 && lon == 0 {
			latitude, longitude = g.Unknown(id, "latitude_deg", inDegrees), g.Unknown(id, "longitude_deg", inDegrees)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.TextCell(p.T("objects." + kind)),
			document.FigureCell(latitude), document.FigureCell(longitude), document.TextCell(quality)}})
	}
	for _, s := range p.d.Sites {
		row(s.ID, reports.SiteName(s), "site", s.Place.Latitude, s.Place.Longitude, p.positionQuality(s.Place))
	}
	for _, n := range p.d.Networks { // their places are public
		row(n.Network.ID, n.Network.Name, "network", n.Network.Latitude, n.Network.Longitude, document.LabelsOf(p.Lang).None)
	}
	if len(t.Rows) > 0 {
		p.Add(t)
	}
}

// inDegrees is a geographic coordinate, to about 10 m.
var inDegrees = reports.In("°", 1, 4)

// referenceTable prints the texts of a topic with source, date and status:
// what nobody read again is « à confirmer », never printed as law.
func (p *Report) referenceTable(topic, caption, sheet string) document.Table {
	t := document.Table{Caption: caption, Sheet: sheet,
		Columns: []document.Column{p.Text("reference"), p.Text("says"), p.Text("read_in"), p.Center("status")}}
	for _, r := range p.references {
		if topic != "" && r.Topic != topic {
			continue
		}
		source := document.LabelsOf(p.Lang).None
		if r.Status == reports.Read {
			source = p.T("words.read_in", "source", r.Source, "date", p.seen(r.Seen))
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(r.Cite), document.TextCell(p.T("references." + r.ID)),
			document.TextCell(source), document.TextCell(p.T("status." + string(r.Status)))}})
	}
	return t
}

// seen prints the day on which a text was read.
func (p *Report) seen(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return p.Day(t)
}
