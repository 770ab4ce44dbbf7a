package disclosure

import "math/big"

// plain is a linear program in textbook form: a·x ≤ b, x ≥ 0.
type plain struct {
	rows  [][]*big.Rat
	right []*big.Rat
}

// maximum solves by the two-phase simplex with Bland's rule on a dense
// tableau. It returns nil if there is no limit, and false if nothing fits.
func (p *plain) maximum(weights []int64) (*big.Rat, bool) {
	n, m := len(weights), len(p.rows)
	width := n + 2*m + 1 // variables, slacks, artificials, right side
	t := make([][]*big.Rat, m)
	basic := make([]int, m)
	for i, row := range p.rows {
		t[i] = zeroRow(width)
		flip := p.right[i].Sign() < 0
		for j, a := range row {
			t[i][j].Set(a)
		}
		t[i][n+i].SetInt64(1)
		t[i][width-1].Set(p.right[i])
		basic[i] = n + i
		if flip {
			for _, a := range t[i] {
				a.Neg(a)
			}
			t[i][n+m+i].SetInt64(1)
			basic[i] = n + m + i
		}
	}
	first := zeroRow(width)
	for i := range t {
		if basic[i] >= n+m {
			for j := range first {
				if j < n+m || j == width-1 {
					first[j].Add(first[j], t[i][j])
				}
			}
		}
	}
	climb(t, first, basic, n+m)
	if first[width-1].Sign() != 0 {
		return nil, false
	}
	second := zeroRow(width)
	for j, w := range weights {
		second[j].SetInt64(w)
	}
	for i, b := range basic {
		if b < n && second[b].Sign() != 0 {
			eliminate(second, t[i], b)
		}
	}
	// An artificial that stayed basic at 0 must not grow again.
	for i, b := range basic {
		if b >= n+m {
			for j := range n + m {
				if t[i][j].Sign() != 0 {
					pivotPlain(t, second, basic, i, j)
					break
				}
			}
		}
	}
	if !climb(t, second, basic, n+m) {
		return nil, true
	}
	return new(big.Rat).Neg(second[width-1]), true
}

func zeroRow(n int) []*big.Rat {
	row := make([]*big.Rat, n)
	for i := range row {
		row[i] = new(big.Rat)
	}
	return row
}

// climb pivots while an objective's coefficient is positive; the objective's
// last entry is minus its value, or what is left of the first phase.
func climb(t [][]*big.Rat, objective []*big.Rat, basic []int, columns int) bool {
	last := len(objective) - 1
	for {
		enters := -1
		for j := range columns {
			if objective[j].Sign() > 0 {
				enters = j
				break
			}
		}
		if enters < 0 {
			return true
		}
		leaves := -1
		var best *big.Rat
		for i := range t {
			if t[i][enters].Sign() > 0 {
				way := new(big.Rat).Quo(t[i][last], t[i][enters])
				if best == nil || way.Cmp(best) < 0 || way.Cmp(best) == 0 && basic[i] < basic[leaves] {
					best, leaves = way, i
				}
			}
		}
		if leaves < 0 {
			return false
		}
		pivotPlain(t, objective, basic, leaves, enters)
	}
}

func pivotPlain(t [][]*big.Rat, objective []*big.Rat, basic []int, row, column int) {
	by := new(big.Rat).Inv(t[row][column])
	for _, a := range t[row] {
		a.Mul(a, by)
	}
	for i := range t {
		if i != row && t[i][column].Sign() != 0 {
			eliminate(t[i], t[row], column)
		}
	}
	if objective[column].Sign() != 0 {
		eliminate(objective, t[row], column)
	}
	basic[row] = column
}

func eliminate(row, by []*big.Rat, column int) {
	c := new(big.Rat).Set(row[column])
	for j := range row {
		if by[j].Sign() != 0 {
			row[j].Sub(row[j], new(big.Rat).Mul(c, by[j]))
		}
	}
}
