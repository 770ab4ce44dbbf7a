package heat

import (
	"math"
	"time"

	"thermie/interval"
)

// DegreeDayBase is the base of the French unified degree days (DJU): they
// are for reports and for normalising a climate, not for sizing.
//
// Method: DJ1, DJ2.
const DegreeDayBase = interval.Temperature(273.15 + 18)

// DegreeDay turns a day's lowest and highest temperature into its degree
// day, in K·d.
type DegreeDay func(base, lowest, highest interval.Temperature) float64

// MeteoDegreeDay takes the mean of the day's extremes.
//
// Method: DJ1.
func MeteoDegreeDay(base, lowest, highest interval.Temperature) float64 {
	return max(0, float64(base-(lowest+highest)/2))
}

// CosticDegreeDay also counts the cold hours of a day whose mean is mild.
//
// Method: DJ2.
func CosticDegreeDay(base, lowest, highest interval.Temperature) float64 {
	switch {
	case highest <= base:
		return MeteoDegreeDay(base, lowest, highest)
	case lowest >= base:
		return 0
	}
	span := float64(highest - lowest)
	b := float64(base-lowest) / span
	return span * b * (0.08 + 0.42*b)
}

// DegreeDays adds up whole days of an hourly series that starts at start,
// those that count accepts; nil counts all. A day with an unknown hour is
// left out.
//
// Method: DJ1, DJ2.
func DegreeDays(outdoor []interval.Temperature, start time.Time, base interval.Temperature, day DegreeDay, count func(time.Time) bool) float64 {
	var sum float64
	for h := 0; h+24 <= len(outdoor); h += 24 {
		if count != nil && !count(start.Add(time.Duration(h)*time.Hour)) {
			continue
		}
		lowest, highest := outdoor[h], outdoor[h]
		for _, t := range outdoor[h+1 : h+24] {
			lowest, highest = min(lowest, t), max(highest, t) // NaN stays NaN
		}
		if !math.IsNaN(float64(lowest)) {
			sum += day(base, lowest, highest)
		}
	}
	return sum
}

// HeatingSeason reports whether a day lies within 1 October to 20 May.
//
// Method: FP1.
func HeatingSeason(day time.Time) bool {
	_, month, date := day.Date()
	return month >= time.October || month < time.May || month == time.May && date <= 20
}
