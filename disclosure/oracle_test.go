package disclosure

import (
	"fmt"
	"math/big"
	"slices"
)

// oracle attacks as a stranger would: it knows what is printed and what is
// public, never the truth, has one variable for each secret contribution, and
// solves each end of each interval by a plain two-phase simplex in big.Rat.
// It shares no code with the package, so that both can only be right together.
type oracle struct {
	t       *Table
	printed map[string]Interval
	rules   Rules
}

// finding is an interval that is too narrow.
type finding struct {
	attacker, operator, cell string
	low, high                *big.Rat // high nil: no limit
}

func (o oracle) secrets() []Contribution {
	return slices.DeleteFunc(slices.Clone(o.t.contributions), func(c Contribution) bool { return c.NeverListed || c.Disclosed != nil })
}

// attack tries each operator's amount in each cell, by the given attackers
// ("" is the outsider).
func (o oracle) attack(attackers []string) []finding {
	var out []finding
	seen := map[string]bool{} // an operator with one site has the same amount in all its cells
	for _, cell := range o.t.order {
		for _, operator := range operatorsOf(o.secrets()) {
			value, weights := o.target(operator, cell)
			key := fmt.Sprint(weights)
			if value == 0 && o.rules.Floor == 0 || seen[key] {
				continue
			}
			seen[key] = true
			for _, attacker := range attackers {
				if attacker == operator {
					continue
				}
				low, high := o.interval(weights, attacker, true)
				if low == nil { // no world at all: a link that rounding broke, which the package widens
					continue
				}
				if o.wide(value, low, high, attacker == "") {
					continue
				}
				before, after := o.interval(weights, attacker, false)
				if !(low.Cmp(before) == 0 && sameEnd(high, after)) && !o.wideOrAsBefore(value, low, high, before, after, attacker == "") {
					out = append(out, finding{attacker, operator, cell, low, high})
				}
			}
		}
	}
	return out
}

func sameEnd(a, b *big.Rat) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0
}

func (o oracle) wideOrAsBefore(value Amount, low, high, before, after *big.Rat, outside bool) bool {
	return (o.wide(value, low, nil, outside) || low.Cmp(before) == 0) && (o.wide(value, new(big.Rat), high, outside) || sameEnd(high, after))
}

// wide is the rule, written a second time.
func (o oracle) wide(value Amount, low, high *big.Rat, outside bool) bool {
	v := new(big.Rat).SetInt64(int64(value))
	times := func(n, d int) *big.Rat { return new(big.Rat).Mul(v, big.NewRat(int64(n), int64(d))) }
	if low.Cmp(times(100-o.rules.Percent, 100)) > 0 {
		return false
	}
	if high == nil {
		return true
	}
	if high.Cmp(times(100+o.rules.Percent, 100)) < 0 || outside && high.Cmp(times(100, o.rules.MaxShare)) < 0 {
		return false
	}
	return new(big.Rat).Sub(high, v).Cmp(big.NewRat(int64(o.rules.Floor), 1)) >= 0
}

// target is an operator's secret amount in a cell, as weights of variables.
func (o oracle) target(operator, cell string) (value Amount, weights []int64) {
	for _, c := range o.secrets() {
		w := int64(0)
		if c.Operator == operator && slices.Contains(c.Cells, cell) {
			w = 1
			value += c.Value
		}
		weights = append(weights, w)
	}
	return value, weights
}

// interval solves both ends.
func (o oracle) interval(weights []int64, attacker string, published bool) (low, high *big.Rat) {
	p := o.problem(attacker, published)
	high, _ = p.maximum(weights)
	negative := make([]int64, len(weights))
	for i, w := range weights {
		negative[i] = -w
	}
	if low, _ = p.maximum(negative); low == nil {
		return nil, nil
	}
	return low.Neg(low), high
}

// problem writes the attacker's knowledge as rows a·x ≤ b.
func (o oracle) problem(attacker string, published bool) *plain {
	p := &plain{}
	secrets := o.secrets()
	between := func(weights []*big.Rat, low, high *big.Rat) {
		if high != nil {
			p.rows, p.right = append(p.rows, weights), append(p.right, high)
		}
		if low != nil {
			minus := make([]*big.Rat, len(weights))
			for i, w := range weights {
				minus[i] = new(big.Rat).Neg(w)
			}
			p.rows, p.right = append(p.rows, minus), append(p.right, new(big.Rat).Neg(low))
		}
	}
	sum := func(cell, operator string, by *big.Rat, into []*big.Rat) (constant *big.Rat) {
		constant = new(big.Rat)
		for _, c := range o.t.contributions {
			if c.Disclosed != nil && !c.NeverListed && slices.Contains(c.Cells, cell) && (operator == "" || operator == c.Operator) {
				constant.Add(constant, new(big.Rat).Mul(by, big.NewRat(int64(c.Value), 1)))
			}
		}
		for i, c := range secrets {
			if slices.Contains(c.Cells, cell) && (operator == "" || operator == c.Operator) {
				into[i].Add(into[i], by)
			}
		}
		return constant
	}
	zeros := func() []*big.Rat {
		w := make([]*big.Rat, len(secrets))
		for i := range w {
			w[i] = new(big.Rat)
		}
		return w
	}
	limits := func(cell, operator string, low, high Amount) {
		w := zeros()
		constant := sum(cell, operator, big.NewRat(1, 1), w)
		var top *big.Rat
		if high != Unbounded {
			top = new(big.Rat).Sub(big.NewRat(int64(high), 1), constant)
		}
		between(w, new(big.Rat).Sub(big.NewRat(int64(low), 1), constant), top)
	}
	for _, f := range o.t.facts {
		limits(f.Cell, f.Operator, f.Low, f.High)
	}
	for _, l := range o.t.links {
		for _, operator := range operatorsOf(o.t.contributions) {
			if l.Operator != "" && l.Operator != operator {
				continue
			}
			for _, side := range []struct {
				by  Fraction
				low bool
			}{{l.Low, true}, {l.High, false}} {
				w := zeros()
				constant := new(big.Rat)
				for _, to := range l.To {
					constant.Add(constant, sum(to, operator, big.NewRat(1, 1), w))
				}
				constant.Add(constant, sum(l.From, operator, big.NewRat(-side.by.Num, side.by.Den), w))
				constant.Neg(constant)
				if side.low {
					between(w, constant, nil)
				} else {
					between(w, nil, constant)
				}
			}
		}
	}
	if published {
		for cell, i := range o.printed {
			limits(cell, "", i.Low, i.High)
		}
	}
	for i, c := range secrets {
		if c.Operator == attacker {
			w := zeros()
			w[i].SetInt64(1)
			between(w, big.NewRat(int64(c.Value), 1), big.NewRat(int64(c.Value), 1))
		}
	}
	return p
}
