package gis

import "math"

// Lambert93 projects a position in degrees to Lambert-93 (EPSG:2154), the
// legal projection of metropolitan France: easting and northing in metres.
// It is the conformal conic projection with the parallels 44° and 49° N on
// the ellipsoid GRS 80, by the formulas of IGN's note NT/G 71; RGF93 and
// WGS 84 are taken for the same, which holds to about a metre.
func Lambert93(longitude, latitude float64) (east, north float64) {
	r := lambert.c * math.Exp(-lambert.n*isometric(latitude*degree))
	angle := lambert.n * (longitude - lambertMeridian) * degree
	return falseEasting + r*math.Sin(angle), lambert.ys - r*math.Cos(angle)
}

// FromLambert93 is the way back, to degrees.
func FromLambert93(east, north float64) (longitude, latitude float64) {
	dx, dy := east-falseEasting, lambert.ys-north
	l := -math.Log(math.Abs(math.Hypot(dx, dy)/lambert.c)) / lambert.n
	return lambertMeridian + math.Atan2(dx, dy)/lambert.n/degree, geodetic(l) / degree
}

// InLambert93 reports whether a position lies within the projection's area of
// use, metropolitan France and its waters.
func InLambert93(longitude, latitude float64) bool {
	return longitude >= -9.86 && longitude <= 10.38 && latitude >= 41.15 && latitude <= 51.56
}

// The projection's definition: degrees, metres.
const (
	degree          = math.Pi / 180
	lambertMeridian = 3.0
	lambertLatitude = 46.5
	falseEasting    = 700_000.0
	falseNorthing   = 6_600_000.0
	parallelSouth   = 44.0
	parallelNorth   = 49.0

	grs80Axis       = 6_378_137.0
	grs80Flattening = 1 / 298.257222101
)

// eccentricity of GRS 80.
var eccentricity = math.Sqrt(grs80Flattening * (2 - grs80Flattening))

// lambert holds the cone that follows from the definition: the exponent, the
// constant and the northing of the pole.
var lambert = func() (cone struct{ n, c, ys float64 }) {
	south, north := parallelSouth*degree, parallelNorth*degree
	radius := func(phi float64) float64 { // of the parallel
		sin := eccentricity * math.Sin(phi)
		return grs80Axis * math.Cos(phi) / math.Sqrt(1-sin*sin)
	}
	cone.n = math.Log(radius(north)/radius(south)) / (isometric(south) - isometric(north))
	cone.c = radius(south) / cone.n * math.Exp(cone.n*isometric(south))
	cone.ys = falseNorthing + cone.c*math.Exp(-cone.n*isometric(lambertLatitude*degree))
	return cone
}()

// isometric returns the isometric latitude of a geodetic one, in radians.
func isometric(phi float64) float64 {
	sin := eccentricity * math.Sin(phi)
	return math.Log(math.Tan(math.Pi/4+phi/2)) + eccentricity/2*math.Log((1-sin)/(1+sin))
}

// geodetic inverts isometric; an iteration gains two to three digits.
func geodetic(l float64) float64 {
	phi := 2*math.Atan(math.Exp(l)) - math.Pi/2
	for range 20 {
		sin := eccentricity * math.Sin(phi)
		next := 2*math.Atan(math.Exp(l+eccentricity/2*math.Log((1+sin)/(1-sin)))) - math.Pi/2
		if math.Abs(next-phi) < 1e-14 {
			return next
		}
		phi = next
	}
	return phi
}
