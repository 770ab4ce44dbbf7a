package probe

import (
	"math"
	"strings"

	"thermie/interval"
)

// byPoint gathers the registers of each point, of whatever device.
func byPoint(meters []Meter) map[string]registers {
	all := map[string]registers{}
	for _, m := range meters {
		all[m.Point] = append(all[m.Point], m.Registers...)
	}
	return all
}

// registers are those of one point at one instant.
type registers []Register

// of lists the registers of a kind.
func (rs registers) of(kind interval.Kind) (some registers) {
	for _, r := range rs {
		if r.of.Kind == kind {
			some = append(some, r)
		}
	}
	return some
}

// sum is the quantity of a kind in SI; NaN where one of its parts has no
// value, or there is none.
func (rs registers) sum(kind interval.Kind) float64 {
	parts := rs.of(kind)
	if len(parts) == 0 {
		return math.NaN()
	}
	total := 0.0
	for _, r := range parts {
		if r.Value == nil {
			return math.NaN()
		}
		total += si(r.of, r.answer)
	}
	return total
}

// others is the quantity in other orders of words, where one register makes
// it up.
func (rs registers) others(kind interval.Kind) map[string]float64 {
	parts := rs.of(kind)
	if len(parts) != 1 || parts[0].Value == nil {
		return nil
	}
	all := map[string]float64{}
	for _, o := range inOtherOrders(parts[0].of, parts[0].answer) {
		all[o.order] = si(parts[0].of, o.answer)
	}
	return all
}

// shown are the values in a unit of the registers whose name begins so.
func (rs registers) shown(prefix, unit string) (values []float64) {
	for _, r := range rs {
		if strings.HasPrefix(r.Name, prefix) && r.Unit == unit && r.Value != nil {
			values = append(values, *r.Value)
		}
	}
	return values
}
