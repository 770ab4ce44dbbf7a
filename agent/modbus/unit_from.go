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
func tellUnits(wanted []configs.Register, answers map[string]Answer) error {
	var faults []error
	for i := range wanted {
		w := &wanted[i]
		if w.UnitFrom == nil {
			continue
		}
		a, said := answers[w.Name]
		if !said {
			continue
		}
		teller, told := answers[w.UnitFrom.Register]
		unit, known := "", false
		if told && !math.IsNaN(teller.Value) {
			unit, known = w.UnitFrom.Codes[int(teller.Value)]
		}
		switch {
		case known:
			a.Unit = unit
			answers[w.Name] = a
		case told:
			faults = append(faults, fmt.Errorf("register %s: its unit has the code %v, which the template does not know", w.Name, teller.Value))
			fallthrough
		default:
			delete(answers, w.Name)
		}
	}
	return errors.Join(faults...)
}
