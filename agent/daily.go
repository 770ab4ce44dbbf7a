package agent

import (
	"fmt"
	"math"
	"time"

	"thermie/configs"
	"thermie/heat"
	"thermie/interval"
)

// Where a point says both what a counter has counted and what power flowed,
// the two are compared for each day of the site's standard time: a wrong
// scale, word order or transformer ratio shows there, and nowhere else.

// countedBy are the powers whose energy a counter of the same point counts.
var countedBy = map[interval.Kind]interval.Kind{
	interval.ElectricPower: interval.ElectricEnergy,
	interval.ThermalPower:  interval.ThermalEnergy,
}

const (
	wellCovered = 0.99           // the least coverage of an interval that is compared
	enough      = 20 * time.Hour // the least of a day
)

// assumedAccuracy is the relative standard uncertainty of a meter of which
// the configuration says nothing: about that of a heat meter of class 2 at
// work, more than that of an electricity meter of class 2 (0.02/√3).
const assumedAccuracy = 0.02

// atWork is where a heat meter of unknown flow and temperatures is taken to
// work: at a fifth of its nominal flow, with the 6 K of chilled water. A
// point that works with less is told of too often rather than never.
func atWork(p interval.Point) heat.Conditions {
	return heat.Conditions{
		Flow:   interval.VolumeFlow(p.NominalM3H) * interval.CubicMetrePerHour / 5,
		Supply: interval.Celsius(18), Return: interval.Celsius(12),
	}
}

// daily compares what the points of a site count and what they measure.
type daily struct {
	site     string
	offset   time.Duration // of the site's standard time
	accuracy map[string]float64
	points   map[interval.Series]*comparison // by the counter's series
}

// comparison is a day of one counter and of the power beside it.
type comparison struct {
	day                 int64 // days since 1970 in the site's time
	counted, integrated tally
	waiting             [2]interval.Record // the latest of counter and power, if the other's has not come yet
	last                int64              // start of the latest interval that was compared
}

// tally adds up one side of a day.
type tally struct {
	si, variance float64
	length       time.Duration
}

func newDaily(cfg *configs.Agent) *daily {
	d := &daily{site: cfg.Site.ID, offset: time.Duration(cfg.Site.UTCOffsetMin) * time.Minute,
		accuracy: map[string]float64{}, points: map[interval.Series]*comparison{}}
	for _, p := range cfg.Points {
		d.accuracy[p.ID] = assumedAccuracy
		if a, err := heat.AccuracyOf(p.Point); err == nil {
			d.accuracy[p.ID] = a.Relative(atWork(p.Point))
		}
	}
	return d
}

// forget drops the days that have begun.
func (d *daily) forget() { clear(d.points) }

// take adds a record; differs says that a day is over in which the two are
// further apart than their uncertainties explain.
func (d *daily) take(r interval.Record) (e interval.Event, differs bool) {
	name, side := interval.Series{Meter: r.Meter, Kind: r.Kind}, 0
	if counter, isPower := countedBy[r.Kind]; isPower {
		name.Kind, side = counter, 1
	} else if !countsEnergy(r.Kind) {
		return e, false
	}
	c := d.points[name]
	if c == nil {
		c = &comparison{}
		d.points[name] = c
	}
	if day := (r.Start + int64(d.offset/time.Second)) / 86400; day > c.day {
		e, differs = d.judge(name, c)
		*c = comparison{day: day, last: c.last}
	}
	c.take(r, side)
	return e, differs
}

// take adds a record to its side when both sides have one of the interval
// that is well covered. Records come in the order of time on each side.
func (c *comparison) take(r interval.Record, side int) {
	if r.Gap() || r.Cov < wellCovered || r.Start <= c.last {
		return
	}
	c.waiting[side] = r
	counted, power := c.waiting[0], c.waiting[1]
	if counted.Start == power.Start && counted.Length == power.Length {
		c.counted.add(counted)
		c.integrated.add(power)
		c.waiting, c.last = [2]interval.Record{}, counted.Start
	}
}

func (t *tally) add(r interval.Record) {
	t.si += r.SI
	t.variance += r.U * r.U
	t.length += time.Duration(r.Length) * time.Second
}

// judge compares a day that is over. The two come from one meter, so that its
// class bounds each of them; k=2.
func (d *daily) judge(name interval.Series, c *comparison) (e interval.Event, differs bool) {
	if c.counted.length < enough {
		return e, false
	}
	of := d.accuracy[name.Meter] * max(math.Abs(c.counted.si), math.Abs(c.integrated.si))
	most := 2 * math.Sqrt(c.counted.variance+c.integrated.variance+2*of*of)
	difference := c.counted.si - c.integrated.si
	if math.Abs(difference) <= most {
		return e, false
	}
	day := time.Unix(c.day*86400, 0).UTC()
	const kWh = 3.6e6
	return interval.Event{Site: d.site, Meter: name.Meter, What: "mismatch", At: day.Add(24*time.Hour - d.offset).Unix(),
		Text: fmt.Sprintf("%s: on %s the counter counted %.4g kWh in %s, the power gives %.4g kWh; a difference above %.2g kWh has another cause than their uncertainties: a scale, a transformer's ratio, the order of words",
			name.Kind, day.Format(time.DateOnly), c.counted.si/kWh, c.counted.length, c.integrated.si/kWh, most/kWh)}, true
}
