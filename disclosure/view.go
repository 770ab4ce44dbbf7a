package disclosure

import "slices"

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
	rows      []row
	groups    []group
	groupOf   []int
	partOf    []int   // by group: groups that rows join, directly or not
	inPart    [][]int // who contributes to each part, in order
	clusterOf []int   // by group: groups that the knowledge of one operator joins
	clusters  [][]int

	richest [][]int // groups by row, those that can move most first; see company
	local   []int   // by row: its number in a program, from 1; see programOf
	sums    []ratio // by row: what a world changes in it; see stretch
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
	kind       int   // of groups in the same published cells, which outside knowledge alone tells apart
	takers     []int // operators, those that can take most first; see partners
	givers     []int
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
	v.richest, v.local, v.sums = make([][]int, len(v.rows)), make([]int, len(v.rows)), make([]ratio, len(v.rows))
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
	known, kinds := map[string]int{}, map[string]int{}
	var key []byte
	for a, column := range columns {
		key = column.appendKey(key[:0])
		g, seen := known[string(key)]
		if !seen {
			g = len(v.groups)
			known[string(key)] = g
			key = column.from(len(v.facts)).appendKey(key[:0])
			kind, seen := kinds[string(key)]
			if !seen {
				kind = len(kinds)
				kinds[string(key)] = kind
			}
			v.groups = append(v.groups, group{rows: column, kind: kind, byOperator: map[int]rooms{}})
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

// divide finds the parts that no row joins, each of which can be attacked
// alone, and in them the clusters: one operator's amounts that facts and links
// tie together, such as the heats of a site and their months.
func (v *view) divide() {
	var parts [][]int
	v.partOf, parts = v.joined(func(row) bool { return true })
	v.clusterOf, v.clusters = v.joined(v.ofOne)
	v.inPart = make([][]int, len(parts))
	for p, groups := range parts {
		in := make([]bool, len(v.operators))
		for _, g := range groups {
			for operator := range v.groups[g].byOperator {
				in[operator] = true
			}
		}
		for operator, contributes := range in {
			if contributes {
				v.inPart[p] = append(v.inPart[p], operator)
			}
		}
	}
}

// ofOne reports whether a row is outside knowledge of one operator.
func (v *view) ofOne(r row) bool {
	return r.cell < 0 && !slices.ContainsFunc(r.terms, func(t term) bool { return v.atoms[t.index].operator != v.atoms[r.terms[0].index].operator })
}

// joined numbers the sets of groups that some rows join, directly or not.
func (v *view) joined(by func(row) bool) (of []int, sets [][]int) {
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
		if len(r.terms) < 2 || !by(r) {
			continue
		}
		for _, t := range r.terms[1:] {
			parent[root(v.groupOf[t.index])] = root(v.groupOf[r.terms[0].index])
		}
	}
	of = make([]int, len(v.groups))
	number := make([]int, len(v.groups)) // by root, from 1
	for g := range v.groups {
		n := &number[root(g)]
		if *n == 0 {
			sets = append(sets, nil)
			*n = len(sets)
		}
		of[g] = *n - 1
		sets[of[g]] = append(sets[of[g]], g)
	}
	return of, sets
}
