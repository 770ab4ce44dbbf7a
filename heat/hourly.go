package heat

import "thermie/interval"

// HourlyDemand takes a network's own series without time stamps: one value
// an hour of p, in standard time. Anything else is refused with the likely
// cause.
//
// Method: DS1.
func HourlyDemand(values []interval.Power, p Period) ([]interval.Power, error) {
	if n, want := len(values), p.Hours(); n != want {
		return nil, wrongRows(n, want)
	}
	for h, v := range values {
		if !finite(float64(v)) || v < 0 {
			return nil, NewFault("row_power", "hourly demand: row {row}: {power_w} W", "row", h+1, "power_w", float64(v))
		}
	}
	return append([]interval.Power(nil), values...), nil
}

// wrongRows says what a wrong number of rows usually means.
func wrongRows(n, want int) *Fault {
	const leap, of = 8784, "hourly demand: {rows} rows for {hours} hours: "
	with := []any{"rows", n, "hours", want}
	switch {
	case n == want-1:
		return NewFault("rows_summer", of+"one hour is missing; an export in local time skips the hour in which summer time begins: export in fixed UTC+1, or give the time stamps", with...)
	case n == want+1:
		return NewFault("rows_more", of+"one row too many; is a heading or a total counted?", with...)
	case n == 4*want:
		return NewFault("rows_quarters", of+"these look like quarter-hours: give hourly means", with...)
	case n == leap && want == 8760:
		return NewFault("rows_leap", of+"the series is of a leap year, the year asked for is not", with...)
	case n == 8760 && want == leap:
		return NewFault("rows_not_leap", of+"the year asked for is a leap year, 29 February is missing", with...)
	}
	return NewFault("rows", of+"give one row an hour of the year", with...)
}
