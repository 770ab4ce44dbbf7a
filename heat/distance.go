package heat

import "math"

// Position is a place on Earth (WGS84). Where latitude and longitude are both
// exactly zero nobody entered one.
type Position struct{ Latitude, Longitude float64 } // degrees

// Known reports whether the position was entered and is one.
func (p Position) Known() bool {
	return (p.Latitude != 0 || p.Longitude != 0) && math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180
}

// Distance returns the great-circle distance in m, NaN where a position is
// not known.
//
// Method: TE1.
func Distance(a, b Position) float64 {
	if !a.Known() || !b.Known() {
		return math.NaN()
	}
	const earth, degree = 6371008.8, math.Pi / 180
	dLat, dLon := (b.Latitude-a.Latitude)*degree, (b.Longitude-a.Longitude)*degree
	x := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Latitude*degree)*math.Cos(b.Latitude*degree)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(x)))
}
