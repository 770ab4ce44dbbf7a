package configs

import (
	"maps"
	"slices"
)

// study checks what is stated of one connection.
func (p place) study(s Study, sites, networks map[string]int) {
	p.at("site").described("site", s.Site, sites, "describe it under sites, or give its agent a token")
	p.at("network").described("network", s.Network, networks, "describe it under networks")
	for i, percent := range s.RampUp.Percent {
		if percent < 0 || percent > 1000 {
			p.at("ramp_up", "percent", i).fault("in percent of today's heat, a year each", "ramp_up of %v %%", percent)
		}
	}
	if len(s.RampUp.Percent) > 0 {
		p.at("ramp_up", "origin").required(s.RampUp.Origin)
	}
	seen := map[string]int{}
	for i, item := range s.Stated {
		at := p.at("stated", i)
		at.item(item)
		at.at("id").unique(seen, item.ID, "input")
	}
}

// item checks one stated input.
func (p place) item(s StudyItem) {
	p.at("origin").required(s.Origin)
	if !p.at("id").oneOf(s.ID, slices.Sorted(maps.Keys(studyInputs))) {
		return
	}
	input := studyInputs[s.ID]
	if s.Unit != input.unit {
		p.at("unit").fault("write unit: "+input.unit, "%s is stated in %s, not in %q", s.ID, input.unit, s.Unit)
		return
	}
	p.at("value").between(s.Value, input.low, input.high)
}
