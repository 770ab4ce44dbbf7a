package reports

import (
	"math"

	"thermie/heat"
	"thermie/interval"
)

// Avoided is the CO2 that heat delivered in a year spares, in kg: the heat at
// the displaced fuel's factor and a boiler's efficiency, less the heat pumps'
// electricity at its own.
//
// Method: CO1.
func Avoided(delivered, pumps heat.Quantity, fuel, electricity Factor, efficiency float64) heat.Quantity {
	displaced, grid := fuel.Value/float64(interval.KilowattHour), electricity.Value/float64(interval.KilowattHour)
	q := delivered
	q.Value = heat.AvoidedCO2(interval.Energy(delivered.Value), displaced, efficiency, interval.Energy(pumps.Value), grid)
	q.U = math.Hypot(delivered.U*displaced/efficiency, pumps.U*grid)
	q.Method = "CO1"
	return q
}

// Avoided is the CO2 that a match spares in a year, in kg, by the prices and
// efficiencies of its connection: the same in the territory's dossier and in
// the connection's study.
func (p Pair) Avoided(connection StudyTable, fuel, electricity Factor) heat.Quantity {
	return Avoided(p.Delivery.DeliveredHeat, p.Delivery.PumpEnergy, fuel, electricity, connection.Value("boiler_efficiency", 0))
}
