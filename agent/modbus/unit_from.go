package modbus

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"thermie/configs"
)

// withTellers adds to the wanted registers those that tell their units.
func withTellers(wanted, all []configs.Register) []configs.Register {
	named := func(name string) func(configs.Register) bool {
		return func(r configs.Register) bool { return r.Name == name }
	}
	complete := slices.Clip(wanted) // to add to it makes another
	for i := range wanted {
		r := &wanted[i]
		if r.UnitFrom == nil || slices.ContainsFunc(complete, named(r.UnitFrom.Register)) {
			continue
		}
		if i := slices.IndexFunc(all, named(r.UnitFrom.Register)); i >= 0 {
			complete = append(complete, all[i])
		}
	}
	return complete
}

// tellUnits gives the answers the units that the device told. A value whose
// unit is not known is none.
func tellUnits(wanted []configs.Register, answers []Answer) error {
	var faults []error
	for i := range wanted {
		w, a := &wanted[i], &answers[i]
		if w.UnitFrom == nil || !a.Said {
			continue
		}
		var teller Answer
		if at := slices.IndexFunc(wanted, func(r configs.Register) bool { return r.Name == w.UnitFrom.Register }); at >= 0 {
			teller = answers[at]
		}
		known := false
		if teller.Said && !math.IsNaN(teller.Value) {
			a.Unit, known = w.UnitFrom.Codes[int(teller.Value)]
		}
		if !known && teller.Said {
			faults = append(faults, fmt.Errorf("register %s: its unit has the code %v, which the template does not know", w.Name, teller.Value))
		}
		a.Said = known
	}
	return errors.Join(faults...)
}
