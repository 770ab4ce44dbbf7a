package press

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// leak is an amount that somebody knows better than the rule allows.
type leak struct {
	attacker string // site of the operator who knows; "" for an outsider
	of       unknown
	end      float64 // of what it cannot exclude, MWh
	up       bool    // the upper end
}

func (l leak) String() string {
	than := "at least"
	if l.up {
		than = "at most"
	}
	return fmt.Sprintf("%s knows that %s is %s %.1f MWh", cmp.Or(l.attacker, "an outsider"), l.of, than, l.end)
}

// The rules: nobody may know an amount to within 10 %, and an outsider may
// not know it to be less than 1/0.85 of what it is, the share that one may
// have of a printed sum.
const (
	pPercent   = 0.10
	mostShared = 0.85
)

func need(up, outsider bool) float64 {
	if up && outsider {
		return 1/mostShared - 1
	}
	return pPercent
}

// attack searches for what each reader can know of each other's amounts. The
// sites are of one operator each.
func (s *system) attack() (leaks []leak, proofs int) {
	sites := s.sites()
	for _, victim := range sites {
		for _, up := range []bool{true, false} {
			worlds := s.exchanges(victim, sites, up)
			for _, u := range s.secretsOf(victim) {
				doubts := s.doubtsOf(u, worlds, up)
				for _, attacker := range append([]string{""}, sites...) {
					if attacker == victim {
						continue
					}
					proofs++
					if slices.ContainsFunc(doubts, func(sites map[string]bool) bool { return !sites[attacker] }) {
						continue
					}
					w := s.farthest(u, attacker, up)
					if math.Abs(w[u]) >= need(up, attacker == "")*s.truth[u]-grams && s.holds(w) {
						worlds = append(worlds, w)
						doubts = append(doubts, w.sites()) // the outsider, who needs more, was asked first
					} else if l := (leak{attacker, u, s.truth[u] + w[u], up}); !s.holds(w) || !s.asBefore(l) {
						leaks = append(leaks, l)
					}
				}
			}
		}
	}
	return leaks, proofs
}

// doubtsOf are the sites in which those truths differ from ours that, made
// larger or smaller, leave everybody else in doubt of an amount.
func (s *system) doubtsOf(u unknown, worlds []world, up bool) (doubts []map[string]bool) {
	far := need(up, true) * s.truth[u]
	if !up {
		far = -far
	}
	for _, w := range worlds {
		if w[u] == 0 {
			continue
		}
		scaled := world{}
		for x, v := range w {
			scaled[x] = v * far / w[u]
		}
		if s.holds(scaled) {
			doubts = append(doubts, w.sites())
		}
		if len(doubts) == 4 { // enough to spare any attacker
			break
		}
	}
	return doubts
}

// sites are those whose amounts differ.
func (w world) sites() map[string]bool {
	all := map[string]bool{}
	for u, by := range w {
		if by != 0 {
			all[u.site] = true
		}
	}
	return all
}

func (s *system) sites() []string {
	all := map[string]bool{}
	for u := range s.truth {
		all[u.site] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// secretsOf are a site's amounts that are secret and not zero.
func (s *system) secretsOf(site string) []unknown {
	return slices.DeleteFunc(slices.Clone(s.unknowns()), func(u unknown) bool { return u.site != site || s.truth[u] == 0 || s.known[u] })
}

// exchanges are the truths in which all of the victim's amounts differ by what
// the rule asks, and nobody else's, somebody's or everybody's by the opposite.
func (s *system) exchanges(victim string, sites []string, up bool) (worlds []world) {
	by := need(up, true)
	if !up {
		by = -by
	}
	others := slices.DeleteFunc(slices.Clone(sites), func(o string) bool { return o == victim })
	tries, secrets := [][]string{others}, s.secretsOf(victim)
	for _, o := range others {
		tries = append(tries, []string{o})
	}
	for _, among := range append(tries, nil) {
		w := world{}
		for _, u := range secrets {
			w[u] = by * s.truth[u]
			all := 0.0
			for _, o := range among {
				all += s.truth[unknown{o, u.heat, u.slice}]
			}
			for _, o := range among {
				if other := (unknown{o, u.heat, u.slice}); all > 0 {
					w[other] -= w[u] * s.truth[other] / all
				}
			}
		}
		if s.holds(w) {
			worlds = append(worlds, w)
		}
	}
	return worlds
}

// asBefore reports whether a reader knew as much from physics and from what
// operators publish, before anything was printed.
func (s *system) asBefore(l leak) bool {
	before := &system{truth: s.truth, known: s.known, of: map[unknown][]int{}}
	for _, e := range s.equations {
		if e.says == physics {
			before.learn(e)
		}
	}
	goal := need(l.up, l.attacker == "") * s.truth[l.of]
	w := before.program([]string{l.of.site}).farthest(l.of, goal, l.up) // physics ties no two sites
	return math.Abs(w[l.of]) <= math.Abs(l.end-s.truth[l.of])+grams
}

// physics names the equations that nobody prints.
const physics = "physics"

// farthest is the truth in which an amount lies as far from ours, one way, as
// the rule asks, or as an attacker who reads the dossier cannot exclude if
// that is less: a linear program, over few operators if these are enough.
func (s *system) farthest(u unknown, attacker string, up bool) (w world) {
	others := slices.DeleteFunc(s.nearest(u), func(o string) bool { return o == u.site || o == attacker })
	goal := need(up, attacker == "") * s.truth[u]
	for _, few := range []int{4, 10} {
		among := append([]string{u.site}, others[:min(few, len(others))]...)
		if w = s.program(among).farthest(u, goal, up); math.Abs(w[u]) >= goal-grams {
			break
		}
	}
	return w
}

// nearest lists the sites, those with most of the same heat first, in turn
// with those that have most in all.
func (s *system) nearest(u unknown) (sites []string) {
	same, all := map[string]float64{}, map[string]float64{}
	for x, v := range s.truth {
		if all[x.site] += v; x.heat == u.heat && x.slice == u.slice {
			same[x.site] += v
		}
	}
	falling := func(of map[string]float64) []string {
		return slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b)) })
	}
	bySame, byAll := falling(same), falling(all)
	for i := range bySame {
		for _, site := range []string{bySame[i], byAll[i]} {
			if !slices.Contains(sites, site) {
				sites = append(sites, site)
			}
		}
	}
	return sites
}
