package inputs

import (
	"math"
	"slices"

	"thermie/configs"
	"thermie/interval"
	"thermie/reports"
)

// Case is the connection that an input sheet is about, as it is computed now.
type Case struct {
	Site    string
	Year    int
	Network configs.Network
	Study   configs.Study
	Table   reports.StudyTable // the dated defaults with what the study states
	Peak    interval.Power     // that the plant is built for; prices hold up to a power
	Length  float64            // m, straight
	Area    reports.Area       // where what was changed before stands
}

// CaseOf describes the connection of a site and a network of the area.
func CaseOf(area reports.Area, site, network string, year int, peak interval.Power, length float64) (Case, error) {
	table, err := reports.StudyInputs()
	if err != nil {
		return Case{}, err
	}
	c := Case{Site: site, Year: year, Study: area.StudyOf(site, network), Peak: peak, Length: length, Area: area}
	c.Study.Site, c.Study.Network = site, network
	c.Table = table.With(c.Study)
	if i := slices.IndexFunc(area.Networks, func(n configs.Network) bool { return n.ID == network }); i >= 0 {
		c.Network = area.Networks[i].Of(year)
	}
	c.Network.Years = nil // said for this year; what the engineer states stands over it
	return c, nil
}

// stated returns an input of the study, empty where nothing states it.
func (c *Case) stated(id string) value {
	if v, ok := c.Table.Lookup(id, c.Peak); ok {
		return number(v)
	}
	if id == "distance" {
		return number(math.Round(c.Length))
	}
	return value{}
}

// state enters an input of the study.
func (c *Case) state(id, unit string, v value, origin string) {
	item := configs.StudyItem{ID: id, Value: v.number, Unit: unit, Origin: origin}
	c.Study.Stated = slices.DeleteFunc(slices.Clone(c.Study.Stated), func(s configs.StudyItem) bool { return s.ID == id })
	c.Study.Stated = append(c.Study.Stated, item)
}

// origin says who chose the network's design or its demand, keeping who
// chose the rest of it.
func origin(was, now string) string {
	if was == "" || was == now {
		return now
	}
	return was + " ; " + now
}

// enterInto puts the case's network and study into the area.
func (c *Case) enterInto(area reports.Area) reports.Area {
	area.Networks, area.Studies = slices.Clone(area.Networks), slices.Clone(area.Studies)
	for i, n := range area.Networks {
		if n.ID == c.Network.ID {
			area.Networks[i] = c.Network
		}
	}
	area.Studies = slices.DeleteFunc(area.Studies, func(s configs.Study) bool {
		return s.Site == c.Site && s.Network == c.Network.ID
	})
	area.Studies = append(area.Studies, c.Study)
	return area
}
