package heat

import (
	"fmt"
	"time"

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

// Stamped is one row of a series whose labels are local clock time: the
// start of the hour as the clock on the wall showed it, kept in UTC.
type Stamped struct {
	Wall  time.Time
	Power interval.Power
}

// LocalDemand takes rows stamped by a clock, either always in standard time
// or with summer time: then one hour is missing in March and one is double in
// October. The result is in standard time. A row that fits neither is named.
//
// Method: DS1.
func LocalDemand(rows []Stamped, p Period) ([]interval.Power, error) {
	values := make([]interval.Power, 0, len(rows))
	_, offset := p.From.Zone()
	expected := p.From.Add(time.Duration(offset) * time.Second).UTC() // label of the next row
	summer := false
	for i, row := range rows {
		begin, end := summerTime(row.Wall.Year())
		switch {
		case row.Wall.Equal(expected):
		case !summer && expected.Equal(begin) && row.Wall.Equal(begin.Add(time.Hour)):
			summer, expected = true, row.Wall
		case summer && expected.Equal(end) && row.Wall.Equal(end.Add(-time.Hour)):
			summer, expected = false, row.Wall
		default:
			return nil, fmt.Errorf("hourly demand: row %d is stamped %s, expected %s: the rows must follow hour by hour, in standard or in summer time",
				i+1, row.Wall.Format("2006-01-02 15:04"), expected.Format("2006-01-02 15:04"))
		}
		if summer && row.Wall.Equal(end) {
			return nil, fmt.Errorf("hourly demand: row %d: %s follows without the second hour from 02:00, though the hour of March is missing: which clock stamped the rows?",
				i+1, row.Wall.Format("2006-01-02 15:04"))
		}
		values = append(values, row.Power)
		expected = expected.Add(time.Hour)
	}
	return HourlyDemand(values, p)
}

// summerTime returns, as clock time, the hour that the last Sunday of March
// skips, and the hour after the doubled one on the last Sunday of October.
func summerTime(year int) (begin, end time.Time) {
	last := func(m time.Month) time.Time {
		day := time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC)
		return day.AddDate(0, 0, -int(day.Weekday()))
	}
	return last(time.March).Add(2 * time.Hour), last(time.October).Add(3 * time.Hour)
}
