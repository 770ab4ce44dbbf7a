package heat

import "time"

// hourByHour refuses the stamps of hours that do not follow each other through
// the period, naming the hour that is missing or double. Stamps are what the
// clock on the wall showed when the hour began, kept in UTC: always standard
// time, or with summer time, which misses an hour in March and doubles one in
// October.
//
// Method: DS1.
func hourByHour(walls []time.Time, p Period) error {
	_, offset := p.From.Zone()
	label := func(t time.Time) time.Time { return t.Add(time.Duration(offset) * time.Second).UTC() }
	expected, summer := label(p.From), false // of the next row
	for i, wall := range walls {
		begin, end := summerTime(wall.Year())
		switch {
		case wall.Equal(expected):
		case !summer && expected.Equal(begin) && wall.Equal(begin.Add(time.Hour)):
			summer, expected = true, wall
		case summer && expected.Equal(end) && wall.Equal(end.Add(-time.Hour)):
			summer, expected = false, wall
		default:
			return outOfOrder(i+1, wall, expected)
		}
		if summer && wall.Equal(end) {
			return NewFault("clock_october", "hourly demand: row {row}: {at} follows without the second hour from 02:00, though the hour of March is missing: which clock stamped the rows?",
				"row", i+1, "at", wall)
		}
		expected = expected.Add(time.Hour)
	}
	if last := label(p.To); expected.Before(last) && len(walls) > 0 {
		return NewFault("clock_end", "hourly demand: the hours from {from} on are missing: the last row is stamped {last}", "from", expected, "last", walls[len(walls)-1])
	}
	return nil
}

// outOfOrder says what is wrong with a stamp that was not expected.
func outOfOrder(row int, wall, expected time.Time) *Fault {
	switch gap := wall.Sub(expected); {
	case row == 1:
		return NewFault("clock_first", "hourly demand: row 1 is stamped {at}, expected {expected}: the year begins with its first hour, in standard time", "at", wall, "expected", expected)
	case gap == time.Hour:
		return NewFault("clock_hour", "hourly demand: the hour {at} is missing before row {row}", "at", expected, "row", row)
	case gap > 0 && gap%time.Hour == 0:
		return NewFault("clock_hours", "hourly demand: {n} hours from {from} on are missing before row {row}", "n", int(gap/time.Hour), "from", expected, "row", row)
	case gap == -time.Hour:
		return NewFault("clock_twice", "hourly demand: row {row} repeats the hour {at}", "row", row, "at", wall)
	}
	return NewFault("clock_order", "hourly demand: row {row} is stamped {at}, expected {expected}: the rows must follow hour by hour, in standard or in summer time",
		"row", row, "at", wall, "expected", expected)
}

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04") }

// summerTime returns, as clock time, the hour that the last Sunday of March
// skips, and the hour after the doubled one on the last Sunday of October.
func summerTime(year int) (begin, end time.Time) {
	last := func(m time.Month) time.Time {
		day := time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC)
		return day.AddDate(0, 0, -int(day.Weekday()))
	}
	return last(time.March).Add(2 * time.Hour), last(time.October).Add(3 * time.Hour)
}
