package heat

import (
	"errors"
	"fmt"

	"thermie/interval"
)

// Insulation is a series of a pre-insulated pipe.
type Insulation int

// The insulation series of EN 253 pipes.
const (
	StandardInsulation Insulation = iota
	ReinforcedOnce
	ReinforcedTwice
)

// Pipe is a pre-insulated steel pipe.
type Pipe struct {
	DN      int
	InnerMM float64
	loss    [3]float64 // W/(m·K) by insulation; 0 where the maker gives none
}

// pipes is the maker's table (ISOPLUS). DN 500's inner diameter looks like a
// slip for 495.4 mm: it is kept as printed, on the safe side.
//
// Method: H2.
var pipes = []Pipe{
	{20, 21.7, [3]float64{0.1295, 0.1114, 0.1028}},
	{25, 27.3, [3]float64{0.1564, 0.1308, 0.1191}},
	{32, 36, [3]float64{0.1589, 0.142, 0.129}},
	{40, 41.9, [3]float64{0.181, 0.1593, 0.1432}},
	{50, 53.9, [3]float64{0.2013, 0.1763, 0.1557}},
	{65, 69.7, [3]float64{0.2325, 0.198, 0.1744}},
	{80, 82.5, [3]float64{0.2418, 0.2076, 0.1847}},
	{100, 107.1, [3]float64{0.2543, 0.2148, 0.1905}},
	{125, 132.5, [3]float64{0.288, 0.2459, 0.2138}},
	{150, 160.3, [3]float64{0.3369, 0.2794, 0.2343}},
	{200, 210.1, [3]float64{0.3686, 0.2953, 0.2472}},
	{250, 263, [3]float64{0.3637, 0.2914, 0.2468}},
	{300, 312.7, [3]float64{0.4126, 0.3284, 0.2698}},
	{350, 344.4, [3]float64{0.4009, 0.3169, 0.2605}},
	{400, 393.8, [3]float64{0.4222, 0.3277, 0.2684}},
	{450, 444.4, [3]float64{0.4242, 0.3299, 0.2703}},
	{500, 485.4, [3]float64{0.4149, 0.3249, 0.2669}},
	{600, 595.8, [3]float64{0.5002, 0.3748, 0.3065}},
	{700, 695, [3]float64{0.5665, 0.4238, 0}},
	{800, 795.4, [3]float64{0.6372, 0.4732, 0}},
	{900, 894, [3]float64{0.7027, 0.5221, 0}},
	{1000, 994, [3]float64{0.7742, 0.5733, 0}},
}

// PipeRoughness is that of steel in service, in m.
//
// Method: H1.
const PipeRoughness = 0.1e-3

// Design limits of a connection.
//
// Method: H3.
const (
	DesignGradient = 150.0 // Pa/m
	maxVelocity    = 2.5   // m/s
)

// Pipes returns the table of pipes, smallest first.
func Pipes() []Pipe { return append([]Pipe(nil), pipes...) }

// Diameter returns the inner diameter in m.
func (p Pipe) Diameter() float64 { return p.InnerMM / 1000 }

// LossPerMetre returns the heat that a metre of trench loses, supply and
// return pipe together, to soil of a temperature. The error names a pipe that
// the maker does not offer.
//
// Method: H2.
func (p Pipe) LossPerMetre(i Insulation, supply, ret, soil interval.Temperature) (interval.Power, error) {
	if i < StandardInsulation || i > ReinforcedTwice || p.loss[i] == 0 {
		return 0, fmt.Errorf("DN %d: no loss is known for insulation series %d", p.DN, i)
	}
	return interval.Power(p.loss[i] * float64(supply.Minus(soil)+ret.Minus(soil))), nil
}

// Connection is a pair of pipes sized for a power.
type Connection struct {
	Pipe Pipe
	Mass interval.MassFlow
	PipeFlow
}

// SizeConnection returns the smallest pipe that carries a power between two
// temperatures within the design's pressure gradient and velocity.
//
// Method: H3.
func SizeConnection(p interval.Power, supply, ret interval.Temperature, f Fluid) (Connection, error) {
	span := supply.Minus(ret)
	if !(p > 0 && span > 0) {
		return Connection{}, errors.New("sizing a connection: power and temperature difference must be positive")
	}
	m := interval.MassFlow(float64(p) / float64(f.SpecificHeat) / float64(span))
	for _, pipe := range pipes {
		flow := FlowThrough(m, f, pipe.Diameter(), PipeRoughness)
		if flow.Gradient <= DesignGradient && flow.Velocity <= maxVelocity {
			return Connection{pipe, m, flow}, nil
		}
	}
	return Connection{}, fmt.Errorf("sizing a connection: %.1f MW at %.0f K need more than one pair of DN %d",
		float64(p/interval.Megawatt), float64(span), pipes[len(pipes)-1].DN)
}

// LinearDensity returns the heat that a metre of trench carries in a year,
// the measure by which a connection is judged worth building.
//
// Method: H6.
func LinearDensity(annual interval.Energy, trench float64) float64 { return float64(annual) / trench }

// WorthBuilding is the least linear density of the Fonds Chaleur, in J/m.
//
// Method: H6.
const WorthBuilding = 1.5 * float64(interval.MegawattHour)
