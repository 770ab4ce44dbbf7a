package reports

import (
	"fmt"
	"math"
	"strings"

	"thermie/heat"
	"thermie/interval"
)

// CarbonFactors are the two factors by which avoided CO2 is reckoned: of the
// fuel that heat displaces, and of the heat pumps' electricity.
type CarbonFactors struct{ Fuel, Electricity Factor }

// Known reports whether there are both.
func (c CarbonFactors) Known() bool { return c.Fuel.ID != "" && c.Electricity.ID != "" }

// CarbonFactors returns the factors of an area for a reference year: the last
// ones of that year or before it. What no table has for that time is missing.
// Factors of different sets are refused: they are never mixed.
func (t StudyTable) CarbonFactors(area Area, year int) (c CarbonFactors, err error) {
	all, err := area.EmissionFactors()
	if err != nil {
		return c, err
	}
	for _, f := range all {
		switch {
		case f.Year > year:
		case f.Basis == t.Carbon.Fuel && f.Year >= c.Fuel.Year:
			c.Fuel = f
		case f.Basis == t.Carbon.Electricity && f.Year >= c.Electricity.Year:
			c.Electricity = f
		}
	}
	for _, f := range []Factor{c.Fuel, c.Electricity} {
		if f.ID != "" && !strings.HasPrefix(f.Set, t.Carbon.Set) {
			return c, fmt.Errorf("factors/study.yaml, carbon: the factor %s is of the set %q, not of %q", f.ID, f.Set, t.Carbon.Set)
		}
	}
	return c, nil
}

// Avoided is the CO2 that heat delivered in a year spares, in kg: the heat at
// the displaced fuel's factor and a boiler's efficiency, less the heat pumps'
// electricity at its own. Without a factor it is not known.
//
// Method: CO1.
func Avoided(delivered, pumps heat.Quantity, by CarbonFactors, efficiency float64) heat.Quantity {
	displaced, grid := by.Fuel.Value/float64(interval.KilowattHour), by.Electricity.Value/float64(interval.KilowattHour)
	q := delivered
	q.Value = heat.AvoidedCO2(interval.Energy(delivered.Value), displaced, efficiency, interval.Energy(pumps.Value), grid)
	q.U = math.Hypot(delivered.U*displaced/efficiency, pumps.U*grid)
	q.Known, q.Method = q.Known && by.Known(), "CO1"
	return q
}

// Avoided is the CO2 that a match spares in a year, in kg, by the prices and
// efficiencies of its connection: the same in the territory's dossier and in
// the connection's study.
func (p Pair) Avoided(connection StudyTable, by CarbonFactors) heat.Quantity {
	return Avoided(p.Delivery.DeliveredHeat, p.Delivery.PumpEnergy, by, connection.Value("boiler_efficiency", 0))
}
