package heat

import (
	"math"
	"time"

	"thermie/interval"
)

// Firm is what an engineer may count on from a source.
type Firm struct {
	Year, Winter  LoadDuration     // winter is 1 October to 20 May
	Months        [12]LoadDuration // January first; empty where the series has no hour of it
	LowestDay     interval.Power   // lowest mean over 24 hours that are all known
	LongestOutage int              // hours in a row below 10 % of the median; unknown hours end a run
	Ramp          interval.Power   // change from hour to hour exceeded during 1 % of the time
}

// outageShare of the median power and less counts as an outage.
const outageShare = 0.10

// NewFirm returns the firm power of the hourly series p, which starts at
// start (standard time).
//
// Method: FP1.
func NewFirm(p []interval.Power, start time.Time) Firm {
	f := Firm{
		Year:      NewLoadDuration(p),
		Winter:    NewLoadDuration(winterOf(p, start)),
		Months:    monthsOf(p, start),
		LowestDay: lowestDay(p),
		Ramp:      ramp(p),
	}
	f.LongestOutage = longestBelow(p, f.Year.P50*outageShare)
	return f
}

// winterOf returns the hours of p from 1 October to 20 May.
func winterOf(p []interval.Power, start time.Time) []interval.Power {
	winter := make([]interval.Power, 0, len(p))
	for h, v := range p {
		if HeatingSeason(start.Add(time.Duration(h) * time.Hour)) {
			winter = append(winter, v)
		}
	}
	return winter
}

// monthsOf sorts the hours of each month.
func monthsOf(p []interval.Power, start time.Time) [12]LoadDuration {
	var hours [12][]interval.Power
	for h, v := range p {
		m := start.Add(time.Duration(h)*time.Hour).Month() - time.January
		hours[m] = append(hours[m], v)
	}
	var months [12]LoadDuration
	for m := range months {
		months[m] = NewLoadDuration(hours[m])
	}
	return months
}

// lowestDay returns the lowest mean over 24 hours in a row, NaN without any.
func lowestDay(p []interval.Power) interval.Power {
	lowest := math.NaN()
	var sum float64
	run := 0
	for h, v := range p {
		if !finite(float64(v)) {
			sum, run = 0, 0
			continue
		}
		sum, run = sum+float64(v), run+1
		if run > 24 {
			sum -= float64(p[h-24])
			run = 24
		}
		if run == 24 && !(sum/24 >= lowest) {
			lowest = sum / 24
		}
	}
	return interval.Power(lowest)
}

// longestBelow returns the greatest number of hours in a row below limit.
func longestBelow(p []interval.Power, limit interval.Power) int {
	longest, run := 0, 0
	for _, v := range p {
		if v < limit {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// ramp returns the change from one hour to the next, up or down, that is
// exceeded during 1 % of the time.
func ramp(p []interval.Power) interval.Power {
	steps := make([]interval.Power, 0, len(p))
	for h := 1; h < len(p); h++ {
		steps = append(steps, interval.Power(math.Abs(float64(p[h]-p[h-1]))))
	}
	return NewLoadDuration(steps).ExceededDuring(0.01)
}
