package reports

import (
	"strconv"
	"time"

	"thermie/reports/document"
)

// outlook is chapters 3 to 7: what the authority decides and follows. Where
// nobody has given a hypothesis, it says so rather than make one up.
func (p *pcaet) outlook() {
	p.heading(1, "3", "outlook.trajectories")
	p.paragraph("outlook.trajectories_text", "captured", p.f.Captured.MWh.Full(p.lang))
	p.heading(1, "4", "outlook.actions")
	p.actions()
	p.heading(1, "5", "outlook.coherence")
	p.paragraph("outlook.coherence_text")
	p.add(p.referenceTable("planning", p.t("outlook.coherence_caption"), p.t("sheets.coherence")))
	p.heading(1, "6", "outlook.follow_up")
	p.followUp()
	p.heading(1, "7", "outlook.map")
	p.places()
}

// actions gives, for each match, the computed part of an action sheet.
func (p *pcaet) actions() {
	p.paragraph("outlook.actions_text")
	t := document.Table{Caption: p.t("outlook.actions_caption"), Sheet: p.t("sheets.actions"),
		Columns: []document.Column{p.text("action"), p.text("sector"), p.text("partners"), p.sure("expected", "MWh")},
		Notes:   document.Text(p.t("outlook.actions_note"))}
	for _, pr := range p.f.Pairs {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{
			document.HeadCell(p.t("outlook.action_title", "site", siteName(pr.Site), "network", pr.Network.Network.Name)),
			document.TextCell(p.t("outlook.action_sector")),
			document.TextCell(p.orNone(pr.Site.Place.Operator) + " ; " + p.orNone(pr.Network.Network.Operator)),
			document.FigureCell(pr.Captured.MWh)}})
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// followUp lists the indicators to follow with their place in the forms.
func (p *pcaet) followUp() {
	p.paragraph("outlook.follow_up_text")
	t := document.Table{Caption: p.t("outlook.follow_up_caption"), Sheet: p.t("sheets.follow_up"),
		Columns: []document.Column{p.text("indicator"), p.text("cell"), p.center("unit"), p.text("frequency")}}
	for _, i := range []struct{ key, cell, unit string }{
		{"captured", "–", "MWh"},
		{"supplied", "ENR_valorisation_recuperation", "GWh"},
		{"network_rate", "cae_22", "%"},
		{"needs_rate", "cae_23", "%"},
		{"electricity", "PEC_CONSO_2, cae_2.fb", "GWh"},
	} {
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(p.t("indicators." + i.key)), {Text: i.cell, Code: true},
			document.TextCell(i.unit), document.TextCell(p.t("words.yearly"))}})
	}
	p.add(t)
}

// places is the map's table: it stands where no contours were given.
func (p *pcaet) places() {
	p.paragraph("outlook.map_text")
	t := document.Table{Caption: p.t("outlook.map_caption"), Sheet: p.t("sheets.places"),
		Columns: []document.Column{p.text("object"), p.text("type"), p.number("latitude", "°"), p.number("longitude", "°"), p.center("position_quality")}}
	g := p.d.grid("places")
	row := func(id, name, kind string, lat, lon float64, quality string) {
		latitude, longitude := g.plain(id, "latitude_deg", lat, inDegrees), g.plain(id, "longitude_deg", lon, inDegrees)
		if lat == 0 && lon == 0 {
			latitude, longitude = g.unknown(id, "latitude_deg", inDegrees), g.unknown(id, "longitude_deg", inDegrees)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(name), document.TextCell(p.t("objects." + kind)),
			document.FigureCell(latitude), document.FigureCell(longitude), document.TextCell(quality)}})
	}
	for _, s := range p.d.Sites {
		row(s.ID, siteName(s), "site", s.Place.Latitude, s.Place.Longitude, p.positionQuality(s.Place))
	}
	for _, n := range p.d.Networks {
		row(n.Network.ID, n.Network.Name, "network", n.Network.Latitude, n.Network.Longitude, document.LabelsOf(p.lang).None)
	}
	if len(t.Rows) > 0 {
		p.add(t)
	}
}

// inDegrees is a geographic coordinate, to about 10 m.
var inDegrees = step{"°", 1, 4}

// referenceTable prints the texts of a topic with source, date and status:
// what nobody read again is « à confirmer », never printed as law.
func (p *pcaet) referenceTable(topic, caption, sheet string) document.Table {
	t := document.Table{Caption: caption, Sheet: sheet,
		Columns: []document.Column{p.text("reference"), p.text("says"), p.text("read_in"), p.center("status")}}
	for _, r := range p.references {
		if topic != "" && r.Topic != topic {
			continue
		}
		source := document.LabelsOf(p.lang).None
		if r.Status == Read {
			source = p.t("words.read_in", "source", r.Source, "date", p.seen(r.Seen))
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.HeadCell(r.Cite), document.TextCell(p.t("references." + r.ID)),
			document.TextCell(source), document.TextCell(p.t("status." + string(r.Status)))}})
	}
	return t
}

// seen prints the day on which a text was read.
func (p *pcaet) seen(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return p.day(t)
}

// digits prints a factor's value with all its digits.
func (d *draft) digits(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	decimals := 0
	for i := range text {
		if text[i] == '.' {
			decimals = len(text) - i - 1
		}
	}
	return document.FormatNumber(d.lang, v, decimals)
}
