package pcaet

import (
	"maps"
	"slices"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/gis"
)

// maxMapLabels is how many sites bear their number on the map; more would
// cover it.
const maxMapLabels = 60

// drawing is the map being made: positions are known before the plane is.
type drawing struct {
	*Report
	layers    []document.MapLayer
	positions []gis.Position
	plane     gis.Plane
}

// drawnMap draws contours, networks, circles, links and sites; false where
// nothing has a place.
func (p *Report) drawnMap() (document.Map, bool) {
	d := &drawing{Report: p}
	sites, networks := p.siteSpots(), p.networkSpots()
	codes := slices.Sorted(maps.Keys(p.atlas.contours))
	for _, code := range codes {
		for _, area := range p.atlas.contours[code].Areas {
			d.positions = append(d.positions, area[0]...)
		}
	}
	for _, s := range slices.Concat(sites, networks) {
		if s.placed {
			d.positions = append(d.positions, s.at)
		}
	}
	if len(d.positions) == 0 {
		return document.Map{}, false
	}
	d.plane = gis.NewPlane(d.positions)
	d.areas(codes)
	d.reaches(networks)
	d.courses()
	d.links(sites, networks)
	d.signs("map.network", document.SignNetwork, networks, func(s spot) bool { return true })
	d.signs("map.site", document.SignSite, sites, func(s spot) bool { return !s.vague })
	d.signs("map.vague", document.SignVague, sites, func(s spot) bool { return s.vague })
	m := document.Map{Caption: p.T("map.caption", "territory", p.d.Area.Territory.Name), Layers: d.layers,
		Alt: p.T("map.alt", "communes", p.Whole(len(codes)), "sites", p.Whole(placedOf(sites)), "networks", p.Whole(placedOf(networks)))}
	if len(codes) > 0 {
		m.Source = p.T("map.source", "source", p.d.Area.Plan.Contours.Source)
	}
	m.Simulated = slices.ContainsFunc(p.d.Sites, func(s *reports.SiteResult) bool { return s.Simulated() })
	return m, true
}

func placedOf(spots []spot) int {
	n := 0
	for _, s := range spots {
		if s.placed {
			n++
		}
	}
	return n
}

func (d *drawing) add(name string, sign document.Sign, shapes []document.MapShape) {
	if len(shapes) > 0 {
		d.layers = append(d.layers, document.MapLayer{Name: d.T(name), Sign: sign, Shapes: shapes})
	}
}

func (d *drawing) on(at gis.Position) document.Metres {
	east, north := d.plane.Metres(at)
	return document.Metres{East: east, North: north}
}

func (d *drawing) path(line []gis.Position) []document.Metres {
	path := make([]document.Metres, len(line))
	for i, p := range line {
		path[i] = d.on(p)
	}
	return path
}

func (d *drawing) areas(codes []string) {
	var shapes []document.MapShape
	for _, code := range codes {
		for _, area := range d.atlas.contours[code].Areas {
			var rings [][]document.Metres
			for _, ring := range area {
				rings = append(rings, d.path(ring))
			}
			shapes = append(shapes, document.MapShape{Paths: rings})
		}
	}
	d.add("map.commune", document.SignArea, shapes)
}

// reaches are the circles in which each network looks for heat.
func (d *drawing) reaches(networks []spot) {
	var shapes []document.MapShape
	for i, n := range d.d.Networks {
		if networks[i].placed && n.Network.ReachKM > 0 {
			shapes = append(shapes, document.MapShape{Paths: [][]document.Metres{{d.on(networks[i].at)}}, Radius: n.Network.ReachKM * 1000})
		}
	}
	d.add("map.reach", document.SignReach, shapes)
}

func (d *drawing) courses() {
	var shapes []document.MapShape
	for _, n := range d.d.Networks {
		for _, course := range d.atlas.courses[n.Network.ID] {
			for _, line := range course.Lines {
				shapes = append(shapes, document.MapShape{Paths: [][]document.Metres{d.path(line)}})
			}
		}
	}
	d.add("map.course", document.SignCourse, shapes)
}

// links are the connections of the joint match. Readers who do not see every
// value are not told which site a network would take heat from.
func (d *drawing) links(sites, networks []spot) {
	if d.protected() {
		return
	}
	var shapes []document.MapShape
	for _, pr := range d.f.Pairs {
		s, n := slices.Index(d.d.Sites, pr.Site), slices.Index(d.d.Networks, pr.Network)
		if s >= 0 && n >= 0 && sites[s].placed && networks[n].placed && pr.Captured.MWh.Value > 0 {
			shapes = append(shapes, document.MapShape{Paths: [][]document.Metres{{d.on(sites[s].at), d.on(networks[n].at)}}})
		}
	}
	d.add("map.link", document.SignLink, shapes)
}

func (d *drawing) signs(name string, sign document.Sign, spots []spot, drawn func(spot) bool) {
	var shapes []document.MapShape
	for _, s := range spots {
		if !s.placed || !drawn(s) {
			continue
		}
		shape := document.MapShape{Label: s.mark, Paths: [][]document.Metres{{d.on(s.at)}}}
		if len(spots) > maxMapLabels {
			shape.Label = ""
		}
		shapes = append(shapes, shape)
	}
	d.add(name, sign, shapes)
}
