package interval

import (
	"math"
	"testing"
)

func TestGrain(t *testing.T) {
	for _, c := range []struct{ u, v, want float64 }{
		{20, 1234.5, 1235}, {199, 1234.5, 1235}, {200, 1234.5, 1230},
		{0.5, 1234.5678, 1234.57}, {1e-7, 0.123456789123, 0.123456789},
		{0, 300.00000000000006, 300}, {0, 7324279.2, 7324279.2}, {0, 0, 0}, {1, 0, 0},
		{1e-300, 1.0 / 3, 0.3333333333}, {math.Inf(1), 1.0 / 3, 1.0 / 3}, {1e-200, 1e200, 1e200},
	} {
		if got := grainOf(c.u, c.v).round(c.v); got != c.want {
			t.Errorf("u=%g: %v becomes %v, want %v", c.u, c.v, got, c.want)
		}
	}
	for e := -21; e <= 21; e++ {
		power := math.Pow(10, float64(e))
		if floorLog10(power) != grain(e) || floorLog10(math.Nextafter(power, 0)) != grain(e-1) {
			t.Errorf("1e%d", e)
		}
	}
}

// A load that is off takes nothing, and a running total never drifts.
func TestCarry(t *testing.T) {
	g, kept, sum := grain(2), 0., 0.
	for range 1000 {
		var got float64
		got, kept = g.carry(130, kept)
		sum += got
		if math.Abs(kept) > 50 || math.Mod(got, 100) != 0 {
			t.Fatalf("gave %v, kept %v", got, kept)
		}
	}
	if sum+kept != 130e3 {
		t.Errorf("sum %v and %v kept of 130000", sum, kept)
	}
	for _, kept := range []float64{-40, 40} {
		if got, left := g.carry(0, kept); got != 0 || left != kept {
			t.Errorf("off: gave %v, kept %v of %v", got, left, kept)
		}
	}
	if got, left := g.carry(10, -80); got != 0 || left != -70 {
		t.Errorf("gave %v, kept %v", got, left)
	}
}

func TestCoverageIsNeverRoundedToNone(t *testing.T) {
	if c := coverage(1, 600e9); c != 1e-4 {
		t.Errorf("1 ns of 10 min: %g", c)
	}
	if c := coverage(600e9, 600e9); c != 1 {
		t.Errorf("all: %g", c)
	}
}
