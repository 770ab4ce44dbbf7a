package disclosure

import (
	"math/big"
	"testing"
)

// The machine words and math/big agree, overflow included.
func FuzzRatio(f *testing.F) {
	for _, a := range []int64{0, 1, -3, 1 << 62, -1 << 62, 1<<63 - 1, 1000003} {
		f.Add(a, int64(7), int64(-1<<61), int64(1<<40+1))
	}
	f.Fuzz(func(t *testing.T, an, ad, bn, bd int64) {
		const edge = 1 << 62
		if ad == 0 || bd == 0 || an < -edge || bn < -edge || ad < -edge || bd < -edge {
			return
		}
		a, b := reduce(an, ad), reduce(bn, bd)
		x, y := big.NewRat(an, ad), big.NewRat(bn, bd)
		check := func(what string, got ratio, want *big.Rat) {
			if got.toBig().Cmp(want) != 0 || got.sign() != want.Sign() {
				t.Errorf("%v %s %v = %v, want %v", x, what, y, got.toBig(), want)
			}
		}
		check("+", a.plus(b), new(big.Rat).Add(x, y))
		check("-", a.minus(b), new(big.Rat).Sub(x, y))
		check("*", a.times(b), new(big.Rat).Mul(x, y))
		if bn != 0 {
			check("/", a.over(b), new(big.Rat).Quo(x, y))
		}
		if a.compare(b) != x.Cmp(y) {
			t.Errorf("%v compared with %v is %d", x, y, a.compare(b))
		}
	})
}
