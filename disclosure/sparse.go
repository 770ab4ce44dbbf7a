package disclosure

import "slices"

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

// substitute returns s with the index replaced by what it equals.
func (s sparse) substitute(index int, by ratio, equals sparse) sparse {
	out := make(sparse, 0, len(s)+len(equals))
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
