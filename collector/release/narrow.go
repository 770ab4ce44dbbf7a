package release

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"thermie/collector/rights"
)

// Narrow is the part of an extract in which no field is told more finely than
// fields say: hours are summed to months, months are left out of a year, and
// what is not named is not there.
func (e *Extract) Narrow(fields map[rights.Field]rights.Resolution) *Extract {
	n := *e
	n.Fields = maps.Clone(e.Fields)
	for f, r := range e.Fields {
		if n.Fields[f] = min(r, fields[f]); n.Fields[f] == rights.Nothing {
			delete(n.Fields, f)
		}
	}
	n.Place = chosen(e.Place, n.Fields)
	n.Heat = e.narrowHeat(n.Fields)
	n.Firm = nil
	for _, f := range e.Firm {
		_, notAMonth := time.Parse(monthForm, f.Period)
		if by := n.Fields[rights.FirmPower]; by >= rights.Month || by > rights.Nothing && notAMonth != nil {
			n.Firm = append(n.Firm, f)
		}
	}
	return &n
}

// narrowHeat is the heat by the resolution of fields.
func (e *Extract) narrowHeat(fields map[rights.Field]rights.Resolution) *Heat {
	by := fields[rights.Heat]
	if e.Heat == nil || by == rights.Nothing {
		return nil
	}
	h := *e.Heat
	switch {
	case by < rights.Month:
		h.Rows = nil
	case by == rights.Month && e.Fields[rights.Heat] > by:
		h.Rows = e.monthsOf(h.Rows)
	case fields[rights.Temperature] < by:
		h.Rows = slices.Clone(h.Rows)
		for i := range h.Rows {
			h.Rows[i].SupplyC, h.Rows[i].ReturnC = nil, nil
		}
	}
	return &h
}

// monthsOf sums hours, as they are printed, to months. The temperatures stay
// with the hours.
func (e *Extract) monthsOf(hours []Row) (months []Row) {
	for m := time.January; m <= time.December; m++ {
		from, to := e.month(m), e.month(m+1)
		month := Row{From: from}
		for _, hour := range hours {
			if !hour.From.Before(from) && hour.From.Before(to) {
				month.add(hour)
			}
		}
		month.Coverage = round(month.Coverage/to.Sub(from).Hours(), 1e-3)
		slices.Sort(month.Tiers)
		months = append(months, month)
	}
	return months
}

// add takes an hour in: what is unknown of it adds nothing, and shows in the
// coverage.
func (r *Row) add(hour Row) {
	r.RecoverableKWh = sum(r.RecoverableKWh, hour.RecoverableKWh)
	r.CapturedKWh = sum(r.CapturedKWh, hour.CapturedKWh)
	r.Coverage += hour.Coverage
	for _, tier := range hour.Tiers {
		if !slices.Contains(r.Tiers, tier) {
			r.Tiers = append(r.Tiers, tier)
		}
	}
}

// sum adds what is known; of nothing known the sum is unknown.
func sum(a, b *float64) *float64 {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	both := *a + *b
	return &both
}
