package interval

import (
	"math"
	"slices"
)

// Hourly sums merged records of one site, sorted by meter, kind and start, up
// by UTC hour: the hours that begin at from <= Start < to, both rounded up to
// whole hours, of the given kinds or of all whose nature is known. What began
// before from and reaches into the range must be among recs.
//
// What was estimated stays out, as it does of a balance (heat, B8), and an
// hour of which nothing else is known is a gap that says so (LeftOut). Of any
// other unknown hour there is no record. Hours summed up again are the same.
func Hourly(recs []Record, from, to int64, kinds ...Kind) (hours []Record) {
	from, to = from+mod(-from, secondsPerHour), to+mod(-to, secondsPerHour)
	hours = make([]Record, 0, countHours(recs, from, to))
	for len(recs) > 0 {
		n := 1
		for n < len(recs) && recs[n].Meter == recs[0].Meter && recs[n].Kind == recs[0].Kind {
			n++
		}
		if nature, known := recs[0].Kind.Nature(); known && (len(kinds) == 0 || slices.Contains(kinds, recs[0].Kind)) {
			hours = appendHours(hours, recs[:n], from, to, nature.Extensive)
		}
		recs = recs[n:]
	}
	return hours
}

const secondsPerHour = 3600

// countHours bounds how many hours the records touch.
func countHours(recs []Record, from, to int64) (n int) {
	last := int64(math.MinInt64)
	for i := range recs {
		r := &recs[i]
		start, end := max(r.Start, from), min(r.End(), to)
		if start >= end {
			continue
		}
		if hour := start - mod(start, secondsPerHour); hour != last {
			n, last = n+1, hour
		}
		n += int((end - last - 1) / secondsPerHour)
	}
	return n
}

// hour is one UTC hour of one kind at one meter.
type hour struct {
	sum       float64 // of an extensive kind; value times seconds of an intensive one
	seconds   float64 // for which sum accounts
	variance  float64 // of sum, random part
	low, high float64
	flags     Flags
	any       bool // something is known
	estimated bool // something was estimated
}

// appendHours appends the hours of one meter and kind.
func appendHours(hours, recs []Record, from, to int64, extensive bool) []Record {
	var h hour
	at := int64(math.MinInt64)
	for i := range recs {
		r := &recs[i]
		estimated := r.Flags.Origin() == Estimated && !r.Gap() || r.Flags.Has(LeftOut)
		if !estimated && !r.counts() {
			continue
		}
		for start, end := max(r.Start, from), min(r.End(), to); start < end; {
			begin := start - mod(start, secondsPerHour)
			next := min(end, begin+secondsPerHour)
			if begin != at {
				hours = h.close(hours, &recs[0], at, extensive)
				h, at = hour{}, begin
			}
			h.estimated = h.estimated || estimated
			if r.counts() {
				h.add(r, float64(next-start), extensive)
			}
			start = next
		}
	}
	return h.close(hours, &recs[0], at, extensive)
}

// counts reports whether r enters sums.
func (r *Record) counts() bool {
	return !r.Gap() && r.Length > 0 && r.Flags.Origin() != Estimated && r.Cov >= 0 && r.Cov <= 1 && !math.IsInf(r.SI, 0)
}

// add enters the part of r that lies within the hour. Parts of one record
// are correlated; so shared out, its variance is whole again in the sum.
func (h *hour) add(r *Record, seconds float64, extensive bool) {
	share, seen := seconds/float64(r.Length), seconds*r.Cov
	random := r.U
	if math.IsNaN(random) || math.IsInf(random, 0) {
		random = 0
	}
	low, high := r.Min, r.Max
	if math.IsNaN(low) || math.IsNaN(high) {
		low, high = r.SI, r.SI
	}
	if !h.any {
		h.low, h.high, h.flags, h.any = low, high, r.Flags, true
	}
	if extensive {
		h.sum += r.SI * share
		h.variance += random * random * share
	} else {
		h.sum += r.SI * seen
		h.variance += random * random * seen * seen
	}
	h.seconds += seen
	h.low, h.high = min(h.low, low), max(h.high, high)
	h.flags = (h.flags | r.Flags).With(min(h.flags.Origin(), r.Flags.Origin()))
	if r.Length > secondsPerHour {
		h.flags |= Spread
	}
}

// Significant digits of an hour: enough that no sum of a year shows the
// rounding, few enough that the noise of floating point does not fill the
// disk. An uncertainty is never known to more than two.
const (
	valueDigits       = 12
	uncertaintyDigits = 4
)

// close appends the hour, if it says anything.
func (h *hour) close(hours []Record, of *Record, start int64, extensive bool) []Record {
	r := Record{Site: of.Site, Meter: of.Meter, Kind: of.Kind, Start: start, Length: secondsPerHour,
		SI: math.NaN(), Min: math.NaN(), Max: math.NaN(), Flags: h.flags}
	if h.estimated {
		r.Flags |= LeftOut
	}
	switch {
	case h.any && extensive:
		r.SI, r.U = significant(h.sum, valueDigits), significant(math.Sqrt(h.variance), uncertaintyDigits)
	case h.any && h.seconds > 0:
		r.SI = significant(h.sum/h.seconds, valueDigits)
		r.U = significant(math.Sqrt(h.variance)/h.seconds, uncertaintyDigits)
		r.Min, r.Max = h.low, h.high
	case h.estimated:
		r.Flags = LeftOut.With(Estimated)
		return append(hours, r)
	default:
		return hours
	}
	r.Cov = significant(min(1, h.seconds/secondsPerHour), valueDigits)
	return append(hours, r)
}
