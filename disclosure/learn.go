package disclosure

import "slices"

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
			if l.Operator == "" || l.Operator == name {
				m.learnLink(l, m.own(who, m.cells[number[l.From]].atoms), m.own(who, m.cells[number[l.To]].atoms),
					public[[2]string{name, l.From}], public[[2]string{name, l.To}])
			}
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

// learnLink keeps an operator's amount in one cell between two multiples of
// that in another: two rows, or one where the multiples are equal.
func (m *model) learnLink(l Link, from, to []int, openFrom, openTo Amount) {
	if len(from)+len(to) == 0 {
		return
	}
	valueFrom, valueTo := whole(openFrom), whole(openTo)
	for _, i := range from {
		valueFrom = valueFrom.plus(whole(m.atoms[i].value))
	}
	for _, i := range to {
		valueTo = valueTo.plus(whole(m.atoms[i].value))
	}
	low, high := l.Low.ratio(), l.High.ratio()
	above := valueTo.minus(low.times(valueFrom))  // To - Low·From, not negative if the link is right
	below := valueTo.minus(high.times(valueFrom)) // To - High·From, not positive
	if above.sign() < 0 || below.sign() > 0 {
		m.contradicted = append(m.contradicted, l.Source+" on "+l.From+" and "+l.To)
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
func difference(to, from []int, by ratio) sparse {
	sum := map[int]ratio{}
	for _, i := range to {
		sum[i] = sum[i].plus(whole(1))
	}
	for _, i := range from {
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
