package exchange

import (
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// pfaProfile is what the record says of the year.
type pfaProfile struct {
	known            int
	largest          interval.Power
	months           [12]float64 // mean power in kW; NaN where too little is known
	hoursADay        float64     // with more than a tenth of the median power
	weekend, working float64     // mean power
}

func pfaOf(s *SourceSeries) pfaProfile {
	var p pfaProfile
	var month, of [12]float64
	var total [12]float64
	var weekend, working meanHour
	median, above := s.Firm().Year.P50, 0
	for i, h := range s.Hours {
		at := s.At(i)
		m := at.Month() - time.January
		total[m]++
		if !h.Known() {
			continue
		}
		p.known++
		p.largest = max(p.largest, h.Power)
		month[m], of[m] = month[m]+h.Power.Kilowatts(), of[m]+1
		if h.Power > median/10 {
			above++
		}
		if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
			weekend.add(h)
		} else {
			working.add(h)
		}
	}
	for m := range month {
		p.months[m] = math.NaN()
		if of[m] >= heat.EnoughCoverage*total[m] {
			p.months[m] = month[m] / of[m]
		}
	}
	p.hoursADay = 24 * float64(above) / float64(p.known)
	p.weekend, p.working = weekend.sum[0]/weekend.n[0], working.sum[0]/working.n[0]
	return p
}

// weekendWord says whether the source gives at the weekend at least half of
// what it gives on working days, nothing where one of them is not known.
func (p pfaProfile) weekendWord(w *reports.Words) string {
	switch {
	case math.IsNaN(p.weekend) || math.IsNaN(p.working):
		return ""
	case p.weekend >= p.working/2:
		return w.T("pfa.yes")
	}
	return w.T("pfa.no")
}
