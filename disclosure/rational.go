package disclosure

import (
	"cmp"
	"math/big"
)

// ratio is an exact rational number. Tables make almost only whole numbers,
// so it lives in two machine words and moves to math/big when they overflow.
// The zero value is 0.
type ratio struct {
	num, den int64 // den 0 means 1; reduced, den > 0
	big      *big.Rat
}

func whole(a Amount) ratio { return ratio{num: int64(a), den: 1} }

func (f Fraction) ratio() ratio { return reduce(f.Num, f.Den) }

func reduce(num, den int64) ratio {
	if den == 1 {
		return ratio{num: num, den: 1}
	}
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		a = -a
	}
	if a > 1 {
		num, den = num/a, den/a
	}
	if den < 0 {
		num, den = -num, -den
	}
	return ratio{num: num, den: den}
}

func (a ratio) denominator() int64 {
	if a.den == 0 {
		return 1
	}
	return a.den
}

func (a ratio) toBig() *big.Rat {
	if a.big != nil {
		return a.big
	}
	return big.NewRat(a.num, a.denominator())
}

// fromBig comes back to machine words where they are wide enough.
func fromBig(b *big.Rat) ratio {
	const safe = 1 << 62
	if b.Num().IsInt64() && b.Denom().IsInt64() {
		if n, d := b.Num().Int64(), b.Denom().Int64(); n < safe && n > -safe && d < safe {
			return ratio{num: n, den: d}
		}
	}
	return ratio{big: b}
}

func (a ratio) sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.num > 0:
		return 1
	case a.num < 0:
		return -1
	}
	return 0
}

func (a ratio) neg() ratio {
	if a.big != nil {
		return fromBig(new(big.Rat).Neg(a.big))
	}
	return ratio{num: -a.num, den: a.den}
}

func (a ratio) plus(b ratio) ratio {
	if a.big == nil && b.big == nil {
		ad, bd := a.denominator(), b.denominator()
		if ad == 1 && bd == 1 {
			if s := a.num + b.num; (s > a.num) == (b.num > 0) {
				return ratio{num: s, den: 1}
			}
		} else if x, ok := times(a.num, bd); ok {
			if y, ok := times(b.num, ad); ok {
				if d, ok := times(ad, bd); ok {
					if s := x + y; (s > x) == (y > 0) {
						return reduce(s, d)
					}
				}
			}
		}
	}
	return fromBig(new(big.Rat).Add(a.toBig(), b.toBig()))
}

func (a ratio) minus(b ratio) ratio { return a.plus(b.neg()) }

func (a ratio) times(b ratio) ratio {
	if a.big == nil && b.big == nil {
		if n, ok := times(a.num, b.num); ok {
			if d, ok := times(a.denominator(), b.denominator()); ok {
				return reduce(n, d)
			}
		}
	}
	return fromBig(new(big.Rat).Mul(a.toBig(), b.toBig()))
}

// over divides; b is not zero.
func (a ratio) over(b ratio) ratio {
	if b.big != nil {
		return a.times(fromBig(new(big.Rat).Inv(b.big)))
	}
	return a.times(reduce(b.denominator(), b.num))
}

func (a ratio) compare(b ratio) int {
	if a.big == nil && b.big == nil {
		if a.denominator() == b.denominator() {
			return cmp.Compare(a.num, b.num)
		}
		if x, ok := times(a.num, b.denominator()); ok {
			if y, ok := times(b.num, a.denominator()); ok {
				return cmp.Compare(x, y)
			}
		}
	}
	return a.minus(b).sign()
}

// floor returns the largest whole number not above a; a fits an Amount.
func (a ratio) floor() Amount {
	r := a.toBig()
	var q, m big.Int
	q.DivMod(r.Num(), r.Denom(), &m)
	return Amount(q.Int64())
}

// times multiplies where 64 bits hold the product.
func times(a, b int64) (int64, bool) {
	const small = 1 << 31
	if a > -small && a < small && b > -small && b < small {
		return a * b, true
	}
	if a == 0 || b == 0 {
		return 0, true
	}
	if a == -1<<63 || b == -1<<63 {
		return 0, false
	}
	c := a * b
	return c, c != -1<<63 && c/b == a
}
