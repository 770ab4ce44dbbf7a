package compare

import (
	"context"
	"time"

	"thermie/interval"
	"thermie/reports"
)

// asInstalled is a source whose points and sites are described as they were at
// the end of a year: what was exchanged, corrected or added since is not.
type asInstalled struct {
	reports.Source
	from, until time.Time // the year
}

// Cards implements reports.Source. A point that already counted in the year
// keeps its first card, whenever that was written.
func (s asInstalled) Cards(ctx context.Context, site string) ([]interval.Card, error) {
	cards, err := s.Source.Cards(ctx, site)
	if err != nil {
		return nil, err
	}
	records, err := s.Source.Hours(ctx, site, s.from, s.until)
	if err != nil {
		return nil, err
	}
	counted := map[string]bool{interval.SiteCard: true}
	for _, r := range records {
		counted[r.Meter] = true
	}
	first := map[string]int64{}
	for _, c := range cards {
		if at, seen := first[c.Meter]; !seen || c.ValidFrom < at {
			first[c.Meter] = c.ValidFrom
		}
	}
	var then []interval.Card
	for _, c := range cards {
		if c.ValidFrom < s.until.Unix() || counted[c.Meter] && c.ValidFrom == first[c.Meter] {
			then = append(then, c)
		}
	}
	return then, nil
}

// asCovered is a source that says nothing in the hours of which another year
// says nothing, point by point and kind by kind. A series that the other year
// does not have at all stays: that is a change of meters, not of coverage.
type asCovered struct {
	reports.Source
	other func(from, to time.Time) (time.Time, time.Time) // the same span of the other year
}

// Hours implements reports.Source.
func (s asCovered) Hours(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return s.covered(ctx, site, from, to, s.Source.Hours)
}

// Records implements reports.Source.
func (s asCovered) Records(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error) {
	return s.covered(ctx, site, from, to, s.Source.Records)
}

// reader is one of a source's two ways to read.
type reader func(ctx context.Context, site string, from, to time.Time) ([]interval.Record, error)

func (s asCovered) covered(ctx context.Context, site string, from, to time.Time, read reader) ([]interval.Record, error) {
	records, err := read(ctx, site, from, to)
	if err != nil {
		return nil, err
	}
	a, b := s.other(from, to)
	others, err := read(ctx, site, a, b)
	if err != nil {
		return nil, err
	}
	known := map[series]map[int]bool{}
	for _, r := range others {
		if r.Gap() || r.Cov == 0 {
			continue
		}
		at := series{r.Meter, r.Kind}
		if known[at] == nil {
			known[at] = map[int]bool{}
		}
		for t := r.Start; t < r.End(); t += secondsOfHour {
			known[at][hourOfYear(t, a)] = true
		}
	}
	var kept []interval.Record
	for _, r := range records {
		if hours, recorded := known[series{r.Meter, r.Kind}]; !recorded || hours[hourOfYear(r.Start, from)] {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

type series struct {
	meter string
	kind  interval.Kind
}

const secondsOfHour = 3600

// leapDay stands for every hour of 29 February, which no other year has.
const leapDay = -1

// hourOfYear numbers the hours of a year by month, day and hour, so that the
// same number is the same hour of any year; first is the year's beginning.
func hourOfYear(unix int64, first time.Time) int {
	t := first.Add(time.Duration(unix-first.Unix()) * time.Second)
	if t.Month() == time.February && t.Day() == 29 {
		return leapDay
	}
	day := time.Date(2001, t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).YearDay()
	return day*24 + t.Hour()
}
