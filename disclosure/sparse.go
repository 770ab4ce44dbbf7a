package disclosure

import (
	"encoding/binary"
	"slices"
)

// sparse is a linear form: the coefficients that are not zero, by rising
// index.
type sparse []term

type term struct {
	index int
	by    ratio
}

// at returns the coefficient of an index.
func (s sparse) at(index int) ratio {
	i, found := slices.BinarySearchFunc(s, index, func(t term, index int) int { return t.index - index })
	if !found {
		return ratio{}
	}
	return s[i].by
}

// from is the part of a form whose indices are not below one.
func (s sparse) from(index int) sparse {
	i, _ := slices.BinarySearchFunc(s, index, func(t term, index int) int { return t.index - index })
	return s[i:]
}

// appendKey appends what tells a form from others.
func (s sparse) appendKey(key []byte) []byte {
	for _, t := range s {
		key = binary.AppendVarint(binary.AppendVarint(key, int64(t.index)), t.by.num)
		key = binary.AppendVarint(key, t.by.denominator())
	}
	return key
}

// substitute appends s to out, with the index replaced by what it equals.
func (s sparse) substitute(index int, by ratio, equals, out sparse) sparse {
	i, j := 0, 0
	for i < len(s) || j < len(equals) {
		switch {
		case i < len(s) && s[i].index == index:
			i++
		case j == len(equals) || i < len(s) && s[i].index < equals[j].index:
			out = append(out, s[i])
			i++
		case i == len(s) || equals[j].index < s[i].index:
			out = append(out, term{equals[j].index, by.times(equals[j].by)})
			j++
		default:
			if sum := s[i].by.plus(by.times(equals[j].by)); sum.sign() != 0 {
				out = append(out, term{s[i].index, sum})
			}
			i, j = i+1, j+1
		}
	}
	return out
}

// limit is an end of a range, or none.
type limit struct {
	at   ratio
	none bool
}

var nowhere = limit{none: true}

// reaches reports whether a range that ends here holds a.
func (l limit) reaches(a ratio) bool { return l.none || l.at.compare(a) >= 0 }

// least is the nearer of two ends.
func (l limit) least(o limit) limit {
	if l.none || !o.none && o.at.compare(l.at) < 0 {
		return o
	}
	return l
}

// over divides an end by a, which is not zero.
func (l limit) over(a ratio) limit {
	if l.none {
		return l
	}
	return limit{at: l.at.over(a)}
}
