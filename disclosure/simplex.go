package disclosure

import "slices"

// program is a linear program that starts from the truth: all variables are
// changes, 0 is feasible, and every range holds 0. Hence there is no first
// phase. Variables 0..n-1 are free to choose; variable n+i is row i's sum.
type program struct {
	low, high []limit  // of each variable, the rows' sums included
	rows      []sparse // over the chosen variables
	objective sparse   // to be made large
}

// solution is where a program ended.
type solution struct {
	reached ratio   // the objective
	values  []ratio // of the chosen variables
	tight   sparse  // rows that keep the objective from growing, with what a unit more would bring: the dual solution
}

// solve maximises the objective, up to goal: nobody needs a world stranger
// than that. Primal simplex with bounded variables, in exact arithmetic, by
// Bland's rule (Bland 1977): the smallest index enters and leaves, so that it
// ends.
func (p *program) solve(goal ratio) solution {
	s := newDictionary(p)
	for s.z.compare(goal) < 0 {
		enters, rising, found := s.entering()
		if !found {
			return s.optimum()
		}
		step, leaves := s.longestStep(enters, rising)
		slope := s.objective.at(enters)
		if !rising {
			slope = slope.neg()
		}
		if enough := goal.minus(s.z).over(slope); step.none || enough.compare(step.at) <= 0 {
			s.move(enters, rising, enough, slope)
			break
		}
		s.move(enters, rising, step.at, slope)
		if leaves >= 0 {
			s.pivot(leaves, enters)
		}
	}
	return s.world()
}

// dictionary writes the basic variables by the nonbasic ones.
type dictionary struct {
	*program
	chosen    int // how many variables are free to choose
	basic     []int
	rows      []sparse
	objective sparse
	spare     sparse // room for the next row
	values    []ratio
	z         ratio
}

func newDictionary(p *program) *dictionary {
	d := &dictionary{program: p, chosen: len(p.low) - len(p.rows), rows: slices.Clone(p.rows), objective: p.objective, values: make([]ratio, len(p.low))}
	for i := range p.rows {
		d.basic = append(d.basic, d.chosen+i)
	}
	return d
}

// entering finds the first variable whose move would raise the objective.
func (d *dictionary) entering() (variable int, rising, found bool) {
	for _, t := range d.objective {
		if up := t.by.sign() > 0; d.room(t.index, up) {
			return t.index, up, true
		}
	}
	return 0, false, false
}

// room reports whether a variable can still move.
func (d *dictionary) room(variable int, up bool) bool {
	end := d.end(variable, up)
	return end.none || end.at.compare(d.values[variable]) != 0
}

func (d *dictionary) end(variable int, up bool) limit {
	if up {
		return d.high[variable]
	}
	return d.low[variable]
}

// longestStep says how far a variable can move before it, or a basic
// variable, meets its end, and which row's variable leaves then (-1: none).
func (d *dictionary) longestStep(enters int, rising bool) (step limit, leaves int) {
	step, leaves = d.distance(enters, rising), -1
	first := enters
	for i, row := range d.rows {
		by := row.at(enters)
		if by.sign() == 0 {
			continue
		}
		way := d.distance(d.basic[i], (by.sign() > 0) == rising)
		if way.none {
			continue
		}
		if by.sign() < 0 {
			by = by.neg()
		}
		way.at = way.at.over(by)
		order := -1
		if !step.none {
			order = way.at.compare(step.at)
		}
		if order < 0 || order == 0 && d.basic[i] < first {
			step, leaves, first = way, i, d.basic[i]
		}
	}
	return step, leaves
}

// distance is how far a variable is from its end.
func (d *dictionary) distance(variable int, up bool) limit {
	end := d.end(variable, up)
	switch {
	case end.none:
		return nowhere
	case up:
		return limit{at: end.at.minus(d.values[variable])}
	}
	return limit{at: d.values[variable].minus(end.at)}
}

func (d *dictionary) move(enters int, rising bool, step, slope ratio) {
	d.z = d.z.plus(slope.times(step))
	if !rising {
		step = step.neg()
	}
	d.values[enters] = d.values[enters].plus(step)
	for i, row := range d.rows {
		if by := row.at(enters); by.sign() != 0 {
			d.values[d.basic[i]] = d.values[d.basic[i]].plus(by.times(step))
		}
	}
}

// pivot makes one variable basic in another's place.
func (d *dictionary) pivot(row, enters int) {
	old, leaving := d.rows[row], d.basic[row]
	by := old.at(enters)
	solved := make(sparse, 0, len(old))
	for _, t := range old {
		if t.index != enters {
			solved = append(solved, term{t.index, t.by.over(by).neg()})
		}
	}
	at, _ := slices.BinarySearchFunc(solved, leaving, func(t term, v int) int { return t.index - v })
	solved = slices.Insert(solved, at, term{leaving, whole(1).over(by)})
	for i, other := range d.rows {
		if c := other.at(enters); i != row && c.sign() != 0 {
			d.rows[i], d.spare = other.substitute(enters, c, solved, d.spare[:0]), other
		}
	}
	d.objective = d.objective.substitute(enters, d.objective.at(enters), solved, nil)
	d.rows[row], d.basic[row] = solved, enters
}

func (d *dictionary) world() solution {
	return solution{reached: d.z, values: d.values[:d.chosen]}
}

func (d *dictionary) optimum() solution {
	s := d.world()
	for _, t := range d.objective {
		if t.index >= d.chosen {
			s.tight = append(s.tight, term{t.index - d.chosen, t.by})
		}
	}
	return s
}
