package pcaet

import (
	"time"

	"thermie/reports"
	"thermie/reports/document"
)

// decisions are chapters 3 to 7: what the authority decides and follows.
func (p *Report) decisions() error {
	if err := p.trajectories(); err != nil {
		return err
	}
	if err := p.actions(); err != nil {
		return err
	}
	p.coherence()
	p.followUp()
	p.Heading(1, "7", "outlook.map")
	p.places()
	return nil
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
