package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// row is one equation or inequality that all worlds keep: a linear form over
// the changes of atoms, and how far it may move from the truth.
type row struct {
	label     string
	cell      int // the published cell, or -1 for outside knowledge
	terms     sparse
	low, high limit
}

// learn turns facts and links into limits of atoms and into rows.
func (m *model) learn(t *Table, number map[string]int) {
	public := publicAmounts(t)
	for _, f := range t.facts {
		c := m.cells[number[f.Cell]]
		atoms, known := c.atoms, c.open
		if f.Operator != "" {
			who, found := slices.BinarySearch(m.operators, f.Operator)
			if !found {
				continue
			}
			atoms, known = m.own(who, c.atoms), public[[2]string{f.Operator, f.Cell}]
		}
		m.learnFact(f, atoms, known)
	}
	for _, l := range t.links {
		for who, name := range m.operators {
			if l.Operator != "" && l.Operator != name {
				continue
			}
			in := func(cells ...string) (s share) {
				for _, id := range cells {
					s.atoms, s.open = append(s.atoms, m.own(who, m.cells[number[id]].atoms)...), s.open+public[[2]string{name, id}]
				}
				return s
			}
			m.learnLink(l, in(l.From), in(l.To...))
		}
	}
}

// publicAmounts sums the disclosed contributions by operator and cell.
func publicAmounts(t *Table) map[[2]string]Amount {
	out := map[[2]string]Amount{}
	for _, c := range t.contributions {
		if c.Disclosed == nil || c.NeverListed {
			continue
		}
		for _, id := range c.Cells {
			out[[2]string{c.Operator, id}] += c.Value
		}
	}
	return out
}

// learnFact limits the sum of some atoms, of which known is public besides.
func (m *model) learnFact(f Fact, atoms []int, known Amount) {
	if len(atoms) == 0 {
		return
	}
	value := known
	for _, i := range atoms {
		value += m.atoms[i].value
	}
	low, high := min(f.Low, value), max(f.High, value)
	if low != f.Low || high != f.High {
		m.contradicted = append(m.contradicted, f.Source+" on "+f.Cell)
	}
	if len(atoms) == 1 {
		a := &m.atoms[atoms[0]]
		a.low = max(a.low, low-known)
		if high != Unbounded {
			a.high = min(a.high, high-known)
		}
		return
	}
	r := row{label: f.Source, cell: -1, low: limit{at: whole(low - value)}, high: nowhere}
	if high != Unbounded {
		r.high = limit{at: whole(high - value)}
	}
	for _, i := range atoms {
		r.terms = append(r.terms, term{i, whole(1)})
	}
	m.facts = append(m.facts, r)
}

// share is what one operator has in some cells. An atom that several of them
// count stands in it as often.
type share struct {
	atoms []int
	open  Amount // what is public of it besides
}

func (m *model) sum(s share) ratio {
	all := whole(s.open)
	for _, i := range s.atoms {
		all = all.plus(whole(m.atoms[i].value))
	}
	return all
}

// learnLink keeps an operator's share between two multiples of another: two
// rows, or one where the multiples are equal.
func (m *model) learnLink(l Link, from, to share) {
	if len(from.atoms)+len(to.atoms) == 0 {
		return
	}
	low, high := l.Low.ratio(), l.High.ratio()
	above := m.sum(to).minus(low.times(m.sum(from)))  // To - Low·From, not negative if the link is right
	below := m.sum(to).minus(high.times(m.sum(from))) // To - High·From, not positive
	if above.sign() < 0 || below.sign() > 0 {
		m.contradicted = append(m.contradicted, fmt.Sprintf("%s on %s and %s", l.Source, l.From, strings.Join(l.To, ", ")))
	}
	atLeast := row{label: l.Source, cell: -1, terms: difference(to, from, low), low: limit{at: notAbove0(above.neg())}, high: nowhere}
	atMost := row{label: l.Source, cell: -1, terms: difference(to, from, high), low: nowhere, high: limit{at: notAbove0(below).neg()}}
	if low.compare(high) == 0 {
		atLeast.high = atMost.high
		m.facts = append(m.facts, atLeast)
		return
	}
	m.facts = append(m.facts, atLeast, atMost)
}

func notAbove0(a ratio) ratio {
	if a.sign() > 0 {
		return ratio{}
	}
	return a
}

// difference is the form Σ to − by·Σ from.
func difference(to, from share, by ratio) sparse {
	sum := map[int]ratio{}
	for _, i := range to.atoms {
		sum[i] = sum[i].plus(whole(1))
	}
	for _, i := range from.atoms {
		sum[i] = sum[i].minus(by)
	}
	var out sparse
	for i, c := range sum {
		if c.sign() != 0 {
			out = append(out, term{i, c})
		}
	}
	slices.SortFunc(out, func(a, b term) int { return a.index - b.index })
	return out
}
