package pcaet

import (
	"cmp"
	"path/filepath"

	"thermie/configs"
	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// zoning is what the layers of other documents hold, by topic.
type zoning map[string][]layer

// layer is one document's zones.
type layer struct {
	of     configs.PlanDocument
	shapes []gis.Shape
}

// readZones reads the layers that the plan names. One that cannot be read is
// told, and what it would have said is left to complete.
func (p *Report) readZones() zoning {
	zones := zoning{}
	for _, d := range p.d.Area.Plan.Documents {
		if d.File == "" {
			continue
		}
		shapes, err := readLayer(d.File)
		if err != nil {
			p.Add(document.Note{Kind: document.NoteWarning, Title: p.T("coherence.unreadable_title", "document", d.Title), Runs: document.Text(p.T("coherence.unreadable", "file", filepath.Base(d.File), "reason", p.reason(err)))})
			continue
		}
		zones[d.Topic] = append(zones[d.Topic], layer{d, shapes})
	}
	return zones
}

// The classes of a position below which a zone's border can lie between the
// site and the point that stands for it.
const exactEnough = 2 // parcel

// zoneOf is the zone in which a site lies: by a layer where one was given,
// by what a document says of the whole territory, else to be completed.
func (p *Report) zoneOf(zones zoning, topic string, s *reports.SiteResult) string {
	if len(zones[topic]) == 0 {
		for _, d := range p.d.Area.Plan.Documents {
			if d.Topic == topic && d.Provision != "" {
				return d.Title
			}
		}
		return p.T("words.to_complete")
	}
	if s.Place.Latitude == 0 && s.Place.Longitude == 0 {
		return p.T("coherence.no_position")
	}
	var within []string
	at := gis.Position{Longitude: s.Place.Longitude, Latitude: s.Place.Latitude}
	for _, l := range zones[topic] {
		for _, shape := range l.shapes {
			if shape.Contains(at) {
				within = append(within, cmp.Or(shape.Text(l.of.Property), l.of.Title))
			}
		}
	}
	verdict := p.T("coherence.outside")
	if len(within) > 0 { // zones may lie over each other
		verdict = p.T("coherence.inside", "zone", p.Listed(within))
	}
	if s.Place.PositionClass == 0 || s.Place.PositionClass > exactEnough {
		verdict += " " + p.T("coherence.rough", "quality", p.positionQuality(s.Place))
	}
	return verdict
}
