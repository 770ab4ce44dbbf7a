package heat

import (
	"fmt"

	"thermie/interval"
)

// The rows of caseQuantities that size and price a connection.

func glycolOf(property func(Glycol, interval.Temperature, float64) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("temperature", "glycol")
		if err != nil {
			return 0, err
		}
		g := w.glycol()
		t := interval.Temperature(v[0])
		if err := g.check(t, v[1]); err != nil {
			return 0, err
		}
		return property(g, t, v[1]), nil
	}
}

// glycol returns the case's kind, ethylene glycol unless it says otherwise.
func (w *worked) glycol() Glycol {
	if w.words["medium"] == MediumMPG {
		return MPG
	}
	return MEG
}

func (w *worked) pressureDrop() (float64, error) {
	v, err := w.need("mass", "inner diameter", "roughness", "pipe length", "density of fluid", "viscosity of fluid")
	if err != nil {
		return 0, err
	}
	f := Fluid{Density: interval.Density(v[4]), Viscosity: v[5]}
	return FlowThrough(interval.MassFlow(v[0]), f, v[1], v[2]).Gradient * v[3], nil
}

func (w *worked) connection() (Connection, error) {
	v, err := w.need("load", "supply", "return")
	if err != nil {
		return Connection{}, err
	}
	return SizeConnection(interval.Power(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2]), Water60)
}

func sized(part func(Connection) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		c, err := w.connection()
		return part(c), err
	}
}

func (w *worked) trenchLoss() (float64, error) {
	c, err := w.connection()
	if err != nil {
		return 0, err
	}
	v, err := w.need("supply", "return", "soil", "insulation")
	if err != nil {
		return 0, err
	}
	p, err := c.Pipe.LossPerMetre(Insulation(v[3]), interval.Temperature(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2]))
	return float64(p), err
}

func degreeDay(of DegreeDay) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("base", "lowest", "highest")
		if err != nil {
			return 0, err
		}
		return of(interval.Temperature(v[0]), interval.Temperature(v[1]), interval.Temperature(v[2])), nil
	}
}

func (w *worked) dailyProfile() (float64, error) {
	v, err := w.need("day")
	if err != nil {
		return 0, err
	}
	p, known := ProfileByID(w.words["profile"])
	if !known {
		return 0, fmt.Errorf("profile %q is unknown: say SFH, MFH or COM", w.words["profile"])
	}
	return p.Daily(interval.Temperature(v[0])), nil
}

const secondsPerYear = 8760 * 3600

func (w *worked) capitalRecovery() (float64, error) {
	v, err := w.need("rate", "life")
	if err != nil {
		return 0, err
	}
	return CapitalRecovery(v[0], v[1]/secondsPerYear), nil
}

// priced prices a connection of a heat pump, a station and a pipe.
func priced(part func(HeatCost) float64) func(*worked) (float64, error) {
	return func(w *worked) (float64, error) {
		v, err := w.need("rate", "life", "pipe life", "delivered heat", "electricity used", "electricity price")
		if err != nil {
			return 0, err
		}
		life, pipeLife := v[1]/secondsPerYear, v[2]/secondsPerYear
		cost := HeatCost{
			Investments: []Investment{
				{Name: "heat pump", Cost: w.values["heat pump"], Years: life, FixedOM: w.values["fixed cost"], Grant: w.values["grant"]},
				{Name: "station", Cost: w.values["station"], Years: life},
				{Name: "pipe", Cost: w.values["pipe"], Years: pipeLife},
			},
			Discount: v[0], Delivered: interval.Energy(v[3]), Electricity: interval.Energy(v[4]),
			Captured:         interval.Energy(v[3] - v[4]),
			ElectricityPrice: v[5], VariableOM: w.values["variable cost"], SourcePrice: w.values["source price"],
		}
		if term := w.values["term"]; term > 0 {
			cost = cost.Concession(term / secondsPerYear)
		}
		return part(cost), nil
	}
}

func (w *worked) co2() (float64, error) {
	v, err := w.need("delivered heat", "reference factor", "reference efficiency", "electricity used", "grid factor")
	if err != nil {
		return 0, err
	}
	return AvoidedCO2(interval.Energy(v[0]), v[1], v[2], interval.Energy(v[3]), v[4]), nil
}
