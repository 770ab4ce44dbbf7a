package gis

import "math"

// mapExtent is a layer's extent: min x, min y, max x, max y; infinite when
// empty.
type mapExtent [4]float64

func newMapExtent() *mapExtent {
	return &mapExtent{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (b *mapExtent) add(p [2]float64) {
	b[0], b[1] = math.Min(b[0], p[0]), math.Min(b[1], p[1])
	b[2], b[3] = math.Max(b[2], p[0]), math.Max(b[3], p[1])
}

func (b *mapExtent) grow(other *mapExtent) {
	b.add([2]float64{other[0], other[1]})
	b.add([2]float64{other[2], other[3]})
}

// value is NULL for an extent of nothing.
func (b *mapExtent) value(i int) any {
	if math.IsInf(b[i], 0) {
		return nil
	}
	return b[i]
}
