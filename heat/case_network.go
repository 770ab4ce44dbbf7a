package heat

import (
	"fmt"

	"thermie/interval"
)

// The rows of caseQuantities about a network, its pipes and exchangers.

func (w *worked) tankVolume() (float64, error) {
	v, err := w.need("stored heat", "span")
	if err != nil {
		return 0, err
	}
	return float64(TankVolume(interval.Energy(v[0]), interval.TemperatureDiff(v[1]), Water60)), nil
}

func (w *worked) returnRise() (float64, error) {
	v, err := w.need("injected", "demand", "supply", "return")
	if err != nil {
		return 0, err
	}
	n := Network{Injection: Injection(w.words["injection"]), Rise: interval.TemperatureDiff(w.values["rise"])}
	if err := n.checkInjection(); err != nil {
		return 0, err
	}
	rise := n.Injection.ReturnRise(interval.Power(v[0]), interval.Power(v[1]), interval.Temperature(v[2]), interval.Temperature(v[3]), n.rise())
	return float64(rise), nil
}

// makersCOP asks a heat pump known by one point of its maker for its COP
// between other temperatures.
func (w *worked) makersCOP() (float64, error) {
	t, err := w.streams()
	if err != nil {
		return 0, err
	}
	v, err := w.need("maker source in", "maker source out", "maker sink in", "maker sink out", "maker cop")
	if err != nil {
		return 0, err
	}
	point := COPPoint{interval.Temperature(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2]), interval.Temperature(v[3]), v[4]}
	pump, err := w.pump().WithPoints([]COPPoint{point})
	return pump.COP(t[0], t[1], t[2], t[3]), err
}

func exchanger(part func(Exchanger) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("load", "source in", "source out", "sink in", "sink out")
		if err != nil {
			return 0, err
		}
		x, err := SizeExchanger(interval.Power(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2]), interval.Temperature(v[3]), interval.Temperature(v[4]))
		return part(x), err
	}
}

func greening(part func(Greening) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("enrr before", "produced", "delivered heat", "electricity used", "scop", "least scop")
		if err != nil {
			return 0, err
		}
		g, err := NewGreening(v[0], interval.Energy(v[1]), interval.Energy(v[2]-v[3]), interval.Energy(v[2]), v[4], v[5])
		return part(g), err
	}
}

// pipeCapacity is the power that a diameter carries at the design gradient.
func (w *worked) pipeCapacity() (float64, error) {
	v, err := w.need("nominal diameter", "supply", "return")
	if err != nil {
		return 0, err
	}
	for _, p := range pipes {
		if p.DN == int(v[0]) {
			m := Capacity(Water60, p.Diameter(), PipeRoughness, DesignGradient)
			return float64(m) * float64(Water60.SpecificHeat) * (v[1] - v[2]), nil
		}
	}
	return 0, fmt.Errorf("DN %g is not in the table of pipes", v[0])
}

func (w *worked) outlet() (float64, error) {
	v, err := w.need("supply", "ambient", "mass", "fluid heat", "loss per metre", "pipe length")
	if err != nil {
		return 0, err
	}
	return float64(OutletTemperature(interval.Temperature(v[0]), interval.Temperature(v[1]), interval.MassFlow(v[2]), interval.SpecificHeat(v[3]), v[4], v[5])), nil
}

// curveAt is a network's heating curve where its operator states none.
func curveAt(part func(supply, ret interval.Temperature) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("outdoor")
		if err != nil {
			return 0, err
		}
		return part(DefaultCurve().At(interval.Temperature(v[0]))), nil
	}
}

func (w *worked) pumpElectricity() (float64, error) {
	v, err := w.need("flow", "pressure loss", "pump efficiency")
	if err != nil {
		return 0, err
	}
	return float64(PumpPower(interval.VolumeFlow(v[0]), interval.Pressure(v[1]), v[2])), nil
}

func (w *worked) yearlyLoss() (float64, error) {
	perMetre, err := w.trenchLoss()
	if err != nil {
		return 0, err
	}
	v, err := w.need("pipe length")
	if err != nil {
		return 0, err
	}
	return perMetre * v[0] * secondsPerYear, nil
}

// breakEven is the price of the source heat at which the heat delivered costs
// what it is worth.
func (w *worked) breakEven() (float64, error) {
	v, err := w.need("worth")
	if err != nil {
		return 0, err
	}
	return priced(func(c HeatCost) float64 { return c.BreakEven(v[0]) })(w)
}

func (w *worked) affordableDistance() (float64, error) {
	v, err := w.need("worth", "plant price", "delivered heat", "pipe price", "rate", "pipe life")
	if err != nil {
		return 0, err
	}
	return MaxDistance(v[0], v[1], interval.Energy(v[2]), v[3], v[4], v[5]/secondsPerYear), nil
}

func (w *worked) linearDensity() (float64, error) {
	v, err := w.need("delivered heat", "pipe length")
	if err != nil {
		return 0, err
	}
	return LinearDensity(interval.Energy(v[0]), v[1]), nil
}

func (w *worked) survival() (float64, error) {
	v, err := w.need("closure", "year")
	if err != nil {
		return 0, err
	}
	return Survival(v[0], int(v[1])), nil
}

func (w *worked) normalised() (float64, error) {
	v, err := w.need("delivered heat", "base share", "degree days", "normal degree days")
	if err != nil {
		return 0, err
	}
	return float64(NormaliseDemand(interval.Energy(v[0]), v[1], v[2], v[3])), nil
}

// straight is the distance between two places given in degrees.
func (w *worked) straight() (float64, error) {
	v, err := w.need("latitude", "longitude", "other latitude", "other longitude")
	if err != nil {
		return 0, err
	}
	return Distance(Position{v[0], v[1]}, Position{v[2], v[3]}), nil
}
