package press

import (
	"math"
	"slices"
)

// program is a linear program in the form of a dictionary: each basic variable
// is a sum of the others, all stand between limits, and 0 everywhere is within
// them. It is solved by the simplex of the textbooks, in floating point: what
// it finds can be too little, which the test would call a leak, and never too
// much, for the rows are kept at each step.
type program struct {
	column    map[unknown]int
	low, high []float64   // of all variables, the rows' sums after the columns'
	value     []float64   // likewise
	rows      [][]float64 // by basic variable: its weights of the others
	basic     []int       // the variable of each row
	free      []int       // the variable of each column
}

// variable adds a column.
func (p *program) variable(low, high float64) int {
	p.low, p.high, p.value = append(p.low, low), append(p.high, high), append(p.value, 0)
	p.free = append(p.free, len(p.free))
	return len(p.free) - 1
}

// row adds a sum of columns and its limits. All columns are there before the
// first row.
func (p *program) row(terms map[int]float64, low, high float64) {
	weights := make([]float64, len(p.free))
	for at, by := range terms {
		weights[at] = by
	}
	p.rows, p.basic = append(p.rows, weights), append(p.basic, len(p.low))
	p.low, p.high, p.value = append(p.low, low), append(p.high, high), append(p.value, 0)
}

// tiny is a weight that is rounding and no weight.
const tiny = 1e-9

// farthest moves an unknown up or down by goal, or as far as the rows allow.
func (p *program) farthest(u unknown, goal float64, up bool) world {
	at := p.column[u]
	wanted := make([]float64, len(p.free))
	if wanted[at], p.high[at] = 1, goal; !up {
		wanted[at], p.low[at] = -1, -goal
	}
	for step := 0; step < 5_000 && p.step(wanted); step++ {
	}
	c := world{}
	for x, i := range p.column {
		if math.Abs(p.value[i]) > tiny {
			c[x] = p.value[i]
		}
	}
	return c
}

// step lets the first column that helps move until something stops it, by
// Bland's rule, and reports whether one did.
func (p *program) step(goal []float64) bool {
	enter := -1
	for j, x := range p.free {
		helps := goal[j] > tiny && p.value[x] < p.high[x]-tiny || goal[j] < -tiny && p.value[x] > p.low[x]+tiny
		if helps && (enter < 0 || x < p.free[enter]) {
			enter = j
		}
	}
	if enter < 0 {
		return false
	}
	x, up := p.free[enter], goal[enter] > 0
	way, far := 1.0, p.high[p.free[enter]]-p.value[x]
	if !up {
		way, far = -1, p.value[x]-p.low[x]
	}
	leave := -1
	for i, weights := range p.rows {
		by, b := way*weights[enter], p.basic[i]
		room := math.Inf(1)
		switch {
		case by > tiny:
			room = math.Max(0, p.high[b]-p.value[b]) / by
		case by < -tiny:
			room = math.Max(0, p.value[b]-p.low[b]) / -by
		}
		if room < far-tiny || room <= far && leave >= 0 && b < p.basic[leave] {
			far, leave = room, i
		}
	}
	for i, weights := range p.rows {
		p.value[p.basic[i]] += way * far * weights[enter]
	}
	p.value[x] += way * far
	if leave >= 0 {
		p.pivot(leave, enter, goal)
	}
	return true
}

// pivot lets a column and a row world places.
func (p *program) pivot(leave, enter int, goal []float64) {
	row := p.rows[leave]
	by := row[enter]
	for j := range row {
		row[j] /= -by
	}
	row[enter] = 1 / by
	used := slices.Collect(func(yield func(int) bool) {
		for j, w := range row {
			if w != 0 && !yield(j) {
				return
			}
		}
	})
	put := func(weights []float64) {
		w := weights[enter]
		if w == 0 {
			return
		}
		weights[enter] = 0
		for _, j := range used {
			weights[j] += w * row[j]
		}
	}
	for i, weights := range p.rows {
		if i != leave {
			put(weights)
		}
	}
	put(goal)
	p.basic[leave], p.free[enter] = p.free[enter], p.basic[leave]
}
