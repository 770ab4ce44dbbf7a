package press

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// unknown is one operator's amount that a reader would like to know: a heat
// of a year, or of a slice of it (a month, a class of temperature, a point of
// a trajectory), in MWh.
type unknown struct{ site, heat, slice string }

func (u unknown) String() string { return u.heat + " " + u.slice + " of " + u.site }

// equation is what one printed number, or a law of physics, says of unknowns:
// low ≤ Σ by·unknown ≤ high.
type equation struct {
	says      string // where it is printed
	by        map[unknown]float64
	low, high float64
}

// system is all that can be said of the unknowns by who has read the whole
// dossier and knows who has a site where.
type system struct {
	truth     map[unknown]float64
	known     map[unknown]bool // published by their operators
	order     []unknown
	equations []equation
	sums      []float64         // of the equations, in truth
	of        map[unknown][]int // the equations that an unknown is in
}

// world is another truth: by how much each unknown differs from ours.
type world map[unknown]float64

// grams is how far sums of decimal fractions stray, MWh.
const grams = 1e-6

// learn adds an equation. Nobody learns anything from one without unknowns.
func (s *system) learn(e equation) {
	if len(e.by) == 0 {
		return
	}
	sum := 0.0
	for u, by := range e.by {
		sum += by * s.truth[u]
		s.of[u] = append(s.of[u], len(s.equations))
	}
	s.equations, s.sums = append(s.equations, e), append(s.sums, sum)
}

// holds checks by addition alone that nobody who reads the dossier could tell
// another truth from ours.
func (s *system) holds(w world) bool {
	moved := map[int]float64{}
	for u, by := range w {
		if by != 0 && s.known[u] || s.truth[u]+by < -grams {
			return false
		}
		for _, i := range s.of[u] {
			moved[i] += by * s.equations[i].by[u]
		}
	}
	for i, by := range moved {
		if sum := s.sums[i] + by; sum < s.equations[i].low-grams || sum > s.equations[i].high+grams {
			return false
		}
	}
	return true
}

// untrue are the equations that our own truth contradicts: the test has then
// read a number wrongly, and proves nothing.
func (s *system) untrue() (all []string) {
	for i, e := range s.equations {
		if s.sums[i] < e.low-grams || s.sums[i] > e.high+grams {
			all = append(all, fmt.Sprintf("%s: %.6g is not within [%.6g, %.6g]", e.says, s.sums[i], e.low, e.high))
		}
	}
	return all
}

// unknowns are all of them, in order, once the truth is told.
func (s *system) unknowns() []unknown {
	if s.order == nil {
		s.order = slices.SortedFunc(maps.Keys(s.truth), func(a, b unknown) int {
			return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.heat, b.heat), cmp.Compare(a.slice, b.slice))
		})
	}
	return s.order
}

// program is the linear program of truths in which the amounts of some sites
// alone differ from ours.
func (s *system) program(among []string) *program {
	p := &program{column: map[unknown]int{}}
	for _, u := range s.unknowns() {
		if slices.Contains(among, u.site) && !s.known[u] {
			p.column[u] = p.variable(-s.truth[u], math.Inf(1))
		}
	}
	for i, e := range s.equations {
		terms := map[int]float64{}
		for u, by := range e.by {
			if at, free := p.column[u]; free {
				terms[at] += by
			}
		}
		if len(terms) > 0 {
			p.row(terms, math.Min(0, e.low-s.sums[i]), math.Max(0, e.high-s.sums[i]))
		}
	}
	return p
}
