package heat

import (
	"math"
	"math/rand/v2"
	"testing"

	"thermie/interval"
)

// draws is what the reference asks for; -short takes a tenth.
func draws() int {
	if testing.Short() {
		return 10_000
	}
	return 100_000
}

// spread returns twice the standard deviation of a drawn quantity. (A 95 %
// interval would be narrower: the inputs are rectangular.)
func spread(draw func() float64) float64 {
	var sum, squares float64
	n := float64(draws())
	for range draws() {
		v := draw()
		sum += v
		squares += v * v
	}
	return 2 * math.Sqrt(squares/n-sum/n*sum/n)
}

// within draws a rectangular error of ±limit.
func within(r *rand.Rand, limit float64) float64 { return limit * (2*r.Float64() - 1) }

// The propagated uncertainty of T3 against drawn errors of the meter and of
// the capture fraction.
func TestMonteCarloT3(t *testing.T) {
	s := newSite(24).meter("it", interval.Point{Role: interval.RoleIT, Class: "iec62053-1"}, interval.ElectricEnergy, 100)
	q := estimate(t, s.balance(t)).Recoverable
	r := rand.New(rand.NewPCG(1, 2))
	drawn := spread(func() float64 {
		return 2400 * 3.6e6 * (1 + within(r, 0.01)) * (0.85 + within(r, 0.10))
	})
	near(t, "U", 2*q.U, drawn, 0.03)
}

// The propagated uncertainty of T2 against drawn errors of the meter and of
// both COPs: with compressors alone the heat is linear in them, half way
// between the modes it is not quite.
func TestMonteCarloT2(t *testing.T) {
	for outdoor, slack := range map[float64]float64{25: 0.03, 13: 0.03} {
		s := newSite(24).meter("chiller", interval.Point{Role: interval.RoleCooling, Class: "iec62053-1"}, interval.ElectricEnergy, 10)
		s.meter("weather", interval.Point{Role: interval.RoleClimate}, interval.OutdoorTemperature, 273.15+outdoor)
		s.Site.Tap, s.Site.Cooling = "chilled_water_return", polcom()
		q := estimate(t, s.balance(t)).Recoverable
		x := min(1, (outdoor-8)/10)
		r := rand.New(rand.NewPCG(11, 12))
		drawn := spread(func() float64 {
			compressor, free := 4.39*(1+within(r, 0.20)), 16.50*(1+within(r, 0.20))
			return 240 * 3.6e6 * (1 + within(r, 0.01)) / (x/compressor + (1-x)/free)
		})
		near(t, "U", 2*q.U, drawn, slack)
	}
}

// The propagated uncertainty of the PUE of the measured day's meter graph.
func TestMonteCarloPUE(t *testing.T) {
	b := balanceOfMeasuredDay(t)
	it, aux := b.EIT.Value, b.EDC.Value-b.EIT.Value
	r := rand.New(rand.NewPCG(3, 4))
	limit := 0.01 * math.Sqrt(3)
	drawn := spread(func() float64 {
		trueIT := it * (1 + within(r, limit))
		return (trueIT + aux*(1+within(r, limit))) / trueIT
	})
	near(t, "U(PUE)", 2*b.InterimPPUE.U, drawn, 0.03)
}

// The propagated uncertainty of « captée » against drawn sources and Lorenz
// efficiencies; the match is not linear, hence fewer draws and more slack.
func TestMonteCarloCaptured(t *testing.T) {
	if testing.Short() {
		t.Skip("several hundred years of matching")
	}
	n := referenceNetwork(t)
	n.SourcePinch, n.NetworkPinch = DefaultSourcePinch, DefaultNetworkPinch
	const relative = 0.05
	source := constantSource("2mw", 2*interval.Megawatt, 8760)
	source.U = relative
	captured := allocate(t, n, source).Captured
	r := rand.New(rand.NewPCG(5, 6))
	const years = 400
	var sum, squares float64
	for range years {
		factor := 1 + within(r, relative*math.Sqrt(3))
		drawn := constantSource("drawn", interval.Power(2e6*factor), 8760)
		m := newMatcher([]Source{drawn}, n)
		v := float64(m.tally(within(r, 0.1))[0].captured)
		sum, squares = sum+v, squares+v*v
	}
	drawn := 2 * math.Sqrt(squares/years-sum/years*sum/years)
	near(t, "U", 2*captured.U, drawn, 0.10)
}
