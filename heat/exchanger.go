package heat

import (
	"errors"
	"fmt"
	"math"

	"thermie/interval"
)

// Exchanger is a counter-flow heat exchanger sized for a duty.
type Exchanger struct {
	Power         interval.Power
	MeanDiff      interval.TemperatureDiff // logarithmic
	Effectiveness float64                  // of the heat that could be exchanged
	CapacityRatio float64                  // of the smaller heat capacity flow to the larger
	NTU           float64
	UA            float64 // W/K
	Pinch         interval.TemperatureDiff
}

// SizeExchanger sizes a counter-flow exchanger between two streams whose four
// temperatures are given.
//
// Method: HX1.
func SizeExchanger(p interval.Power, hotIn, hotOut, coldIn, coldOut interval.Temperature) (Exchanger, error) {
	hot, cold := float64(hotIn.Minus(hotOut)), float64(coldOut.Minus(coldIn))
	a, b := float64(hotIn.Minus(coldOut)), float64(hotOut.Minus(coldIn))
	switch {
	case !(p > 0 && hot > 0 && cold > 0):
		return Exchanger{}, errors.New("sizing an exchanger: the power must be positive, the hot stream must cool down and the cold one warm up")
	case !(a > 0 && b > 0):
		return Exchanger{}, fmt.Errorf("sizing an exchanger: the streams cross (%.1f and %.1f K apart at the ends): no area is enough", a, b)
	}
	x := Exchanger{Power: p, MeanDiff: interval.TemperatureDiff(a), Pinch: interval.TemperatureDiff(min(a, b)),
		CapacityRatio: min(hot, cold) / max(hot, cold), Effectiveness: max(hot, cold) / float64(hotIn.Minus(coldIn))}
	if math.Abs(a-b) > 1e-9*a {
		x.MeanDiff = interval.TemperatureDiff((a - b) / math.Log(a/b))
	}
	x.UA = float64(p) / float64(x.MeanDiff)
	x.NTU = UnitsFor(x.Effectiveness, x.CapacityRatio)
	return x, nil
}

// Area returns the plates' area in m² for a heat transfer coefficient in
// W/(m²·K).
//
// Method: HX1.
func (x Exchanger) Area(coefficient float64) float64 { return x.UA / coefficient }

// Effectiveness returns that of a counter-flow exchanger by its number of
// transfer units and its ratio of heat capacity flows.
//
// Method: HX1.
func Effectiveness(ntu, ratio float64) float64 {
	if ratio > 1-1e-9 {
		return ntu / (1 + ntu)
	}
	decay := math.Exp(-ntu * (1 - ratio))
	return (1 - decay) / (1 - ratio*decay)
}

// UnitsFor returns the number of transfer units that an effectiveness takes.
//
// Method: HX1.
func UnitsFor(effectiveness, ratio float64) float64 {
	if ratio > 1-1e-9 {
		return effectiveness / (1 - effectiveness)
	}
	return math.Log((1-ratio*effectiveness)/(1-effectiveness)) / (1 - ratio)
}
