package interval

import "math"

// window gathers what is known of one interval.
type window struct {
	Start    int64   `json:"start"`         // Unix s
	Seen     int64   `json:"seen,omitzero"` // ns that are accounted for
	Sum      float64 `json:"sum,omitzero"`  // the integral over Seen, in SI (times seconds for an intensive kind)
	Variance float64 `json:"var,omitzero"`  // of Sum
	Min      float64 `json:"min,omitzero"`  // of the rates; without meaning while Seen is 0
	Max      float64 `json:"max,omitzero"`
	Flags    Flags   `json:"flags,omitzero"`
	Rev      int32   `json:"rev,omitzero"`     // of the next record
	Changed  bool    `json:"changed,omitzero"` // since it was handed out
}

// fits reports whether the window may be one of an interval of length s.
func (w *window) fits(length int64) bool {
	return w.Seen >= 0 && w.Seen <= length*second && w.Start >= 0 && w.Start%length == 0
}

// add counts a part, of some ns, of a stretch.
//
// The uncertainty is that of sampling: between two readings the quantity may
// have changed at any moment, so a part's rate may be off by anything within
// the stretch's doubt, evenly distributed (standard deviation: width/√12,
// JCGM 100:2008, 4.3.7). Parts of different stretches are independent. Where
// the whole stretch is certain, as between two readings of a counter, a part
// of share w in it can only lose to the rest: its doubt shrinks by 1−w.
func (w *window) add(t stretch, part int64) {
	seconds := float64(part) / float64(second)
	doubt := t.doubt * seconds
	if t.fixed {
		doubt *= 1 - float64(part)/float64(t.to-t.from)
	}
	w.Sum += t.rate * seconds
	w.Variance += doubt * doubt / 12
	if w.Seen == 0 || t.rate < w.Min {
		w.Min = t.rate
	}
	if w.Seen == 0 || t.rate > w.Max {
		w.Max = t.rate
	}
	w.Seen += part
	w.Flags |= t.flags
	w.Changed = true
}

// blank is the record of an interval of which nothing is known.
func (s *series) blank(start int64) Record {
	return Record{
		Site: s.site, Meter: s.Meter, Kind: s.Kind, Start: start, Length: int32(s.length),
		SI: math.NaN(), Min: math.NaN(), Max: math.NaN(),
	}
}

// record says what is known of the open interval by now, rounded; carry is
// what the rounding keeps back for the next one.
func (s *series) record() (r Record, carry float64) {
	w := &s.open
	r = s.blank(w.Start)
	r.Flags = s.flags | w.Flags
	r.Rev = w.Rev
	if w.Seen == 0 {
		return r, s.carry
	}
	r.Cov = coverage(w.Seen, s.length*second)
	if s.nature.Extensive {
		step := s.register.step(s.last.SI)
		u := math.Sqrt(w.Variance + step*step/6)
		if w.Sum != 0 {
			u = math.Hypot(u, s.carry) // it gives out what others kept back
		}
		grain := grainOf(u, w.Sum)
		r.SI, carry = grain.carry(w.Sum, s.carry)
		r.U = grain.round(u)
		return r, carry
	}
	seconds := float64(w.Seen) / float64(second)
	mean, u := w.Sum/seconds, math.Sqrt(w.Variance)/seconds
	grain := grainOf(u, mean)
	r.SI, r.U, r.Min, r.Max = grain.round(mean), grain.round(u), grain.round(w.Min), grain.round(w.Max)
	return r, s.carry
}
