package heat

import (
	"fmt"

	"thermie/interval"
)

// HourlyDemand takes a network's own series without time stamps: one value
// an hour of p, in standard time. Anything else is refused with the likely
// cause.
//
// Method: DS1.
func HourlyDemand(values []interval.Power, p Period) ([]interval.Power, error) {
	if n, want := len(values), p.Hours(); n != want {
		return nil, fmt.Errorf("hourly demand: %d rows for %d hours: %s", n, want, rowCountHint(n, want))
	}
	for h, v := range values {
		if !finite(float64(v)) || v < 0 {
			return nil, fmt.Errorf("hourly demand: row %d: %g W", h+1, float64(v))
		}
	}
	return append([]interval.Power(nil), values...), nil
}

// rowCountHint says what a wrong number of rows usually means.
func rowCountHint(n, want int) string {
	const leap = 8784
	switch {
	case n == want-1:
		return "one hour is missing; an export in local time skips the hour in which summer time begins: export in fixed UTC+1, or give the time stamps"
	case n == want+1:
		return "one row too many; is a heading or a total counted?"
	case n == 4*want:
		return "these look like quarter-hours: give hourly means"
	case n == leap && want == 8760:
		return "the series is of a leap year, the year asked for is not"
	case n == 8760 && want == leap:
		return "the year asked for is a leap year, 29 February is missing"
	}
	return "give one row an hour of the year"
}
