package store

import (
	"time"

	"thermie/interval"
)

// secondsPerHour is the span of one record of a roll-up.
const secondsPerHour = 3600

// monthOf returns the UTC month of a Unix second, in months since 1970.
func monthOf(second int64) int64 {
	t := time.Unix(second, 0).UTC()
	return int64(t.Year()-1970)*12 + int64(t.Month()) - 1
}

// monthSpan returns the seconds of a month.
func monthSpan(month int64) span {
	from := time.Date(1970, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
	return span{from.Unix(), from.AddDate(0, 1, 0).Unix()}
}

// rollupID is the row of a month of a profile.
func rollupID(profile, month int64) int64 { return profile<<16 | month }

// HoursOf is Store.Hours of what Records returned, for a store that keeps no
// roll-ups. What began before from and reaches into it must be among recs.
func HoursOf(recs []interval.Record, from, to time.Time, kinds ...interval.Kind) []interval.Record {
	return hoursOf(recs, hourSpan(from, to), kinds...)
}

// hoursOf rolls merged records of one site, sorted by meter, kind and start,
// up to the hours of the wanted kinds.
func hoursOf(recs []interval.Record, wanted span, kinds ...interval.Kind) []interval.Record {
	return interval.Hourly(recs, wanted.from, wanted.to, kinds...)
}
