package heat

import "thermie/interval"

// LoadDuration is an hourly series sorted from the highest power to the
// lowest; unknown hours (NaN) are left out and counted.
type LoadDuration struct {
	Sorted []interval.Power
	Hours  int // of the series, unknown ones included

	P50, P90, P99 interval.Power // exceeded during 50, 90, 99 % of the valid hours
}

// NewLoadDuration sorts p (LD1).
func NewLoadDuration(p []interval.Power) LoadDuration {
	return LoadDuration{}
}
