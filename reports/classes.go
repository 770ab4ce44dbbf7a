package reports

import (
	"math"
	"time"

	"thermie/heat"
	"thermie/interval"
)

// Class is a class of the temperature at which heat is rejected
// (factors/classes.yaml).
type Class struct {
	ID     string  `yaml:"id"`      // key of the words, chapter "classes"
	BelowC float64 `yaml:"below_c"` // 0 for the hottest, which has no bound
	Since  string  `yaml:"since"`   // 2006-01-02
	Source string  `yaml:"source"`
	Status Status  `yaml:"status"`
}

// allClasses reads factors/classes.yaml once.
var allClasses = OnceFromFile[[]Class]("classes.yaml")

// Classes are those of a reporting year, from cold to hot.
type Classes []Class

// ClassesOf returns the classes that hold at the end of a year. The table is
// embedded: a fault in it is one of the program, which the tests find.
func ClassesOf(year int) Classes {
	all, err := allClasses()
	if err != nil {
		panic(err)
	}
	return inForce(all, time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC), func(c Class) (id, since string) { return "", c.Since })
}

// unclassed is the class of the hours of which no temperature is known.
const unclassed = "unknown"

// ids are the classes from cold to hot, and the unclassed hours.
func (all Classes) ids() []string {
	ids := make([]string, 0, len(all)+1)
	for _, c := range all {
		ids = append(ids, c.ID)
	}
	return append(ids, unclassed)
}

// of returns the index of a temperature's class, the last for none. To a tenth
// of a degree, so that a set-point on a limit falls on one side.
func (all Classes) of(t interval.Temperature) int {
	tenths := math.Round(t.Celsius() * 10)
	for i, c := range all {
		if tenths < c.BelowC*10 || c.BelowC == 0 && !math.IsNaN(tenths) {
			return i
		}
	}
	return len(all)
}

// Name is a class in words, with its bounds.
func (all Classes) Name(w *Words, id string) string {
	from, text := math.Inf(-1), Draft{Words: w}
	for _, c := range all {
		if c.ID == id {
			return w.T("classes."+id, "from", text.Digits(from), "below", text.Digits(c.BelowC))
		}
		from = c.BelowC
	}
	return w.T("classes." + id)
}

// ByClass is an energy by the class of the hours in which it flowed, J. Of
// all heats the class is that of the source: the temperature at the tap, as
// measured, stated by the site or assumed for its tap.
type ByClass []float64

// add adds up an energy over the hours.
func (all Classes) add(hours []heat.HeatHour, energy func(h int) interval.Energy) ByClass {
	sums := make(ByClass, len(all)+1)
	for h := range hours {
		if e := float64(energy(h)); !math.IsNaN(e) {
			sums[all.of(hours[h].Supply)] += e
		}
	}
	return sums
}

// classify adds up what the site rejects and hands over while the balance
// still has its hours.
func (r *SiteResult) classify() {
	hours, classes := r.Estimate.Hours, ClassesOf(r.Year)
	r.RejectedByClass = classes.add(hours, func(h int) interval.Energy { return hours[h].Heat })
	r.HandedOverByClass = classes.add(hours, func(h int) interval.Energy { return r.Balance.Hours[h].HandedOver.Energy })
}

// byClass adds up a series of the site's match with a network; nothing where
// nothing was computed.
func (r *SiteResult) byClass(series []interval.Power) ByClass {
	return ClassesOf(r.Year).add(r.Estimate.Hours[:len(series)], func(h int) interval.Energy { return series[h].For(time.Hour) })
}
