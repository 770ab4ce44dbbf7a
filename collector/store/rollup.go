package store

import (
	"math"
	"slices"
	"time"

	"thermie/interval"
)

// secondsPerHour is the span of one record of a roll-up.
const secondsPerHour = 3600

// cell is one UTC hour of one kind at one meter.
type cell struct {
	sum       float64 // of an extensive kind; value times seconds of an intensive one
	seconds   float64 // for which sum accounts
	variance  float64 // of sum, random part
	low, high float64
	flags     interval.Flags
	any       bool
}

// hourly sums merged records of one meter and kind up by UTC hour, in the
// range. What was estimated stays out, as it does of a balance (heat, B8),
// and so does a kind of which nobody knows whether it adds up. An hour of
// which nothing is known has no record.
func hourly(recs []interval.Record, wanted span) (hours []interval.Record) {
	if len(recs) == 0 {
		return nil
	}
	nature, known := recs[0].Kind.Nature()
	if !known {
		return nil
	}
	var c cell
	at := int64(math.MinInt64)
	closeHour := func() {
		if c.any && (nature.Extensive || c.seconds > 0) {
			hours = append(hours, c.record(&recs[0], at, nature.Extensive))
		}
		c = cell{}
	}
	for i := range recs {
		r := &recs[i]
		if r.Gap() || r.Length <= 0 || r.Flags.Origin() == interval.Estimated || !(r.Cov >= 0 && r.Cov <= 1) || math.IsInf(r.SI, 0) {
			continue
		}
		for from, end := max(r.Start, wanted.from), min(r.End(), wanted.to); from < end; {
			hour := from - from%secondsPerHour
			next := min(end, hour+secondsPerHour)
			if hour != at {
				closeHour()
				at = hour
			}
			c.add(r, float64(next-from), nature.Extensive)
			from = next
		}
	}
	closeHour()
	return hours
}

// add enters the part of r that lies within the hour. Parts of one record
// are correlated; so shared out, its variance is whole again in the sum.
func (c *cell) add(r *interval.Record, seconds float64, extensive bool) {
	share, seen := seconds/float64(r.Length), seconds*r.Cov
	random := r.U
	if math.IsNaN(random) || math.IsInf(random, 0) {
		random = 0
	}
	low, high := r.Min, r.Max
	if math.IsNaN(low) || math.IsNaN(high) {
		low, high = r.SI, r.SI
	}
	if !c.any {
		*c = cell{low: low, high: high, flags: r.Flags, any: true}
	}
	if extensive {
		c.sum += r.SI * share
		c.variance += random * random * share
	} else {
		c.sum += r.SI * seen
		c.variance += random * random * seen * seen
	}
	c.seconds += seen
	c.low, c.high = min(c.low, low), max(c.high, high)
	c.flags = (c.flags | r.Flags).With(min(c.flags.Origin(), r.Flags.Origin()))
}

// Significant digits of a roll-up: enough that no sum of a year shows the
// rounding, few enough that the noise of floating point does not fill the
// disk. An uncertainty is never known to more than two.
const (
	valueDigits       = 12
	uncertaintyDigits = 4
)

// record closes the hour.
func (c *cell) record(of *interval.Record, hour int64, extensive bool) interval.Record {
	r := interval.Record{Site: of.Site, Meter: of.Meter, Kind: of.Kind, Start: hour, Length: secondsPerHour,
		Cov: roundTo(min(1, c.seconds/secondsPerHour), valueDigits), Min: math.NaN(), Max: math.NaN(), Flags: c.flags}
	if extensive {
		r.SI, r.U = roundTo(c.sum, valueDigits), roundTo(math.Sqrt(c.variance), uncertaintyDigits)
		return r
	}
	r.SI = roundTo(c.sum/c.seconds, valueDigits)
	r.U = roundTo(math.Sqrt(c.variance)/c.seconds, uncertaintyDigits)
	r.Min, r.Max = c.low, c.high
	return r
}

// roundTo keeps the given number of significant decimal digits.
func roundTo(x float64, digits int) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	exponent := digits - 1 - int(math.Floor(math.Log10(math.Abs(x))))
	if exponent < minExponent || exponent > maxExponent {
		return x
	}
	return unscale(scale(x, exponent), exponent)
}

// monthOf returns the UTC month of a Unix second, in months since 1970.
func monthOf(second int64) int64 {
	t := time.Unix(second, 0).UTC()
	return int64(t.Year()-1970)*12 + int64(t.Month()) - 1
}

// monthSpan returns the seconds of a month.
func monthSpan(month int64) span {
	from := time.Date(1970, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
	return span{from.Unix(), from.AddDate(0, 1, 0).Unix()}
}

// rollupID is the row of a month of a profile.
func rollupID(profile, month int64) int64 { return profile<<16 | month }

// HoursOf is Store.Hours of what Records returned, for a store that keeps no
// roll-ups. What began before from and reaches into it must be among recs.
func HoursOf(recs []interval.Record, from, to time.Time, kinds ...interval.Kind) []interval.Record {
	return hoursOf(recs, hourSpan(from, to), kinds)
}

// hoursOf rolls merged records of one site, sorted by meter, kind and start,
// up to the hours of the wanted kinds.
func hoursOf(recs []interval.Record, wanted span, kinds []interval.Kind) (hours []interval.Record) {
	for len(recs) > 0 {
		n := 1
		for n < len(recs) && recs[n].Meter == recs[0].Meter && recs[n].Kind == recs[0].Kind {
			n++
		}
		if len(kinds) == 0 || slices.Contains(kinds, recs[0].Kind) {
			hours = append(hours, hourly(recs[:n], wanted)...)
		}
		recs = recs[n:]
	}
	return hours
}
