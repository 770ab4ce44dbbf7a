package heat

import (
	"errors"

	"thermie/interval"
)

// The rows of caseQuantities compute with the same functions as reports do.

func waterOf(property func(Water) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("temperature", "pressure")
		if err != nil {
			return 0, err
		}
		water, err := WaterAt(interval.Temperature(v[0]), interval.Pressure(v[1]))
		return property(water), err
	}
}

func (w *worked) saturation() (float64, error) {
	v, err := w.need("temperature")
	if err != nil {
		return 0, err
	}
	return float64(SaturationPressure(interval.Temperature(v[0]))), nil
}

// circuit returns the case's circuit with its two temperatures.
func (w *worked) circuit() (c interval.Circuit, supply, ret interval.Temperature, err error) {
	v, err := w.need("supply", "return")
	if err != nil {
		return c, 0, 0, err
	}
	c = interval.Circuit{
		ID: "case", Medium: w.words["medium"], FlowMeterSide: w.words["meter side"],
		MassPercent: 100 * w.values["glycol"], PressureMPa: w.values["pressure"] / 1e6,
	}
	return c, interval.Temperature(v[0]), interval.Temperature(v[1]), nil
}

// metered is what a circuit's flow meter and its two probes say.
func metered(of func(c interval.Circuit, flow interval.VolumeFlow, supply, ret interval.Temperature) (float64, error)) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		c, supply, ret, err := w.circuit()
		if err != nil {
			return 0, err
		}
		flow, err := w.need("flow")
		if err != nil {
			return 0, err
		}
		return of(c, interval.VolumeFlow(flow[0]), supply, ret)
	}
}

func circuitHeatOf(c interval.Circuit, flow interval.VolumeFlow, supply, ret interval.Temperature) (float64, error) {
	p, err := CircuitHeat(c, flow, supply, ret)
	return float64(p), err
}

func massFlowOf(c interval.Circuit, flow interval.VolumeFlow, supply, ret interval.Temperature) (float64, error) {
	m, err := MassFlow(c, flow, supply, ret)
	return float64(m), err
}

func (w *worked) heatCoefficient() (float64, error) {
	c, supply, ret, err := w.circuit()
	if err != nil {
		return 0, err
	}
	return HeatCoefficient(c, supply, ret)
}

// meterUncertainty is the expanded one (k=2).
func (w *worked) meterUncertainty() (float64, error) {
	p := interval.Point{
		Class:      w.words["class"],
		NominalM3H: w.values["qp"] * 3600,
		MinimumDTK: w.values["smallest difference"],
	}
	a, err := AccuracyOf(p)
	if err != nil {
		return 0, err
	}
	v, err := w.need("flow", "supply", "return")
	if err != nil {
		return 0, err
	}
	at := Conditions{interval.VolumeFlow(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2])}
	return 2 * a.Relative(at), nil
}

// streams returns source in, source out, sink in and sink out.
func (w *worked) streams() (t [4]interval.Temperature, err error) {
	v, err := w.need("source in", "source out", "sink in", "sink out")
	for i := range v {
		t[i] = interval.Temperature(v[i])
	}
	return t, err
}

func (w *worked) lorenz() (float64, error) {
	t, err := w.streams()
	return LorenzCOP(t[0], t[1], t[2], t[3]), err
}

func (w *worked) pumpCOP() (float64, error) {
	t, err := w.streams()
	if err != nil {
		return 0, err
	}
	return w.pump().COP(t[0], t[1], t[2], t[3]), nil
}

// pump returns the case's heat pump.
func (w *worked) pump() HeatPump {
	return HeatPump{
		Efficiency:  w.efficiency(),
		SourcePinch: interval.TemperatureDiff(w.values["source pinch"]),
		SinkPinch:   interval.TemperatureDiff(w.values["network pinch"]),
	}
}

func (w *worked) efficiency() float64 {
	if e, given := w.values["lorenz efficiency"]; given {
		return e
	}
	return DefaultLorenzEfficiency
}

func (w *worked) jesper() (float64, error) {
	v, err := w.need("source in", "sink out")
	if err != nil {
		return 0, err
	}
	cop, ok := JesperCOP(interval.Temperature(v[0]), interval.Temperature(v[1]))
	if !ok {
		err = errors.New("outside the regression's validity")
	}
	return cop, err
}

// matched allocates one hour of one source.
func matched(part func(Delivery) interval.Power) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		t, err := w.streams()
		if err != nil {
			return 0, err
		}
		v, err := w.need("source heat", "demand")
		if err != nil {
			return 0, err
		}
		outdoor := interval.Celsius(0)
		n := Network{
			ID: "case", Fluid: HotWater, Demand: []interval.Power{interval.Power(v[1])},
			Outdoor: []interval.Temperature{outdoor}, LorenzEfficiency: w.efficiency(),
			SourcePinch: interval.TemperatureDiff(w.values["source pinch"]), NetworkPinch: interval.TemperatureDiff(w.values["network pinch"]),
			Preheat: w.words["preheat"] == "yes",
			Curve:   HeatingCurve{Cold: outdoor, Mild: outdoor + 1, SupplyCold: t[3], SupplyMild: t[3], ReturnCold: t[2], ReturnMild: t[2]},
		}
		source := Source{ID: "case", Heat: []interval.Power{interval.Power(v[0])}, Supply: t[:1], Return: t[1:2]}
		a, err := Allocate([]Source{source}, n)
		if err != nil {
			return 0, err
		}
		return float64(part(a.Deliveries[0])), nil
	}
}

func indicator(part func(Indicators) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("e_dc", "e_it", "reused")
		if err != nil {
			return 0, err
		}
		dc, it, reused := interval.Energy(v[0]), interval.Energy(v[1]), interval.Energy(v[2])
		i, err := NewIndicators(dc, it, reused)
		if cop, given := w.values["cop"]; given { // the heat pump inside the boundary
			i, err = PumpInside(dc, it, reused, cop)
		}
		return part(i), err
	}
}
