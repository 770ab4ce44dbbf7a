package explain

import (
	"maps"
	"math"
	"slices"
	"time"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
)

// Reading is what one kind at one point said over the period.
type Reading struct {
	Kind      string         `json:"kind"`
	Intervals int            `json:"intervals"` // that say something
	LengthsS  []int32        `json:"lengths_s"`
	First     time.Time      `json:"first"`
	Last      time.Time      `json:"last"` // the end of the last one
	Sum       *float64       `json:"sum,omitempty"`
	Mean      *float64       `json:"mean,omitempty"`
	Unit      string         `json:"unit"` // of sum or mean
	Coverage  float64        `json:"coverage"`
	Origins   map[string]int `json:"origins"` // estimated, imported, live, correction
	Revised   int            `json:"revised"` // with a revision above 0
	Simulated bool           `json:"simulated,omitempty"`
	Gaps      Gaps           `json:"gaps"`
}

// Gaps are the times of which nothing was read. Nothing is put in their place:
// the hour goes to the next tier.
type Gaps struct {
	Count       int            `json:"count"`
	TotalS      int64          `json:"total_s"`
	LongestS    int64          `json:"longest_s"`
	LongestFrom *time.Time     `json:"longest_from,omitempty"`
	Hours       map[string]int `json:"filled_by_hours,omitempty"` // hours with a gap, by the tier that stands for the heat
}

var originNames = map[interval.Origin]string{
	interval.Estimated: "estimated", interval.Imported: "imported", interval.Live: "live", interval.Correction: "correction",
}

// readings are the kinds that a point recorded within the site's period.
func (l *Library) readings(s *reports.SiteResult, records []interval.Record, meter string) []Reading {
	id := s.ID + " " + reports.PeriodID(s.Period) + " " + meter
	if all, done := l.read[id]; done {
		return all
	}
	byKind := map[interval.Kind][]interval.Record{}
	for _, r := range records {
		if r.Meter == meter && r.End() > s.Period.From.Unix() && r.Start < s.Period.To.Unix() {
			byKind[r.Kind] = append(byKind[r.Kind], r)
		}
	}
	var all []Reading
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		all = append(all, reading(kind, byKind[kind], s))
	}
	l.read[id] = all
	return all
}

// reading sums up one series, which is sorted and never overlaps itself.
func reading(kind interval.Kind, records []interval.Record, s *reports.SiteResult) Reading {
	k := Reading{Kind: string(kind), Origins: map[string]int{}}
	lengths := map[int32]bool{}
	var sum, seconds float64
	missing := newHoles(s)
	for _, r := range records {
		if r.Gap() {
			continue
		}
		if k.Intervals == 0 {
			k.First = time.Unix(r.Start, 0).UTC()
		}
		k.Intervals++
		k.Last = time.Unix(r.End(), 0).UTC()
		lengths[r.Length] = true
		k.Origins[originNames[r.Flags.Origin()]]++
		if r.Rev > 0 {
			k.Revised++
		}
		k.Simulated = k.Simulated || r.Flags.Has(interval.Simulated)
		covered := float64(r.Length) * r.Cov
		seconds += covered
		if nature, _ := kind.Nature(); nature.Extensive {
			sum += r.SI
		} else {
			sum += r.SI * covered
		}
		missing.seen(r)
	}
	k.LengthsS = slices.Sorted(maps.Keys(lengths))
	k.Coverage = reports.RoundTo(math.Min(1, seconds/s.Period.To.Sub(s.Period.From).Seconds()), 4)
	k.value(kind, sum, seconds)
	k.Gaps = missing.close()
	return k
}

// value states sum or mean in a unit that people read.
func (k *Reading) value(kind interval.Kind, sum, seconds float64) {
	if seconds == 0 {
		return
	}
	nature, known := kind.Nature()
	k.Unit = nature.Unit
	v := sum
	if !nature.Extensive {
		v = sum / seconds
	}
	switch {
	case !known:
		k.Unit = ""
	case nature.Unit == "J":
		k.Unit, v = "kWh", v/float64(interval.KilowattHour)
	case nature.Unit == "K":
		k.Unit, v = "°C", v-273.15
	case nature.Unit == "m3/s":
		k.Unit, v = "m3/h", v*3600
	}
	v = reports.RoundTo(v, 3)
	if nature.Extensive {
		k.Sum = &v
	} else {
		k.Mean = &v
	}
}

// holes finds the times between intervals.
type holes struct {
	site  *reports.SiteResult
	at    int64 // up to where everything is known or entered
	gaps  Gaps
	hours map[int64]bool
}

func newHoles(s *reports.SiteResult) *holes {
	return &holes{site: s, at: s.Period.From.Unix(), hours: map[int64]bool{}}
}

func (g *holes) seen(r interval.Record) {
	g.hole(g.at, r.Start)
	if lost := int64(math.Round(float64(r.Length) * (1 - r.Cov))); lost > 0 {
		g.hole(r.Start, r.Start+lost) // where within it nobody knows
	}
	g.at = max(g.at, r.End())
}

func (g *holes) hole(from, to int64) {
	if to <= from {
		return
	}
	g.gaps.Count++
	g.gaps.TotalS += to - from
	if to-from > g.gaps.LongestS {
		at := time.Unix(from, 0).UTC()
		g.gaps.LongestS, g.gaps.LongestFrom = to-from, &at
	}
	for h := from - from%3600; h < to; h += 3600 {
		g.hours[h] = true
	}
}

func (g *holes) close() Gaps {
	g.hole(g.at, g.site.Period.To.Unix())
	if g.site.Estimate != nil && len(g.hours) > 0 {
		g.gaps.Hours = map[string]int{}
		for h := range g.hours {
			tier := heat.TierNone
			if i := (h - g.site.Period.From.Unix()) / 3600; i >= 0 && i < int64(len(g.site.Estimate.Hours)) {
				tier = g.site.Estimate.Hours[i].Tier
			}
			g.gaps.Hours[tier.String()]++
		}
	}
	return g.gaps
}
