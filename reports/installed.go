package reports

import (
	"slices"
	"time"

	"thermie/interval"
)

// Installed leaves out the points that came after a year: described from a day
// after its end on, and without a record in it. A point's first card otherwise
// holds for the time before it as well, and a meter that is added later would
// make a hole in the past.
func Installed(cards []interval.Card, records []interval.Record, end time.Time) []interval.Card {
	there := map[string]bool{interval.SiteCard: true}
	for i := range records {
		if i == 0 || records[i].Meter != records[i-1].Meter {
			there[records[i].Meter] = true
		}
	}
	for _, c := range cards {
		there[c.Meter] = there[c.Meter] || c.ValidFrom < end.Unix()
	}
	return slices.DeleteFunc(slices.Clone(cards), func(c interval.Card) bool { return !there[c.Meter] })
}
