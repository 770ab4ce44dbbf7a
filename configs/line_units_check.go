package configs

import (
	"fmt"
	"maps"
	"slices"
)

// deviceUnits checks that every unit which only the meter knows is stated,
// and no other.
func (p place) deviceUnits(d Device, t Template) {
	open := map[string]Register{}
	for _, r := range t.Registers {
		if r.Unit == "" && r.Kind != "" && r.UnitFrom == nil {
			open[r.Name] = r
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		if _, err := UnitFor(open[name].Kind, d.Units[name]); err != nil {
			p.at("units", name).fault("read on the meter's display which unit it is set to",
				"%s of %s: %v", name, d.Template, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Units)) {
		if _, asked := open[name]; !asked {
			p.at("units", name).fault(fmt.Sprintf("%s asks for %v", d.Template, slices.Sorted(maps.Keys(open))),
				"%s has its unit in the template", name)
		}
	}
}
