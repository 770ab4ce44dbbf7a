package interval

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHourly(t *testing.T) {
	const live, estimated = Flags(Live), Flags(Estimated)
	hour := func(start int64, si, cov float64, flags Flags) Record {
		r := at(start, 3600, si, flags, 0)
		r.Cov = cov
		return r
	}
	for name, c := range map[string]struct{ in, want []Record }{
		"what an hour holds is its sum": {
			[]Record{at(0, 600, 1, live, 0), at(600, 600, 2, live, 0), at(3600, 3600, 6, live, 0)},
			[]Record{hour(0, 3, 2./6, live), hour(3600, 6, 1, live)}},
		"a longer interval is shared out, and says so": {
			[]Record{at(1800, 7200, 8, live, 0)},
			[]Record{hour(0, 2, 0.5, live|Spread), hour(3600, 4, 1, live|Spread), hour(7200, 2, 0.5, live|Spread)}},
		"an estimate stays out, and says so": {
			[]Record{at(0, 600, 1, live, 0), at(600, 600, 2, estimated, 0), at(3600, 600, 3, estimated, 0)},
			[]Record{hour(0, 1, 1./6, live|LeftOut), hour(3600, math.NaN(), 0, estimated|LeftOut)}},
		"the lowest origin is that of the hour": {
			[]Record{at(0, 600, 1, live|Reset, 0), at(600, 600, 2, Flags(Imported)|Simulated, 0)},
			[]Record{hour(0, 3, 2./6, Flags(Imported)|Reset|Simulated)}},
		"of a gap there is nothing": {[]Record{at(0, 600, math.NaN(), live, 0)}, nil},
		"what began before the range counts within it": {
			[]Record{at(-1800, 3600, 4, live, 0)},
			[]Record{hour(0, 2, 0.5, live)}},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range c.want {
				c.want[i].Cov = significant(c.want[i].Cov, valueDigits)
			}
			if got := Hourly(c.in, 0, 10*3600); !slices.EqualFunc(got, c.want, Record.Same) {
				t.Errorf("got\n%s\nwant\n%s", lines(got), lines(c.want))
			}
		})
	}
}

// Hours are their own hours, so that a copy of them gives what they give.
func TestHoursOfHoursAreTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, kind := range []Kind{ElectricEnergy, SupplyTemperature} {
		var recs []Record
		for start := int64(0); start < 30*86400; start += 600 {
			r := at(start, 600, 300+random.NormFloat64(), Flags(random.IntN(4)), 0)
			r.Kind, r.U, r.Cov = kind, random.Float64(), float64(1+random.IntN(10))/10
			recs = append(recs, r)
		}
		hours := Hourly(recs, 0, 30*86400)
		if again := Hourly(hours, 0, 30*86400); len(hours) != 720 || !slices.EqualFunc(again, hours, Record.Same) {
			t.Errorf("%s: %d hours became others", kind, len(hours))
		}
	}
}
