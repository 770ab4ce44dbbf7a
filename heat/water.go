package heat

import (
	"fmt"
	"math"

	"thermie/interval"
)

// Water holds the properties of liquid water at one temperature and
// pressure.
type Water struct {
	Density      interval.Density
	Enthalpy     interval.Enthalpy // zero at the triple point's liquid
	SpecificHeat interval.SpecificHeat
}

// region1 is table 2 of IAPWS-IF97: exponents and coefficients of the
// dimensionless Gibbs energy of liquid water.
var region1 = [34]struct {
	i, j int
	n    float64
}{
	{0, -2, 0.14632971213167}, {0, -1, -0.84548187169114}, {0, 0, -0.37563603672040e1},
	{0, 1, 0.33855169168385e1}, {0, 2, -0.95791963387872}, {0, 3, 0.15772038513228},
	{0, 4, -0.16616417199501e-1}, {0, 5, 0.81214629983568e-3}, {1, -9, 0.28319080123804e-3},
	{1, -7, -0.60706301565874e-3}, {1, -1, -0.18990068218419e-1}, {1, 0, -0.32529748770505e-1},
	{1, 1, -0.21841717175414e-1}, {1, 3, -0.52838357969930e-4}, {2, -3, -0.47184321073267e-3},
	{2, 0, -0.30001780793026e-3}, {2, 1, 0.47661393906987e-4}, {2, 3, -0.44141845330846e-5},
	{2, 17, -0.72694996297594e-15}, {3, -4, -0.31679644845054e-4}, {3, 0, -0.28270797985312e-5},
	{3, 6, -0.85205128120103e-9}, {4, -5, -0.22425281908000e-5}, {4, -2, -0.65171222895601e-6},
	{4, 10, -0.14341729937924e-12}, {5, -8, -0.40516996860117e-6}, {8, -11, -0.12734301741641e-8},
	{8, -6, -0.17424871230634e-9}, {21, -29, -0.68762131295531e-18}, {23, -31, 0.14478307828521e-19},
	{29, -38, 0.26335781662795e-22}, {30, -39, -0.11947622640071e-22}, {31, -40, 0.18228094581404e-23},
	{32, -41, -0.93537087292458e-25},
}

// waterGasConstant is the specific gas constant of IF97, J/(kg·K).
const waterGasConstant = 461.526

// WaterAt returns the properties of liquid water. It refuses what is not
// liquid (IF97 region 1: 0 to 350 °C, saturation pressure to 100 MPa).
//
// Method: W1.
func WaterAt(t interval.Temperature, p interval.Pressure) (Water, error) {
	if err := checkLiquid(t, p); err != nil {
		return Water{}, err
	}
	pi := float64(p) / 16.53e6
	tau := 1386 / float64(t)
	gPi, gTau, gTauTau := gibbs1(7.1-pi, tau-1.222)
	rt := waterGasConstant * float64(t)
	return Water{
		Density:      interval.Density(float64(p) / (rt * pi * gPi)),
		Enthalpy:     interval.Enthalpy(rt * tau * gTau),
		SpecificHeat: interval.SpecificHeat(-waterGasConstant * tau * tau * gTauTau),
	}, nil
}

// gibbs1 returns the derivatives of the dimensionless Gibbs energy by π, by
// τ, and twice by τ, for a = 7.1−π and b = τ−1.222.
func gibbs1(a, b float64) (byPi, byTau, byTau2 float64) {
	for _, c := range region1 {
		i, j := float64(c.i), float64(c.j)
		power := c.n * whole(a, c.i) * whole(b, c.j)
		byPi -= power * i / a
		byTau += power * j / b
		byTau2 += power * j * (j - 1) / (b * b)
	}
	return byPi, byTau, byTau2
}

// whole returns x to the n, several times faster than math.Pow, which
// matters at sample rate.
func whole(x float64, n int) float64 {
	if n < 0 {
		x, n = 1/x, -n
	}
	result := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result *= x
		}
		x *= x
	}
	return result
}

// checkLiquid refuses a state outside region 1, with the likely mistake.
func checkLiquid(t interval.Temperature, p interval.Pressure) error {
	switch {
	case !(t >= 273.15 && t <= 623.15):
		return fmt.Errorf("water at %.1f °C is outside 0..350 °C", t.Celsius())
	case !(p <= 100*interval.Megapascal):
		return fmt.Errorf("water at %g MPa is outside 0..100 MPa; 6 bar is 0.6 MPa", float64(p/interval.Megapascal))
	case !(p >= SaturationPressure(t)):
		return fmt.Errorf("water at %.1f °C and %g MPa absolute is not liquid", t.Celsius(), float64(p/interval.Megapascal))
	}
	return nil
}

// saturation is table 34 of IAPWS-IF97.
var saturation = [10]float64{
	0.11670521452767e4, -0.72421316703206e6, -0.17073846940092e2, 0.12020824702470e5, -0.32325550322333e7,
	0.14915108613530e2, -0.48232657361591e4, 0.40511340542057e6, -0.23855557567849, 0.65017534844798e3,
}

// SaturationPressure returns the pressure at which water boils, between
// 273.15 and 647.096 K.
//
// Method: W2.
func SaturationPressure(t interval.Temperature) interval.Pressure {
	n := &saturation
	x := float64(t) + n[8]/(float64(t)-n[9])
	a := x*x + n[0]*x + n[1]
	b := n[2]*x*x + n[3]*x + n[4]
	c := n[5]*x*x + n[6]*x + n[7]
	y := 2 * c / (-b + math.Sqrt(b*b-4*a*c))
	return interval.Pressure(y*y*y*y) * interval.Megapascal
}
