package heat

import (
	"errors"
	"fmt"
	"time"

	"thermie/interval"
)

// caseSeries are the inputs that are a site's hourly series: "it 100 kW for
// 24 h", or "it missing for 4 h". Lines of one name follow each other.
var caseSeries = map[string]struct {
	role interval.Role
	kind interval.Kind
}{
	"it":          {interval.RoleIT, interval.ElectricPower},
	"total":       {interval.RoleTotal, interval.ElectricPower},
	"cooling":     {interval.RoleCooling, interval.ElectricPower},
	"heat meter":  {interval.RoleHeat, interval.ThermalPower},
	"handed over": {interval.RoleHandover, interval.ThermalPower},
}

// stretch is a span of hours of one series; a gap when it is missing.
type stretch struct {
	name    string
	power   float64
	hours   int
	missing bool
}

// stretch takes a line of a series; handled is false for any other line.
func (w *worked) stretch(fields []string) (handled bool, err error) {
	head, span := cutAt(fields, "for")
	if span == nil {
		return false, nil
	}
	head, gap := cutAt(head, "missing")
	name, value := splitName(head)
	if _, known := caseSeries[name]; !known {
		return true, fmt.Errorf("%q is no series: say it, total, cooling, heat meter or handed over", name)
	}
	seconds, err := parseValue(span, dimTimeSpan)
	if err != nil {
		return true, err
	}
	s := stretch{name: name, hours: int(seconds/3600 + 0.5), missing: gap != nil}
	if s.hours < 1 || w.hours+s.hours > mostCaseHours {
		return true, fmt.Errorf("%s for %d h: give 1 hour and more, %d in all the series of a case", name, s.hours, mostCaseHours)
	}
	w.hours += s.hours
	if !s.missing {
		if s.power, err = parseValue(value, dimPower); err != nil {
			return true, err
		}
	}
	w.series = append(w.series, s)
	return true, nil
}

// mostCaseHours bounds the hours of all series of a case: five series of a
// year.
const mostCaseHours = 5 * 8784

// caseStart is a first of January, so that 8,760 hours are a year.
var caseStart = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)

// balance forms the balance of the series, once for all that a case expects
// between two inputs.
func (w *worked) balance() (*Balance, error) {
	if len(w.series) == 0 {
		return nil, errors.New("needs a series such as `it 100 kW for 24 h`")
	}
	if w.formed != nil {
		return w.formed, nil
	}
	d := SiteData{ID: "case", Site: interval.Site{Tap: w.words["tap"]}}
	d.Site.RatedITKW = w.values["it rated"] / 1e3
	d.Site.TotalKWh = w.values["declared total"] / 3.6e6
	d.Site.PUE = w.values["pue assumed"]
	at := map[string]int{}
	hours := 0
	for _, s := range w.series {
		if at[s.name] == 0 {
			d.Cards = append(d.Cards, w.card(s.name))
		}
		if !s.missing {
			d.Records = append(d.Records, s.records(at[s.name])...)
		}
		at[s.name] += s.hours
		hours = max(hours, at[s.name])
	}
	w.weather(&d, hours)
	d.Site.Cooling, d.Site.Hall = w.coolingPlant(), w.airHall()
	b, err := NewBalance(d, Period{caseStart, caseStart.Add(time.Duration(hours) * time.Hour)})
	w.formed = b
	return b, err
}

// card describes a series with the case's class or accuracy.
func (w *worked) card(name string) interval.Card {
	p := &interval.Point{Role: caseSeries[name].role, Class: w.words["class"]}
	if u, stated := w.values["accuracy"]; stated {
		pct := 100 * u
		p.DeclaredPct = &pct
	}
	return interval.Card{Meter: caseMeter(name), Point: p}
}

// records returns the stretch's hours from the given one on.
func (s stretch) records(first int) []interval.Record {
	records := make([]interval.Record, s.hours)
	for i := range records {
		records[i] = interval.Record{
			Meter: caseMeter(s.name), Kind: caseSeries[s.name].kind,
			Start: caseStart.Unix() + int64(first+i)*3600, Length: 3600, SI: s.power * 3600, Cov: 1,
			Flags: interval.Flags(0).With(interval.Imported),
		}
	}
	return records
}

// caseMeter names the point of a series.
func caseMeter(name string) string { return string(caseSeries[name].role) }

var errUnknown = errors.New("is not known from these inputs")

func balanced(part func(*Balance) Quantity) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		b, err := w.balance()
		if err != nil {
			return 0, err
		}
		q := part(b)
		if !q.Known {
			return 0, errUnknown
		}
		return q.Value, nil
	}
}

// expanded turns a quantity into its expanded uncertainty (k=2).
func expanded(q Quantity) Quantity { q.Value = 2 * q.U; return q }

func (w *worked) estimate() (*Estimate, error) {
	b, err := w.balance()
	if err != nil {
		return nil, err
	}
	e, err := b.Estimate()
	if err == nil && !e.Recoverable.Known {
		err = errUnknown
	}
	return e, err
}

func estimated(part func(*Estimate) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		e, err := w.estimate()
		if err != nil {
			return 0, err
		}
		return part(e), nil
	}
}

// firm is what may be counted on of a site's heat.
func firm(part func(Firm) float64) func(*worked) (float64, error) {
	return estimated(func(e *Estimate) float64 { return part(NewFirm(e.Power(), caseStart)) })
}

// offered is what a network may take of a site's heat over the case's hours.
func (w *worked) offered() (float64, error) {
	e, err := w.estimate()
	if err != nil {
		return 0, err
	}
	var sum interval.Energy
	for _, p := range w.formed.Offer(e, "case").Heat {
		if finite(float64(p)) {
			sum += p.For(hour)
		}
	}
	return float64(sum), nil
}
