package heat

import (
	"math"
	"slices"

	"thermie/interval"
)

// LoadDuration is an hourly series sorted from the highest power to the
// lowest; unknown hours (NaN) are left out and counted.
type LoadDuration struct {
	Sorted []interval.Power
	Hours  int // of the series, unknown ones included

	P50, P90, P95, P99 interval.Power // exceeded during 50, 90, 95, 99 % of the valid hours
}

// NewLoadDuration sorts p.
//
// Method: LD1.
func NewLoadDuration(p []interval.Power) LoadDuration {
	d := LoadDuration{Hours: len(p), Sorted: make([]interval.Power, 0, len(p))}
	for _, v := range p {
		if finite(float64(v)) {
			d.Sorted = append(d.Sorted, v)
		}
	}
	slices.SortFunc(d.Sorted, func(a, b interval.Power) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	d.P50, d.P90 = d.ExceededDuring(0.50), d.ExceededDuring(0.90)
	d.P95, d.P99 = d.ExceededDuring(0.95), d.ExceededDuring(0.99)
	return d
}

// ExceededDuring returns the power that is reached or exceeded during the
// given share of the valid hours. Between two hours it takes the lower
// power, so that what is promised as firm is firm. NaN without a valid hour.
//
// Method: LD1.
func (d LoadDuration) ExceededDuring(share float64) interval.Power {
	n := len(d.Sorted)
	if n == 0 {
		return interval.Power(math.NaN())
	}
	// The guard keeps a product like 0.9·10 from rounding up to the next hour.
	rank := int(math.Ceil(share*float64(n-1) - 1e-9))
	return d.Sorted[min(max(rank, 0), n-1)]
}
