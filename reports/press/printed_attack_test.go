package press

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"thermie/reports"
	"thermie/reports/document"
	"thermie/reports/pcaet"
)

// One, two, three and forty operators, one of which holds 90 % or none does:
// from what the public dossier prints, read back from the workbook, nobody
// can reckon what an operator rejects, gives or consumes more closely than
// the rules allow. The search shares nothing with the one that protects.
func TestNoSearchOfThePrintedDossierRecoversAnOperator(t *testing.T) {
	for _, w := range []town{
		{operators: 1}, {operators: 2}, {operators: 3}, {operators: 40},
		{operators: 2, share: 0.9}, {operators: 3, share: 0.9}, {operators: 40, share: 0.9},
		{operators: 3, silent: true}, {operators: 5, silent: true},
		{operators: 2, meters: true}, {operators: 3, meters: true, silent: true}, {operators: 12, meters: true},
		{operators: 12, extended: true, silent: true},
	} {
		t.Run(fmt.Sprintf("%d operators, %.0f %%, silent %v, meters %v, extended %v", w.operators, w.share*100, w.silent, w.meters, w.extended), func(t *testing.T) {
			r, printed := w.read(t)
			if w.operators > 3 && printed < 50 {
				t.Errorf("only %d numbers are left to read", printed)
			}
			leaks, proofs := r.attack()
			t.Logf("%d printed equations, %d amounts defended", printed, proofs)
			for _, l := range leaks {
				t.Error(l)
			}
		})
	}
}

// The search finds what there is to find: one sum of two operators too many,
// and each knows the other.
func TestTheSearchFindsAnOperator(t *testing.T) {
	r, _ := town{operators: 3, silent: true}.read(t)
	first, second := unknown{"hall-000", "gisement", ""}, unknown{"hall-001", "gisement", ""}
	sum := r.truth[first] + r.truth[second]
	r.learn(equation{says: "a sum of two", by: map[unknown]float64{first: 1, second: 1}, low: sum, high: sum})
	leaks, _ := r.attack()
	for _, want := range []leak{{"hall-000", second, r.truth[second], true}, {"hall-001", first, r.truth[first], false}} {
		if !slices.ContainsFunc(leaks, func(l leak) bool {
			return l.attacker == want.attacker && l.of == want.of && l.up == want.up && math.Abs(l.end-want.end) < 1
		}) {
			t.Errorf("not found: %s; found: %v", want, leaks)
		}
	}
}

// read prints the town's dossier for the public and reads it back.
func (w town) read(t *testing.T) (r *reader, printed int) {
	t.Helper()
	public, err := pcaet.Write(w.dossier(t, "public", "", bunker))
	if err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	if err := document.WriteXLSX(&book, public.Document()); err != nil {
		t.Fatal(err)
	}
	r = &reader{system: truth(t, w), town: w, told: map[float64]bool{}}
	r.physics()
	r.followed()
	before := len(r.equations)
	for _, strange := range r.learnAll(numbers(t, &book)) {
		t.Errorf("nobody told the reader what %s = %v %s means", strange, strange.value, strange.is)
	}
	for _, fault := range r.untrue() {
		t.Errorf("the test reads wrongly: %s", fault)
	}
	if t.Failed() {
		t.FailNow()
	}
	return r, len(r.equations) - before
}

// truth are the amounts of the town's operators, as the edition for the
// authority computes them.
func truth(t *testing.T, w town) *system {
	t.Helper()
	whole, err := pcaet.Write(w.dossier(t, "authority", ""))
	if err != nil {
		t.Fatal(err)
	}
	s := &system{truth: map[unknown]float64{}, known: map[unknown]bool{}, of: map[unknown][]int{}}
	for _, f := range reports.FiguresOf(whole.Document().Blocks) {
		for _, p := range f.Figure.Guard.Parts {
			if f.Figure.Unit != "MWh" {
				continue // the same figure once more
			}
			u := unknownOf(p)
			s.truth[u] = p.Value
			s.known[u] = !w.silent && p.Site == "hall-001" && slices.Contains(openHeats, u.heat) ||
				p.Leaf == "captee/"+p.Site || p.Leaf == "livree/"+p.Site // of a site out of reach: nothing
		}
	}
	return s
}

// openHeats are what the second operator publishes for a year. Who reads that
// knows its months too, for the load is flat, and with the printed hypotheses
// what it will be.
var openHeats = []string{"gisement", "captee", "livree", "electricite", "valorisee"}

// unknownOf reads the name of a leaf: captee-trend-2030/hall-000→marais, or
// gisement/hall-000/monthly/m01.
func unknownOf(p document.Part) unknown {
	name := strings.Split(p.Leaf, "/")
	heat, point, _ := strings.Cut(name[0], "-")
	slice := point
	if p.Whole != "" {
		slice = name[len(name)-1]
	}
	return unknown{p.Site, heat, slice}
}

// physics is what everybody knows of the heats of one site, in its year and in
// each month and class of temperature.
func (s *system) physics() {
	for u := range s.truth {
		of := func(heat string) unknown { return unknown{u.site, heat, u.slice} }
		if u.slice == "" && slices.Contains([]string{"gisement", "captee", "livree", "valorisee"}, u.heat) {
			s.whole(u)
		}
		switch u.heat {
		case "captee":
			if u.slice == "" {
				s.tie(u, of("electricite"), 0, 1)
			}
			if u.slice == "" || slices.Contains(classSlices, u.slice) {
				s.tie(of("gisement"), u, 0, 1)
			}
		case "valorisee":
			s.tie(of("gisement"), u, 0, 1)
		case "livree":
			if _, known := s.truth[of("electricite")]; known {
				s.learn(equation{says: physics, by: map[unknown]float64{u: 1, of("captee"): -1, of("electricite"): -1}})
			} else {
				s.tie(of("captee"), u, 1, 2)
			}
		case "gisement":
			taken := equation{says: physics, by: map[unknown]float64{u: 1}, high: math.Inf(1)}
			for _, heat := range []string{"captee", "valorisee"} {
				if _, known := s.truth[of(heat)]; known {
					taken.by[of(heat)] = -1
				}
			}
			if s.reckons(taken) { // a month's rounding may break it
				s.learn(taken)
			}
		case "e_it":
			s.tie(of("e_dc"), u, 0, 1)
		}
	}
}

// tie keeps an amount between two multiples of another.
func (s *system) tie(from, to unknown, low, high float64) {
	if _, known := s.truth[from]; known {
		s.learn(equation{says: physics, by: map[unknown]float64{to: 1, from: -low}, high: math.Inf(1)})
		s.learn(equation{says: physics, by: map[unknown]float64{to: 1, from: -high}, low: math.Inf(-1)})
	}
}

// How a year is split.
var (
	monthSlices = []string{"m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12"}
	classSlices = []string{"cold", "warm", "hot", "unknown"}
)

// whole says that a year is the sum of its months, and of its classes.
func (s *system) whole(year unknown) {
	for _, split := range [][]string{monthSlices, classSlices} {
		e := equation{says: physics, by: map[unknown]float64{}}
		for _, slice := range split {
			part := unknown{year.site, year.heat, slice}
			if _, known := s.truth[part]; known {
				e.by[part] = 1
			}
		}
		if len(e.by) > 0 {
			e.by[year] = -1
			s.learn(e)
		}
	}
}

// followed says that a site's electricity follows what is declared of the
// years to come, and what is captured of it too unless the network's demand
// limits it, to half a MWh of either.
func (r *reader) followed() {
	for u := range r.truth {
		today := unknown{u.site, u.heat, ""}
		if !slices.Contains([]string{"e_dc", "captee", "livree"}, u.heat) || !strings.Contains(u.slice, "-") || r.truth[today] == 0 {
			continue
		}
		by := r.town.factor(u.site, u.slice)
		e := equation{says: physics, by: map[unknown]float64{u: 1, today: -by}, low: -0.51, high: 0.51}
		if u.heat != "e_dc" {
			e.low, e.high = -(1+by)/2-0.01, (1+by)/2+0.01
		}
		if u.heat == "e_dc" || r.reckons(e) {
			r.learn(e)
		}
	}
}

// reckons reports whether an equation is true.
func (s *system) reckons(e equation) bool {
	sum := 0.0
	for u, by := range e.by {
		sum += by * s.truth[u]
	}
	return e.low <= sum && sum <= e.high
}
