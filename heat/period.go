package heat

import (
	"fmt"
	"time"
)

// Period is a half-open span of whole hours, [From, To).
type Period struct{ From, To time.Time }

// YearOf returns the civil year in standard time, without daylight saving:
// utcOffsetMin is 60 in metropolitan France, where the year so holds the
// same 8,760 or 8,784 hours as one of Europe/Paris.
func YearOf(year int, utcOffsetMin int) Period {
	zone := time.FixedZone("", utcOffsetMin*60)
	return Period{
		From: time.Date(year, time.January, 1, 0, 0, 0, 0, zone),
		To:   time.Date(year+1, time.January, 1, 0, 0, 0, 0, zone),
	}
}

// Hours returns the number of hours in the period.
func (p Period) Hours() int { return int(p.To.Sub(p.From) / time.Hour) }

// Annual reports whether the period spans at least twelve months, which an
// annual PUE requires.
func (p Period) Annual() bool { return !p.From.AddDate(1, 0, 0).After(p.To) }

// check refuses a period that is not made of whole hours or that is longer
// than anyone means.
func (p Period) check() error {
	const tenYears = 10 * 366 * 24
	switch {
	case !p.From.Before(p.To):
		return fmt.Errorf("period from %s to %s is empty: the end must come after the start", p.From, p.To)
	case p.To.Sub(p.From)%time.Hour != 0 || p.From.Nanosecond() != 0:
		return fmt.Errorf("period from %s to %s: it must hold whole hours", p.From, p.To)
	case p.Hours() > tenYears:
		return fmt.Errorf("period from %s to %s is longer than ten years: ask for less", p.From, p.To)
	}
	return nil
}
