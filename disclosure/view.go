package disclosure

import (
	"encoding/binary"
	"slices"
)

// Interval is what is printed of a cell: one number (Low = High), or what a
// rounded number may stand for.
type Interval struct {
	Low, High Amount // High may be Unbounded
}

// Rounded returns what a printed number stands for: 12 573 MWh to the nearest
// MWh is [12 572.5, 12 573.5) MWh, to the kWh.
func Rounded(printed, step Amount) Interval {
	return Interval{max(0, printed-step/2), printed + ceilDiv(step, 2) - 1}
}

// view is a publication as its attackers see it: the rows that every world
// must keep, and the atoms drawn together in groups that no row tells apart.
type view struct {
	*model
	rows    []row
	groups  []group
	groupOf []int
	parts   [][]int        // groups that rows join, directly or not
	partOf  []int          // by group
	inPart  []map[int]bool // who contributes to each part

	groupsOf [][]int // by operator; see meet
	near     [][]int // by operator; see nearestTo
}

// group holds atoms that stand in the same rows with the same coefficients.
// Only its sum matters to the rows: amounts inside it may be exchanged, and
// because every atom has its own limits and no other, the group's limits are
// exactly the sums of theirs.
type group struct {
	atoms      []int
	rows       sparse
	rooms      rooms
	byOperator map[int]rooms
}

// newView takes what is printed of each cell; cells without an entry are hidden.
func (m *model) newView(printed map[int]Interval) *view {
	v := &view{model: m, rows: slices.Clone(m.facts), groupOf: make([]int, len(m.atoms))}
	for i, c := range m.cells {
		if shown, ok := printed[i]; ok && len(c.atoms) > 0 {
			v.rows = append(v.rows, publishedRow(i, c, shown))
		}
	}
	v.group()
	v.divide()
	return v
}

func publishedRow(i int, c cell, shown Interval) row {
	r := row{label: c.id, cell: i, low: limit{at: whole(min(0, shown.Low-c.total()))}, high: nowhere}
	if shown.High != Unbounded {
		r.high = limit{at: whole(max(0, shown.High-c.total()))}
	}
	for _, a := range c.atoms {
		r.terms = append(r.terms, term{a, whole(1)})
	}
	return r
}

// group draws atoms together.
func (v *view) group() {
	columns := make([]sparse, len(v.atoms))
	for i, r := range v.rows {
		for _, t := range r.terms {
			columns[t.index] = append(columns[t.index], term{i, t.by})
		}
	}
	known := map[string]int{}
	var key []byte
	for a, column := range columns {
		key = key[:0]
		for _, t := range column {
			key = binary.AppendVarint(binary.AppendVarint(key, int64(t.index)), t.by.num)
			key = binary.AppendVarint(key, t.by.denominator())
		}
		g, seen := known[string(key)]
		if !seen {
			g = len(v.groups)
			known[string(key)] = g
			v.groups = append(v.groups, group{rows: column, byOperator: map[int]rooms{}})
		}
		v.groupOf[a] = g
		v.groups[g].add(a, v.atoms[a])
	}
}

func (g *group) add(i int, a atom) {
	g.atoms = append(g.atoms, i)
	g.rooms = g.rooms.plus(a.rooms())
	g.byOperator[a.operator] = g.byOperator[a.operator].plus(a.rooms())
}

// divide finds the parts that no row joins: each can be attacked alone.
func (v *view) divide() {
	parent := make([]int, len(v.groups))
	for i := range parent {
		parent[i] = i
	}
	root := func(g int) int {
		for parent[g] != g {
			parent[g] = parent[parent[g]]
			g = parent[g]
		}
		return g
	}
	for _, r := range v.rows {
		for _, t := range r.terms[min(1, len(r.terms)):] {
			parent[root(v.groupOf[t.index])] = root(v.groupOf[r.terms[0].index])
		}
	}
	v.partOf = make([]int, len(v.groups))
	number := map[int]int{}
	for g := range v.groups {
		p, seen := number[root(g)]
		if !seen {
			p = len(v.parts)
			number[root(g)] = p
			v.parts, v.inPart = append(v.parts, nil), append(v.inPart, map[int]bool{})
		}
		v.partOf[g] = p
		v.parts[p] = append(v.parts[p], g)
		for operator := range v.groups[g].byOperator {
			v.inPart[p][operator] = true
		}
	}
}
