package pcaet

import (
	"strconv"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// mapChapter is chapter 7: the map, drawn where anything has a place, the
// heat by commune, and the places as a table for who cannot see the map.
func (p *Report) mapChapter() {
	m, drawn := p.drawnMap()
	if drawn {
		p.Add(document.PageBreak{}) // it fills most of a page
	}
	p.Heading(1, "7", "map.title")
	if len(p.atlas.contours) > 0 {
		p.Paragraph("map.text")
	} else {
		p.Paragraph("map.text_points")
	}
	if drawn {
		p.Add(m)
	} else {
		p.Paragraph("map.nothing_placed")
	}
	p.Add(p.placesTable())
	p.byCommune()
}

// spot is a thing on the map and in its table: sites bear numbers, networks
// letters.
type spot struct {
	mark   string
	at     gis.Position
	placed bool
	vague  bool // known to its commune alone
}

// siteSpots places the sites: where they are, or within their commune.
func (p *Report) siteSpots() []spot {
	spots := make([]spot, len(p.d.Sites))
	for i, s := range p.d.Sites {
		spots[i].mark = strconv.Itoa(i + 1)
		if s.Place.Latitude != 0 || s.Place.Longitude != 0 {
			spots[i].at, spots[i].placed = gis.At(s.Place.Longitude, s.Place.Latitude), true
			continue
		}
		spots[i].at, spots[i].placed = p.atlas.contours[s.Place.Commune].Centre()
		spots[i].vague = spots[i].placed
	}
	return spots
}

func (p *Report) networkSpots() []spot {
	spots := make([]spot, len(p.d.Networks))
	for i, n := range p.d.Networks {
		spots[i] = spot{mark: letters(i), at: gis.At(n.Network.Longitude, n.Network.Latitude), placed: n.Network.Latitude != 0 || n.Network.Longitude != 0}
	}
	return spots
}

// letters counts A to Z, then AA.
func letters(i int) string {
	text := ""
	for i++; i > 0; i = (i - 1) / 26 {
		text = string(rune('A'+(i-1)%26)) + text
	}
	return text
}

// placesTable lists what the map marks, and what has no place on it.
func (p *Report) placesTable() document.Table {
	t := document.Table{Caption: p.T("map.places_caption"), Sheet: p.T("sheets.places"),
		Columns: []document.Column{p.Center("map_mark"), p.Text("object"), p.Text("type"), p.Center("commune"), p.Number("latitude", "°"), p.Number("longitude", "°"), p.Center("position_quality")}}
	g := p.d.Grid("places")
	row := func(mark, id, name, kind, commune string, lat, lon float64, quality string, public bool) {
		latitude, longitude := g.Unknown(id, "latitude_deg", inDegrees), g.Unknown(id, "longitude_deg", inDegrees)
		if lat != 0 || lon != 0 {
			latitude, longitude = g.Plain(id, "latitude_deg", lat, inDegrees), g.Plain(id, "longitude_deg", lon, inDegrees)
		}
		if public {
			latitude, longitude = reports.Free(latitude), reports.Free(longitude)
		}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{document.TextCell(mark), document.HeadCell(name), document.TextCell(p.T("objects." + kind)),
			document.TextCell(commune), document.FigureCell(latitude), document.FigureCell(longitude), document.TextCell(quality)}})
	}
	sites, networks := p.siteSpots(), p.networkSpots()
	for i, s := range p.d.Sites {
		row(sites[i].mark, s.ID, reports.SiteName(s), "site", p.OrNone(s.Place.Commune), s.Place.Latitude, s.Place.Longitude, p.positionQuality(s.Place), false)
	}
	for i, n := range p.d.Networks {
		none := document.LabelsOf(p.Lang).None
		row(networks[i].mark, n.Network.ID, n.Network.Name, "network", none, n.Network.Latitude, n.Network.Longitude, none, true)
	}
	return t
}
